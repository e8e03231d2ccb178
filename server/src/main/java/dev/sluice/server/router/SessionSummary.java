package dev.sluice.server.router;

import dev.sluice.media.stats.HealthReport;

/**
 * A session in a list.
 *
 * @param publicId its name for operators, which gives no right over it
 * @param stream the name that it publishes or watches
 * @param isConnected whether media can flow
 * @param ageNanos since it was made
 * @param healthAgeNanos since the level of its health began
 */
public record SessionSummary(
        String publicId,
        Role role,
        String stream,
        boolean isConnected,
        long ageNanos,
        HealthReport health,
        long healthAgeNanos) {}
