package dev.sluice.server.app;

/**
 * The server cannot start, for a reason outside of it; the message is a sentence for the one who
 * started it.
 */
public final class StartException extends Exception {

    private static final long serialVersionUID = 1;

    /** A reason such as "HTTP port 8080 is in use". */
    public StartException(String message) {
        super(message);
    }

    /** A reason, and what it was derived from. */
    public StartException(String message, Throwable cause) {
        super(message, cause);
    }
}
