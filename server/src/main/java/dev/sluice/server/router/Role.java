package dev.sluice.server.router;

/** What a session is there for. */
public enum Role {
    PUBLISHER,
    VIEWER
}
