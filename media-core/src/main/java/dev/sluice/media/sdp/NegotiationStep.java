package dev.sluice.media.sdp;

/** What became of a description that was set. */
public sealed interface NegotiationStep {

    /**
     * It was taken.
     *
     * @param next the exchange from here on
     * @param change for an offer what it proposes, for an answer what holds from now on; both
     *     against what was agreed on before
     */
    record Taken(Negotiation next, SessionChange change) implements NegotiationStep {}

    /** It may not come now, or breaks a rule; a sentence says why. The exchange is as before. */
    record Refused(String why) implements NegotiationStep {}
}
