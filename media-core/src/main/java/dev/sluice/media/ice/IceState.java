package dev.sluice.media.ice;

/** How far an {@link IceAgent} has come. */
public enum IceState {
    /** The peer's credentials are not known yet. */
    NEW,
    /** Checks run; nothing may be sent to the peer. */
    CHECKING,
    /** A pair is valid: data may be sent (RFC 8445, section 12.1). */
    CONNECTED,
    /** A pair is nominated and selected. */
    COMPLETED,
    /** No pair works, or the peer's consent is gone: only a restart helps. */
    FAILED
}
