package dev.sluice.server.session;

import dev.sluice.media.rtcp.PacketArrivals;
import dev.sluice.media.rtcp.TransportFeedback;

/** How many packets in sequence a network loses together: a moving mean over the latest losses. */
final class LossBursts {

    private static final double SMOOTHING = 0.125;

    /** More in a row is an outage, which no protection covers. */
    private static final int MAX_BURST = 64;

    private double mean = 1;

    void onFeedback(TransportFeedback feedback) {
        PacketArrivals arrivals = feedback.arrivals();
        int expected = 0;
        for (int i = 0; i < arrivals.size(); i++) {
            int missing = arrivals.offset(i) - expected;
            if (missing > 0) {
                mean += SMOOTHING * (Math.min(missing, MAX_BURST) - mean);
            }
            expected = arrivals.offset(i) + 1;
        }
    }

    /** At least 1. */
    double mean() {
        return mean;
    }
}
