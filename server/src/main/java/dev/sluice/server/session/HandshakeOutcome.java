package dev.sluice.server.session;

import java.util.Locale;

/** How a DTLS handshake ended. */
public enum HandshakeOutcome {
    CONNECTED,
    FAILED,
    TIMED_OUT;

    /** The label under which metrics export it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
