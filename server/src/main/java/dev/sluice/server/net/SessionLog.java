package dev.sluice.server.net;

import dev.sluice.server.router.SessionEvent;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

import java.util.Locale;

/**
 * Writes the steps of sessions to the log, with the session's public id and its stream in the MDC.
 */
final class SessionLog {

    private static final Logger LOG = LoggerFactory.getLogger("dev.sluice.session");

    private SessionLog() {}

    static void log(SessionEvent event) {
        try (var _ = MDC.putCloseable("session", event.publicId());
                var _ = MDC.putCloseable("stream", event.stream())) {
            String role = event.role().name().toLowerCase(Locale.ROOT);
            switch (event.kind()) {
                case CREATED -> LOG.info("{} admitted", role);
                case CONNECTED -> LOG.info("{} connected", role);
                case HEALTH_CHANGED -> LOG.debug("{} health: {}", role, reason(event));
                case ENDED -> LOG.info("{} ended: {}", role, reason(event));
            }
        }
    }

    private static String reason(SessionEvent event) {
        return event.detail().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
