package dev.sluice.server.session;

/**
 * What a viewer's network is held to carry, and what waits for it.
 *
 * @param targetBps what may be spent on media, FEC and retransmissions together
 * @param pacingBps the rate of the pacer
 * @param queuedPackets that wait in the pacer
 * @param oldestWaitNanos how long the first of them has waited
 * @param rttNanos as the estimator knows it, -1 when it does not
 * @param lossRatio of the latest feedback, 0 to 1
 * @param isApplicationLimited whether less is sent than could be, so that the estimate says little
 * @param hasLostFeedback whether feedback has stopped (RFC 8083)
 */
public record SendStats(
        long targetBps,
        long pacingBps,
        int queuedPackets,
        long queuedBytes,
        long oldestWaitNanos,
        long rttNanos,
        double lossRatio,
        boolean isApplicationLimited,
        boolean hasLostFeedback) {}
