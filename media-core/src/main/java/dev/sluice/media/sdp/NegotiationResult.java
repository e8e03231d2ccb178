package dev.sluice.media.sdp;

/** What became of an offer. */
public sealed interface NegotiationResult {

    /** The offer has an answer. */
    record Negotiated(SessionDescription answer, NegotiatedSession session)
            implements NegotiationResult {}

    /** The offer cannot be answered; a sentence says why. */
    record Refused(String why) implements NegotiationResult {}
}
