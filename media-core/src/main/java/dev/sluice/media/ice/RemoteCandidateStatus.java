package dev.sluice.media.ice;

/** What became of a candidate that the peer told of. */
public enum RemoteCandidateStatus {
    ADDED,
    /** Known already. */
    DUPLICATE,
    /**
     * Ignored: a name, such as the {@code .local} ones of browsers. The peer's own checks show
     * where it is.
     */
    NAME,
    /** Ignored: another component, an unknown transport, or no address to send to. */
    UNSUPPORTED,
    /** Ignored: as many are known as are kept. */
    TOO_MANY
}
