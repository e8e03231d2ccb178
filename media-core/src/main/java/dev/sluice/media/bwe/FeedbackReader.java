package dev.sluice.media.bwe;

import dev.sluice.media.rtcp.CongestionControlFeedback;
import dev.sluice.media.rtcp.TransportArrivals;

/** Reads what feedback of either kind tells of packets that were sent. */
final class FeedbackReader {

    private final SentPacketHistory history;
    private final PacketResults results = new PacketResults();
    private final TransportFeedbackAdapter transportFeedback = new TransportFeedbackAdapter();
    private final StreamFeedbackAdapter streamFeedback = new StreamFeedbackAdapter();

    /**
     * @param history what was sent
     */
    FeedbackReader(SentPacketHistory history) {
        this.history = history;
    }

    /** What transport-wide feedback tells; valid until the next is read. */
    PacketResults read(TransportArrivals feedback, long nowNanos) {
        results.clear();
        transportFeedback.read(feedback, history, results, nowNanos);
        return results;
    }

    /** What feedback of RFC 8888 tells; valid until the next is read. */
    PacketResults read(CongestionControlFeedback feedback, long nowNanos) {
        results.clear();
        streamFeedback.read(feedback, history, results, nowNanos);
        return results;
    }

    /** Whether the last feedback was the first to call a packet lost. */
    boolean hasLost() {
        return results.lostCount() > 0;
    }

    /** Tells which packets the last feedback was the first to call lost. */
    void tellLost(LostPackets out) {
        for (int index = 0; index < results.size(); index++) {
            if (!results.isReceived(index)) {
                long position = results.position(index);
                out.onLost(history.ssrc(position), history.sequenceNumber(position));
            }
        }
    }
}
