package dev.sluice.server.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.sim.VirtualTime;
import dev.sluice.media.time.Deadline;
import dev.sluice.server.net.SharedWhereabouts;
import dev.sluice.server.session.LoopCounters;
import dev.sluice.server.session.Mailbox;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;

import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The loops of a world, each with its engine: feeds them datagrams, letters and time. */
final class WorldLoops {

    private final VirtualTime time;
    private final WorldMail mail;
    private final WorldNetwork network;
    private final WorldOutput output;
    private final LoopCounters counters = new LoopCounters();
    private final SharedWhereabouts whereabouts = new SharedWhereabouts();
    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
    private final List<ByteBuf> received = new ArrayList<>();
    private final List<MediaEngine> engines = new ArrayList<>();
    private final List<Waiting> waiting = new ArrayList<>();
    private long packetNanos;
    private long busyUntilNanos = Long.MIN_VALUE;
    private int sentBefore;

    /** A datagram that came while the loop was busy. */
    private record Waiting(InetSocketAddress from, ByteBuf datagram) {}

    WorldLoops(VirtualTime time, WorldMail mail, WorldNetwork network, WorldOutput output) {
        this.time = time;
        this.mail = mail;
        this.network = network;
        this.output = output;
    }

    /**
     * @param memory where engines have their packets; null for one that counts what is not released
     */
    void start(
            int loops, EngineSettings settings, @Nullable ByteBufAllocator memory, Random random) {
        ByteBufAllocator used = memory == null ? allocator : memory;
        for (int loop = 0; loop < loops; loop++) {
            engines.add(engine(loop, loops, settings, used, random));
        }
    }

    private MediaEngine engine(
            int loop, int loops, EngineSettings settings, ByteBufAllocator memory, Random random) {
        LoopPlace.Post post = (to, letter) -> mail.send(to, () -> deliver(to, letter));
        return new MediaEngine(
                settings,
                letter -> mail.send(loop, () -> open(loop, letter)),
                memory,
                random,
                counters,
                new LoopPlace(loop, loops, whereabouts, post));
    }

    void open(int loop, Mailbox.Letter letter) {
        engines.get(loop).onLetter(letter, time.nowNanos(), output);
        settle(engines.get(loop));
    }

    private void deliver(int loop, LoopPlace.Letter letter) {
        engines.get(loop).onLoopLetter(letter, time.nowNanos(), output);
        settle(engines.get(loop));
    }

    void settle(MediaEngine engine) {
        engine.settle(time.nowNanos(), output);
        long spentNanos = (output.sent() - sentBefore) * packetNanos;
        sentBefore = output.sent();
        busyUntilNanos = Math.max(busyUntilNanos, time.nowNanos()) + spentNanos;
    }

    /** What each datagram takes that is sent from now on; what comes meanwhile waits. */
    void takeForEachPacket(long nanos) {
        packetNanos = nanos;
    }

    private boolean isBusy() {
        return packetNanos > 0 && time.nowNanos() < busyUntilNanos;
    }

    List<MediaEngine> engines() {
        return engines;
    }

    SharedWhereabouts whereabouts() {
        return whereabouts;
    }

    LoopCounters counters() {
        return counters;
    }

    long usedBytes() {
        return allocator.metric().usedDirectMemory() + allocator.metric().usedHeapMemory();
    }

    /** Brings a datagram to the loop that it reaches, in a buffer that is gone after the batch. */
    void receive(InetSocketAddress from, ByteBuf datagram) {
        if (isBusy()) {
            waiting.add(new Waiting(from, datagram.copy()));
            return;
        }
        int loop = network.loopOf(from);
        if (mail.isStalled(loop)) {
            return;
        }
        ByteBuf copy = allocator.directBuffer(Math.max(1, datagram.readableBytes()));
        copy.writeBytes(datagram, datagram.readerIndex(), datagram.readableBytes());
        received.add(copy);
        engines.get(loop).onDatagram(copy, network.pathOf(from), time.nowNanos(), output);
    }

    /** What came at one instant is one batch. */
    void endBatch() {
        if (isBusy()) {
            return;
        }
        readWaiting();
        running().forEach(this::settle);
        List<ByteBuf> borrowed = List.copyOf(received);
        received.clear();
        for (ByteBuf datagram : borrowed) {
            boolean isGone = datagram.release();
            assertThat(isGone || isHeld()).as("a borrowed buffer is given back").isTrue();
        }
    }

    /** Whether a loop awaits the rest of a frame. */
    private boolean isHeld() {
        return running().stream().anyMatch(engine -> engine.heldUntilNanos() != Deadline.NEVER);
    }

    long nextDeadlineNanos() {
        long next =
                running().stream()
                        .mapToLong(MediaEngine::nextDeadlineNanos)
                        .min()
                        .orElse(Deadline.NEVER);
        next = waiting.isEmpty() ? next : Math.min(next, busyUntilNanos);
        return isBusy() ? Math.max(next, busyUntilNanos) : next;
    }

    void onDeadline() {
        if (isBusy()) {
            return;
        }
        for (MediaEngine engine : running()) {
            if (Deadline.isDue(engine.nextDeadlineNanos(), time.nowNanos())) {
                engine.onDeadline(time.nowNanos(), output);
                settle(engine);
            }
        }
    }

    private void readWaiting() {
        for (Waiting one : waiting) {
            receive(one.from(), one.datagram());
            one.datagram().release();
        }
        waiting.clear();
    }

    private List<MediaEngine> running() {
        List<MediaEngine> running = new ArrayList<>();
        for (int loop = 0; loop < engines.size(); loop++) {
            if (!mail.isStalled(loop)) {
                running.add(engines.get(loop));
            }
        }
        return running;
    }

    /** Holds the loops to have forgotten everybody and released every buffer. */
    void assertEmpty() {
        for (MediaEngine engine : engines) {
            assertThat(engine.sessions().size()).isZero();
            assertThat(engine.nextDeadlineNanos()).isEqualTo(Deadline.NEVER);
        }
        assertThat(whereabouts.isEmpty()).as("nothing is anywhere").isTrue();
        assertThat(usedBytes()).as("bytes not released").isZero();
    }
}
