package dev.sluice.media.bwe;

/**
 * What feedback shows the path to carry: the rate that arrives, and what probes measured, as far as
 * that can be believed.
 */
final class MeasuredRates {

    /** A probe that measured so many times what was acknowledged makes that rise soon. */
    private static final double FAST_CHANGE = 1.3;

    private final AcknowledgedBitrate acknowledged = new AcknowledgedBitrate();
    private final ProbeBitrateEstimator probeBitrate = new ProbeBitrateEstimator();
    private final ProbeConfirmation confirmation;
    private long probedBps = ProbeBitrateEstimator.UNKNOWN;
    private boolean wantsConfirmation;

    MeasuredRates(long nowNanos) {
        confirmation = new ProbeConfirmation(nowNanos);
    }

    /** A probe is handed out, and its packets are to be expected. */
    void onProbe(Probe probe) {
        probeBitrate.onProbe(probe);
    }

    /** What arrives is about to change, so that the next packets count more. */
    void expectFastChange() {
        acknowledged.expectFastChange();
    }

    /**
     * Takes what a feedback says.
     *
     * @param scatterNanos by how much the arrivals of single packets scatter
     * @param targetBps above which a probe that leaps has to be confirmed
     */
    void onResults(PacketResults results, long scatterNanos, long targetBps, long nowNanos) {
        for (int place = 0; place < results.timedCount(); place++) {
            int index = results.byArrival(place);
            acknowledged.onArrival(results.arrivalNanos(index), results.sizeBytes(index));
        }
        long measuredBps = probeBitrate.onResults(results, scatterNanos);
        probedBps =
                confirmation.onMeasured(
                        probeBitrate.measuredId(), measuredBps, targetBps, nowNanos);
        wantsConfirmation = probedBps != measuredBps && confirmation.isWanted(nowNanos);
    }

    /** What arrives, in bits per second; -1 while it is unknown. */
    long acknowledgedBps() {
        return acknowledged.bps();
    }

    /** What the last results tell of probes, in bits per second; -1 without any. */
    long probedBps() {
        return probedBps;
    }

    /** Whether what the last results tell of a probe counts only once another one agrees. */
    boolean wantsConfirmation() {
        return wantsConfirmation;
    }

    /** Whether a probe measured so much that what arrives will soon be more. */
    boolean hasLeapt() {
        return probedBps > FAST_CHANGE * acknowledged.bps();
    }
}
