package dev.sluice.media.stats;

/**
 * What the last seconds of a connection were like.
 *
 * @param score 81 to 100 is excellent, 61 to 80 good, 41 to 60 fair, 1 to 40 poor, 0 disconnected;
 *     {@link #UNKNOWN} where the level is unknown
 * @param rttNanos the mean round trip, or {@link #UNKNOWN}
 * @param lossRatio lost of expected packets, 0 to 1, or {@link #UNKNOWN}
 * @param jitterNanos the mean interarrival jitter, or {@link #UNKNOWN}
 * @param sinceNanos when the level began
 */
public record HealthReport(
        HealthLevel level,
        int score,
        long rttNanos,
        double lossRatio,
        long jitterNanos,
        long sinceNanos) {

    /** In place of a figure that is not known. */
    public static final int UNKNOWN = -1;

    /** Of a connection that has not been rated yet. */
    static HealthReport notRated(long nowNanos) {
        return new HealthReport(HealthLevel.UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, nowNanos);
    }
}
