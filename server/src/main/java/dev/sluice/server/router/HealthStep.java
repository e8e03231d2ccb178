package dev.sluice.server.router;

import dev.sluice.media.stats.HealthLevel;

/**
 * A change of health in the past.
 *
 * @param score after the change, -1 where there is none
 */
public record HealthStep(HealthLevel from, HealthLevel to, int score, long ageNanos) {}
