package dev.sluice.server.config;

/** Who may publish without a token. */
public enum OpenAccess {
    /** Nobody. */
    NONE,
    /** Clients whose requests come from a loopback address. */
    LOOPBACK,
    /** Everybody who reaches the server. */
    ANY
}
