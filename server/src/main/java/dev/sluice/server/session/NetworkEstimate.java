package dev.sluice.server.session;

/**
 * What is known of the network to a viewer.
 *
 * @param targetBps what may be spent on media, repair and retransmissions together
 * @param provenBps how much of that was seen to arrive; a large step above it may be too much
 * @param lossRatio of the latest feedback, 0 to 1
 * @param meanLossBurst how many packets in sequence are lost together, 1 or more
 * @param rttNanos -1 when it is not known
 */
public record NetworkEstimate(
        long targetBps, long provenBps, double lossRatio, double meanLossBurst, long rttNanos) {

    /** Of a peer that is sent no media. */
    static final NetworkEstimate NONE = new NetworkEstimate(0, 0, 0, 1, -1);
}
