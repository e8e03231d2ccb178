package dev.sluice.server.control;

import dev.sluice.media.stats.HealthReport;
import dev.sluice.server.router.HealthStep;
import dev.sluice.server.router.SessionSummary;

import java.time.Instant;
import java.util.Map;

/** A session in a list, as JSON. */
final class SessionJson {

    private SessionJson() {}

    static Map<String, Object> of(SessionSummary session, Instant now) {
        return new Fields()
                .put("id", session.publicId())
                .put("state", session.isConnected() ? "connected" : "connecting")
                .name("role", session.role())
                .put("stream", session.stream())
                .since("since", now, session.ageNanos())
                .put("health", health(session, now))
                .map();
    }

    private static Map<String, Object> health(SessionSummary session, Instant now) {
        HealthReport health = session.health();
        return new Fields()
                .name("level", health.level())
                .known("score", health.score())
                .seconds("roundTripTime", health.rttNanos())
                .known("fractionLost", health.lossRatio())
                .seconds("jitter", health.jitterNanos())
                .since("since", now, session.healthAgeNanos())
                .map();
    }

    static Map<String, Object> of(HealthStep step, Instant now) {
        return new Fields()
                .name("from", step.from())
                .name("to", step.to())
                .known("score", step.score())
                .since("at", now, step.ageNanos())
                .map();
    }
}
