package dev.sluice.media.bwe;

import dev.sluice.media.rtcp.TransportArrivals;
import dev.sluice.media.rtcp.TransportFeedback;

/** Reads transport-wide feedback: finds its packets in the history, and unwraps its times. */
final class TransportFeedbackAdapter {

    private final RemoteClock clock = new RemoteClock();
    private int lastReference;

    /** Adds to the results what is new about packets that are in the history. */
    void read(
            TransportArrivals feedback,
            SentPacketHistory history,
            PacketResults results,
            long nowNanos) {
        long baseNanos = baseNanos(feedback, nowNanos);
        if (clock.hasRestarted()) {
            results.onClockRestarted();
        }
        if (history.highestTransport() < 0) {
            return;
        }
        readPackets(feedback, baseNanos, history, results);
    }

    private long baseNanos(TransportArrivals feedback, long nowNanos) {
        int step = signed24(feedback.referenceTime() - lastReference);
        lastReference = feedback.referenceTime();
        return clock.advance(step * TransportFeedback.REFERENCE_NANOS, nowNanos);
    }

    /** Walks over the numbers that the history can have; the others only move the time on. */
    private static void readPackets(
            TransportArrivals feedback,
            long baseNanos,
            SentPacketHistory history,
            PacketResults results) {
        long base = history.extendTransport(feedback.baseSequence());
        long oldest = history.highestTransport() - history.capacity() + 1;
        long end = Math.min(base + feedback.statusCount(), history.highestTransport() + 1);
        long missing = Math.max(base, oldest);
        long arrivalNanos = baseNanos;
        for (int i = 0; i < feedback.size(); i++) {
            arrivalNanos += feedback.deltaTicks(i) * TransportFeedback.TICK_NANOS;
            long transport = base + feedback.offset(i);
            for (; missing < Math.min(transport, end); missing++) {
                addLost(history.byExtendedTransport(missing), history, results);
            }
            missing = Math.max(missing, transport + 1);
            addReceived(history.byExtendedTransport(transport), arrivalNanos, history, results);
        }
        for (; missing < end; missing++) {
            addLost(history.byExtendedTransport(missing), history, results);
        }
    }

    /** A packet that came counts once, by the first feedback that says so. */
    static void addReceived(
            long position, long arrivalNanos, SentPacketHistory history, PacketResults results) {
        if (position != SentPacketHistory.UNKNOWN && !history.isReceived(position)) {
            results.addReceived(history, position, arrivalNanos, history.isLost(position));
            history.onReceived(position);
        }
    }

    /** A packet that did not come counts once, too, and may still turn out to have come. */
    static void addLost(long position, SentPacketHistory history, PacketResults results) {
        if (position != SentPacketHistory.UNKNOWN
                && !history.isReceived(position)
                && !history.isLost(position)) {
            results.addLost(history, position);
            history.onLost(position);
        }
    }

    private static int signed24(int value) {
        return (value << 8) >> 8;
    }
}
