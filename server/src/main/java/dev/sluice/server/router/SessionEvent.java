package dev.sluice.server.router;

/**
 * A step in a session's life.
 *
 * @param sessionId the unguessable one, which gives the right to end it
 * @param publicId the one to show
 * @param detail for people: why it ended, from which level of health to which; may be empty
 */
public record SessionEvent(
        Kind kind, Role role, String sessionId, String publicId, String stream, String detail) {

    /** The step. */
    public enum Kind {
        CREATED,
        CONNECTED,
        HEALTH_CHANGED,
        ENDED
    }
}
