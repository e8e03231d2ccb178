package dev.sluice.server.router;

/**
 * A step in a session's life.
 *
 * @param detail for people: why it ended; may be empty
 */
public record SessionEvent(Kind kind, Role role, String sessionId, String stream, String detail) {

    /** The step. */
    public enum Kind {
        CREATED,
        CONNECTED,
        ENDED
    }
}
