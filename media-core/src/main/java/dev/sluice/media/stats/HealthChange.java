package dev.sluice.media.stats;

/**
 * A connection's level has changed.
 *
 * @param score after the change, see {@link HealthReport#score}
 */
public record HealthChange(HealthLevel from, HealthLevel to, int score, long atNanos) {}
