package dev.sluice.load.client;

import java.util.Locale;

/** Why a client could not join, or did not stay. */
public enum FailureReason {
    /** The server could not be reached, or did not speak HTTP. */
    HTTP_ERROR,
    /** The server refused the offer. */
    HTTP_REFUSED,
    /** The answer could not be used. */
    SDP,
    /** No path was found, or the server stopped answering on it. */
    ICE,
    /** The handshake failed or took too long. */
    DTLS,
    /** Connected, but no media came in time. */
    NO_MEDIA,
    /** The server ended the session after it had been joined. */
    ENDED_BY_SERVER,
    /** Something of this machine: a socket, a file. */
    LOCAL;

    /** The name in reports. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
