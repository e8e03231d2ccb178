package dev.sluice.media.pacing;

import dev.sluice.media.time.Deadline;

import java.util.ArrayList;
import java.util.List;

/** A pacer in virtual time whose packets are numbers, and all that it let out. */
final class PacedPackets implements Pacer.Sink<PacedPackets.Packet> {

    record Packet(int number, int sizeBytes, PacketPriority priority, long enqueuedNanos) {}

    record Release(Packet packet, int probeId, long atNanos) {}

    record Padding(int sizeBytes, int probeId, long atNanos) {}

    static final long MILLI = 1_000_000L;

    /** Negative, as the clock of a real machine may be. */
    static final long START = -3_000 * MILLI;

    final Pacer<Packet> pacer;
    final List<Release> released = new ArrayList<>();
    final List<Padding> paddings = new ArrayList<>();
    boolean canPad = true;
    long nowNanos = START;
    private int count;

    PacedPackets(PacerSettings settings) {
        pacer = new Pacer<>(settings, START);
    }

    void enqueue(int sizeBytes, PacketPriority priority) {
        var packet = new Packet(count++, sizeBytes, priority, nowNanos);
        pacer.enqueue(packet, sizeBytes, priority, nowNanos, this);
    }

    /** Calls each deadline up to an instant, at that deadline. */
    void runTo(long untilNanos) {
        while (true) {
            long next = pacer.nextDeadlineNanos();
            if (next == Deadline.NEVER || next - untilNanos > 0) {
                break;
            }
            nowNanos = Math.max(nowNanos, next);
            pacer.onDeadline(nowNanos, this);
        }
        nowNanos = untilNanos;
        pacer.onDeadline(nowNanos, this);
    }

    void runMillis(long millis) {
        runTo(nowNanos + millis * MILLI);
    }

    List<Integer> numbers() {
        return released.stream().map(one -> one.packet().number()).toList();
    }

    @Override
    public void onRelease(Packet packet, int probeId, long nowNanos) {
        released.add(new Release(packet, probeId, nowNanos));
    }

    @Override
    public int onPaddingWanted(int bytes, int probeId, long nowNanos) {
        if (!canPad) {
            return 0;
        }
        paddings.add(new Padding(bytes, probeId, nowNanos));
        return bytes;
    }
}
