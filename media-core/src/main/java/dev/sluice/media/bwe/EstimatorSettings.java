package dev.sluice.media.bwe;

/**
 * What a {@link CongestionController} starts from and stays within.
 *
 * @param mode which signals count
 * @param startBps the target before anything is known of the path
 * @param minBps the target never falls below it, above 0
 * @param maxBps the target never rises above it
 */
public record EstimatorSettings(EstimationMode mode, long startBps, long minBps, long maxBps) {

    /** The highest rate that is calculated with: 100 Gbit/s. */
    public static final long MAX_BPS = 100_000_000_000L;

    /**
     * @throws IllegalArgumentException unless 0 &lt; min &lt;= start &lt;= max &lt;= {@link
     *     #MAX_BPS}
     */
    public EstimatorSettings {
        if (minBps <= 0 || startBps < minBps || maxBps < startBps || maxBps > MAX_BPS) {
            throw new IllegalArgumentException(
                    "Rates are min %d, start %d, max %d; expected 0 < min <= start <= max <= %d"
                            .formatted(minBps, startBps, maxBps, MAX_BPS));
        }
    }
}
