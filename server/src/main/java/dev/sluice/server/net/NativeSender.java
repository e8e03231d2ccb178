package dev.sluice.server.net;

import dev.sluice.media.ice.NetworkPath;
import dev.sluice.server.session.DatagramRun;
import dev.sluice.server.session.DropReason;
import dev.sluice.server.session.LoopCounters;
import dev.sluice.sockets.LinuxSockets;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.unix.UnixChannel;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import java.util.function.IntPredicate;

/**
 * Sends by sendmmsg straight from the packets' memory: a run is gathered by the kernel from where
 * its packets lie, and no object is made for a datagram. What the socket has no room for waits in
 * the channel, and all that follows behind it, until that is empty.
 */
final class NativeSender implements DatagramSender {

    private static final Logger LOG = LoggerFactory.getLogger(NativeSender.class);

    private static final int MAX_MESSAGES = 64;
    private static final int MAX_PIECES = 256;

    /**
     * What is queued at most before it leaves: some system calls more, and buffers that are still
     * in the processor's cache when the kernel reads them and when they are used again.
     */
    private static final int MAX_BYTES = 32 << 10;

    private final int socket;
    private final ChannelSender waiting;
    private final LoopCounters counters;
    private final SegmentedSends segmented;
    private final MemorySegment errno;
    private final MessageArray array;
    private final @Nullable ByteBuf[] pieces = new ByteBuf[MAX_PIECES];
    private final @Nullable NetworkPath[] addresses = new NetworkPath[MAX_MESSAGES];
    private final int[] firstPieces = new int[MAX_MESSAGES + 1];
    private int messages;
    private int pieceCount;
    private int bytes;

    private NativeSender(
            int socket,
            boolean isIpv6,
            ChannelSender waiting,
            LoopCounters counters,
            SegmentedSends segmented) {
        Arena arena = Arena.ofAuto();
        this.socket = socket;
        this.waiting = waiting;
        this.counters = counters;
        this.segmented = segmented;
        this.errno = LinuxSockets.newErrno(arena);
        this.array = new MessageArray(arena, MAX_MESSAGES, MAX_PIECES, isIpv6);
    }

    /** Sends by a channel's socket; by the channel itself where the system does not let us. */
    static DatagramSender of(Channel channel, LoopCounters counters, SegmentedSends segmented) {
        return of(channel, counters, segmented, NativeSender::maySend);
    }

    /**
     * As above.
     *
     * @param maySend whether a socket may send by sendmmsg
     */
    static DatagramSender of(
            Channel channel,
            LoopCounters counters,
            SegmentedSends segmented,
            IntPredicate maySend) {
        ChannelSender waiting = new ChannelSender(channel, counters, segmented);
        if (!(channel instanceof UnixChannel unix) || !LinuxSockets.areAvailable()) {
            return waiting;
        }
        int socket = unix.fd().intValue();
        if (!maySend.test(socket)) {
            LOG.warn("sendmmsg is not allowed here: datagrams are sent at a higher cost");
            return new SingleSender(waiting, counters);
        }
        int family = LinuxSockets.family(socket);
        boolean isIpv6 = family == LinuxSockets.AF_INET6;
        return isIpv6 || family == LinuxSockets.AF_INET
                ? new NativeSender(socket, isIpv6, waiting, counters, segmented)
                : waiting;
    }

    /** A sandbox may forbid the call. */
    private static boolean maySend(int socket) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = LinuxSockets.newErrno(arena);
            return LinuxSockets.sendmmsg(errno, socket, MemorySegment.NULL, 0) == 0;
        }
    }

    @Override
    public void write(ByteBuf datagram, NetworkPath to) {
        if (datagram.hasMemoryAddress() && isDirect(1)) {
            begin(to, 0);
            add(datagram);
            end();
        } else {
            flush();
            waiting.write(datagram, to);
        }
    }

    @Override
    public boolean takesRuns(NetworkPath to) {
        return segmented.areAllowed(to);
    }

    @Override
    public void writeRun(DatagramRun run, NetworkPath to) {
        if (!takesRuns(to)) {
            run.drainTo(datagram -> write(datagram, to));
        } else if (hasMemoryAddresses(run) && isDirect(run.size())) {
            begin(to, run.segmentBytes());
            for (int i = 0; i < run.size(); i++) {
                add(run.get(i));
            }
            run.forget();
            end();
        } else {
            flush();
            waiting.writeRun(run, to);
        }
    }

    private static boolean hasMemoryAddresses(DatagramRun run) {
        for (int i = 0; i < run.size(); i++) {
            if (!run.get(i).hasMemoryAddress()) {
                return false;
            }
        }
        return true;
    }

    /** Whether so many pieces can be sent past the channel; makes room for them then. */
    private boolean isDirect(int count) {
        if (count > MAX_PIECES || !waiting.isIdle()) {
            return false;
        }
        if (pieceCount + count > MAX_PIECES) {
            flush();
        }
        return waiting.isIdle();
    }

    private void begin(NetworkPath to, int segmentBytes) {
        array.begin(messages, to, segmentBytes);
        addresses[messages] = to;
        firstPieces[messages] = pieceCount;
    }

    private void add(ByteBuf datagram) {
        int size = datagram.readableBytes();
        array.add(messages, datagram.memoryAddress() + datagram.readerIndex(), size);
        pieces[pieceCount++] = datagram;
        bytes += size;
    }

    private void end() {
        messages++;
        if (messages == MAX_MESSAGES || bytes >= MAX_BYTES) {
            flush();
        }
    }

    @Override
    public void flush() {
        if (messages > 0) {
            firstPieces[messages] = pieceCount;
            send();
            array.clear();
            messages = 0;
            pieceCount = 0;
            bytes = 0;
        }
        if (!waiting.isIdle()) {
            waiting.flush();
        }
    }

    private void send() {
        int next = 0;
        while (next < messages) {
            int sent = LinuxSockets.sendmmsg(errno, socket, array.from(next), messages - next);
            if (sent > 0) {
                countRuns(next, next + sent);
                release(next, next + sent);
                next += sent;
            } else if (!isInterrupted()) {
                next = onRefused(next);
            }
        }
    }

    private void countRuns(int from, int end) {
        for (int i = from; i < end; i++) {
            counters.runSent(firstPieces[i + 1] - firstPieces[i]);
        }
    }

    private boolean isInterrupted() {
        return LinuxSockets.error(errno) == LinuxSockets.EINTR;
    }

    /** The socket did not take a message; returns which one is next. */
    private int onRefused(int message) {
        int error = LinuxSockets.error(errno);
        int datagrams = firstPieces[message + 1] - firstPieces[message];
        NetworkPath to = Objects.requireNonNull(addresses[message]);
        boolean isRefusedRun = datagrams > 1 && segmented.onFailed(error, to);
        if (error == LinuxSockets.EAGAIN || isRefusedRun) {
            // With all that follows, which may be for the same peer and is to stay behind.
            for (int i = message; i < messages; i++) {
                handOver(i);
            }
            return messages;
        }
        // An address that is gone: that peer's consent expires by itself. Counted, because a
        // socket that fails always is to be seen.
        counters.dropped(DropReason.SOCKET_ERROR).add(datagrams);
        release(message, message + 1);
        return message + 1;
    }

    /** Lets the channel send the datagrams of a message, one by one. */
    private void handOver(int message) {
        NetworkPath to = Objects.requireNonNull(addresses[message]);
        for (int i = firstPieces[message]; i < firstPieces[message + 1]; i++) {
            waiting.write(Objects.requireNonNull(pieces[i]), to);
            pieces[i] = null;
        }
    }

    private void release(int from, int end) {
        for (int i = firstPieces[from]; i < firstPieces[end]; i++) {
            Objects.requireNonNull(pieces[i]).release();
            pieces[i] = null;
        }
    }
}
