package dev.sluice.server.session;

import dev.sluice.media.rtcp.CongestionControlFeedback;
import dev.sluice.media.rtcp.StreamFeedback;
import dev.sluice.media.rtcp.TransportArrivals;

/** How many packets in sequence a network loses together: a moving mean over the latest losses. */
final class LossBursts {

    private static final double SMOOTHING = 0.125;

    /** More in a row is an outage, which no protection covers. */
    private static final int MAX_BURST = 64;

    private double mean = 1;

    void onFeedback(TransportArrivals feedback) {
        int expected = 0;
        for (int i = 0; i < feedback.size(); i++) {
            onBurst(feedback.offset(i) - expected);
            expected = feedback.offset(i) + 1;
        }
    }

    void onFeedback(CongestionControlFeedback feedback) {
        feedback.streams().forEach(this::onStream);
    }

    private void onStream(StreamFeedback stream) {
        int missing = 0;
        for (int i = 0; i < stream.size(); i++) {
            if (stream.isReceived(i)) {
                onBurst(missing);
                missing = 0;
            } else {
                missing++;
            }
        }
    }

    private void onBurst(int missing) {
        if (missing > 0) {
            mean += SMOOTHING * (Math.min(missing, MAX_BURST) - mean);
        }
    }

    /** At least 1. */
    double mean() {
        return mean;
    }
}
