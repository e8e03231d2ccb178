package dev.sluice.media.bwe;

import dev.sluice.media.rtcp.CongestionControlFeedback;
import dev.sluice.media.rtcp.StreamFeedback;

/**
 * Reads RFC 8888 feedback: finds its packets in the history, and turns arrival time offsets into
 * times.
 */
final class StreamFeedbackAdapter {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final RemoteClock clock = new RemoteClock();
    private long lastTimestamp;

    /** Adds to the results what is new about packets that are in the history. */
    void read(
            CongestionControlFeedback feedback,
            SentPacketHistory history,
            PacketResults results,
            long nowNanos) {
        long reportNanos = reportNanos(feedback.reportTimestamp(), nowNanos);
        if (clock.hasRestarted()) {
            results.onClockRestarted();
        }
        for (int i = 0; i < feedback.streams().size(); i++) {
            readStream(feedback.streams().get(i), reportNanos, history, results);
        }
    }

    /** The timestamp counts 1/65536 s in 32 bits, and wraps every 18 hours. */
    private long reportNanos(long timestamp, long nowNanos) {
        int step = (int) (timestamp - lastTimestamp);
        lastTimestamp = timestamp;
        return clock.advance((step * NANOS_PER_SECOND) >> 16, nowNanos);
    }

    private static void readStream(
            StreamFeedback stream,
            long reportNanos,
            SentPacketHistory history,
            PacketResults results) {
        for (int i = 0; i < stream.size(); i++) {
            long position = history.byStream(stream.ssrc(), stream.sequence(i));
            if (stream.isReceived(i)) {
                long arrival = arrivalNanos(stream.arrivalTimeOffset(i), reportNanos);
                TransportFeedbackAdapter.addReceived(position, arrival, history, results);
            } else {
                TransportFeedbackAdapter.addLost(position, history, results);
            }
        }
    }

    private static long arrivalNanos(int offset, long reportNanos) {
        return offset > StreamFeedback.MAX_OFFSET
                ? PacketResults.NO_ARRIVAL
                : reportNanos - StreamFeedback.offsetNanos(offset);
    }
}
