package dev.sluice.media.bwe;

/**
 * Believes a probe that measured much more than is estimated only when a second one agrees: a
 * receiver that is late to read what came takes a queue for a fast path. Not in libwebrtc.
 *
 * <p>At the start nothing is confirmed: the first estimate is a guess anyway, and is to rise soon.
 */
final class ProbeConfirmation {

    /** More than so many times the estimate is to be confirmed. */
    static final double LEAP = 1.5;

    static final long START_NANOS = 5_000_000_000L;

    /** An answer later than this is none. */
    private static final long TIMEOUT_NANOS = 1_000_000_000L;

    private final long startNanos;
    private int firstId = Probe.NONE;
    private long firstBps;
    private long firstNanos;

    ProbeConfirmation(long startNanos) {
        this.startNanos = startNanos;
    }

    /**
     * Judges a measurement.
     *
     * @param probeId of the cluster that measured it
     * @param probedBps or {@link ProbeBitrateEstimator#UNKNOWN}
     * @return what can be believed, or {@link ProbeBitrateEstimator#UNKNOWN} when {@link #isWanted}
     *     tells that another probe has to agree, or one is under way
     */
    long onMeasured(int probeId, long probedBps, long estimateBps, long nowNanos) {
        boolean isAtStart = nowNanos - startNanos < START_NANOS;
        if (isAtStart || probedBps <= LEAP * estimateBps) {
            return probedBps;
        }
        boolean isWaiting = firstId != Probe.NONE && nowNanos - firstNanos < TIMEOUT_NANOS;
        if (isWaiting && probeId != firstId) {
            firstId = Probe.NONE;
            return Math.min(firstBps, probedBps);
        }
        if (!isWaiting) {
            firstNanos = nowNanos;
        }
        firstId = probeId;
        firstBps = probedBps;
        return ProbeBitrateEstimator.UNKNOWN;
    }

    /** Whether the measurement just judged is the first of its kind. */
    boolean isWanted(long nowNanos) {
        return firstId != Probe.NONE && firstNanos == nowNanos;
    }
}
