package dev.sluice.server.router;

/** What became of an offer. */
public sealed interface OfferOutcome {

    /**
     * A session was made.
     *
     * @param sessionId unguessable, for the resource's URL
     * @param etag names the ICE generation, unquoted
     */
    record Accepted(String sessionId, String etag, String answerSdp) implements OfferOutcome {}

    /** No session was made. */
    record Refused(Reason reason, String detail) implements OfferOutcome {}

    /** Why no session was made. */
    enum Reason {
        STREAM_TAKEN,
        NOBODY_PUBLISHES,
        UNACCEPTABLE_OFFER,
        SERVER_FULL,
        SHUTTING_DOWN
    }
}
