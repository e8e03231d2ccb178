package dev.sluice.server.router;

import dev.sluice.media.buffer.HopQueue;
import dev.sluice.media.ice.NetworkPath;
import dev.sluice.media.rtp.DatagramKind;
import dev.sluice.server.session.DropReason;
import dev.sluice.server.session.LoopCounters;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

import org.jspecify.annotations.Nullable;

/**
 * Datagrams that reach another loop than their session's: each is copied and handed over by a
 * bounded queue. That is correct and slow, and meant for the few paths that a session gets after it
 * has settled.
 */
final class Strays {

    /** Datagrams that may wait from one loop for another; more are dropped. */
    static final int CAPACITY_DATAGRAMS = 1024;

    /** Checks, which anybody may forge, leave room for what comes by validated paths. */
    static final int MAX_CHECKS = CAPACITY_DATAGRAMS / 4;

    /** Taken in one go: what comes by the loop's own sockets gets its turn after that. */
    private static final int DRAIN_DATAGRAMS = 64;

    /** From the loop of the path to the path's holder, to the session's owner, and one move. */
    private static final int MAX_HOPS = 3;

    private final LoopPlace place;
    private final LoopCounters counters;
    private final ByteBufAllocator allocator;
    private final @Nullable Line[] lines;

    /** The way to one other loop. */
    private static final class Line {

        private final HopQueue queue = new HopQueue(CAPACITY_DATAGRAMS);
        private final LoopPlace.Letter wakeUp =
                (engine, nowNanos) -> engine.strays().drain(this, nowNanos);
        private boolean hasNew;
    }

    /** Takes what was handed over to this loop. */
    interface Receiver {

        void onStray(Stray.Arrived stray, long nowNanos);

        void transmit(ByteBuf datagram, NetworkPath path);
    }

    private final Receiver receiver;

    Strays(LoopPlace place, LoopCounters counters, ByteBufAllocator allocator, Receiver receiver) {
        this.place = place;
        this.counters = counters;
        this.allocator = allocator;
        this.receiver = receiver;
        this.lines = new Line[place.loops()];
    }

    private Line line(int to) {
        Line line = lines[to];
        if (line == null) {
            line = new Line();
            lines[to] = line;
        }
        return line;
    }

    /** Hands a datagram, borrowed, to another loop. */
    void handOver(ByteBuf datagram, NetworkPath path, int to) {
        handOver(datagram, path, place.loop(), 0, to);
    }

    /** Hands on what another loop handed over, and which is another one's still. */
    void handOn(Stray.Arrived stray, int to) {
        if (stray.hops() >= MAX_HOPS) {
            counters.dropped(DropReason.UNKNOWN_UFRAG).increment();
        } else {
            handOver(stray.datagram(), stray.path(), stray.via(), stray.hops() + 1, to);
        }
    }

    private void handOver(ByteBuf datagram, NetworkPath path, int via, int hops, int to) {
        boolean isCheck = DatagramKind.of(datagram) == DatagramKind.STUN;
        Line line = line(to);
        if (line.queue.size() >= (isCheck ? MAX_CHECKS : CAPACITY_DATAGRAMS)) {
            counters.dropped(DropReason.HANDOVER_FULL).increment();
            return;
        }
        int size = datagram.readableBytes();
        ByteBuf copy = allocator.directBuffer(Math.max(1, size));
        copy.writeBytes(datagram, datagram.readerIndex(), size);
        offer(line, new Stray.Arrived(copy, path, via, hops));
    }

    /** Sends a datagram by a TCP connection of another loop; takes the buffer. */
    void sendBy(NetworkPath connection, ByteBuf datagram) {
        offer(line(loopOf(connection)), new Stray.Leaving(datagram, connection));
    }

    private void offer(Line line, Stray stray) {
        if (line.queue.offer(stray, 0, 0)) {
            line.hasNew = true;
            counters.handedOver.increment();
        } else {
            counters.dropped(DropReason.HANDOVER_FULL).increment();
            stray.datagram().release();
        }
    }

    /** Has another loop close a TCP connection of its own. */
    void close(NetworkPath connection) {
        place.send(loopOf(connection), (there, later) -> there.sink().closeConnection(connection));
    }

    /** Whether the path is a TCP connection of another loop. */
    boolean isElsewhere(NetworkPath path) {
        return path.isTcp() && place.loops() > 1 && loopOf(path) != place.loop();
    }

    /** The loop of a TCP connection, which gave it its number. */
    private int loopOf(NetworkPath connection) {
        return connection.connection() % place.loops();
    }

    /** Wakes the loops that were handed something. */
    void flush() {
        for (int to = 0; to < lines.length; to++) {
            Line line = lines[to];
            if (line != null && line.hasNew) {
                line.hasNew = false;
                if (line.queue.claimWakeUp()) {
                    place.send(to, line.wakeUp);
                }
            }
        }
    }

    /** Takes in what another loop handed over by its line. */
    private void drain(Line line, long nowNanos) {
        line.queue.onWokenUp();
        boolean isEmpty = false;
        try {
            for (int i = 0; i < DRAIN_DATAGRAMS && !isEmpty; i++) {
                isEmpty = !line.queue.poll();
                if (!isEmpty) {
                    take((Stray) line.queue.item(), nowNanos);
                }
            }
        } finally {
            if (!isEmpty) {
                place.send(place.loop(), line.wakeUp);
            }
        }
    }

    private void take(Stray stray, long nowNanos) {
        switch (stray) {
            case Stray.Leaving leaving -> receiver.transmit(leaving.datagram(), leaving.path());
            case Stray.Arrived arrived -> {
                try {
                    receiver.onStray(arrived, nowNanos);
                } finally {
                    arrived.datagram().release();
                }
            }
        }
    }
}
