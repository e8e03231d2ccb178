package dev.sluice.server.router;

/** What became of an ICE fragment. */
public sealed interface PatchOutcome {

    /** Candidates were taken; a lite agent learns addresses from checks and needs none of them. */
    record Trickled() implements PatchOutcome {}

    /**
     * ICE restarted.
     *
     * @param etag names the new ICE generation, unquoted
     */
    record Restarted(String etag, String fragmentSdp) implements PatchOutcome {}

    /** Nothing changed. */
    record Refused(Reason reason, String detail) implements PatchOutcome {}

    /** Why nothing changed. */
    enum Reason {
        UNKNOWN_SESSION,
        STALE_ETAG,
        MALFORMED
    }
}
