package dev.sluice.fuzz;

import static dev.sluice.fuzz.FuzzTarget.hold;

import dev.sluice.media.sdp.AnswerPolicy;
import dev.sluice.media.sdp.AppliedAnswer;
import dev.sluice.media.sdp.DescriptionType;
import dev.sluice.media.sdp.IceFragment;
import dev.sluice.media.sdp.Negotiation;
import dev.sluice.media.sdp.NegotiationResult;
import dev.sluice.media.sdp.NegotiationStep;
import dev.sluice.media.sdp.SdpParseException;
import dev.sluice.media.sdp.SessionDescription;
import dev.sluice.media.sdp.SignalingState;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Session descriptions and the fragments of trickle ICE. */
final class SdpTargets {

    private static final int MAX_DESCRIPTIONS = 6;

    private static final AnswerPolicy POLICY =
            new AnswerPolicy(
                    AnswerPolicy.Role.RECEIVE,
                    1,
                    "ufra",
                    "passwordpasswordpasswo",
                    List.of(),
                    "sha-256 " + "00:".repeat(31) + "00",
                    List.of(),
                    List.of());

    private SdpTargets() {}

    static Map<String, FuzzTarget> all() {
        return Map.of(
                "sdp", SdpTargets::description,
                "sdp-fragment", SdpTargets::fragment,
                "sdp-negotiation", SdpTargets::negotiation);
    }

    private static void description(byte[] input) {
        try {
            SessionDescription read = SessionDescription.parse(text(input));
            hold(SessionDescription.parse(read.toString()).equals(read), "it comes back the same");
        } catch (SdpParseException expected) {
            hold(expected.getMessage() != null, "it says what is wrong");
        }
    }

    /**
     * Descriptions with a form feed after each, in which both sides take turns; an empty one is
     * answered by us.
     */
    private static void negotiation(byte[] input) {
        Negotiation negotiation = Negotiation.begin();
        for (String next : text(input).split("\f", MAX_DESCRIPTIONS)) {
            DescriptionType type =
                    negotiation.pendingOffer().isPresent()
                            ? DescriptionType.ANSWER
                            : DescriptionType.OFFER;
            boolean isLocal = negotiation.state() == SignalingState.HAVE_REMOTE_OFFER;
            SessionDescription description = read(next, negotiation);
            if (description == null) {
                continue;
            }
            NegotiationStep step =
                    isLocal
                            ? negotiation.local(type, description)
                            : negotiation.remote(type, description);
            if (step instanceof NegotiationStep.Taken taken) {
                negotiation = taken.next();
            }
            var _ = AppliedAnswer.of(negotiation.currentRemote().orElse(description), description);
        }
    }

    private static @Nullable SessionDescription read(String next, Negotiation negotiation) {
        try {
            if (!next.isEmpty() || negotiation.state() != SignalingState.HAVE_REMOTE_OFFER) {
                return SessionDescription.parse(next);
            }
        } catch (SdpParseException expected) {
            return null;
        }
        return negotiation.createAnswer(POLICY) instanceof NegotiationResult.Negotiated answered
                ? answered.answer()
                : null;
    }

    private static void fragment(byte[] input) {
        try {
            IceFragment read = IceFragment.parse(text(input));
            hold(IceFragment.parse(read.toString()).equals(read), "it comes back the same");
        } catch (SdpParseException expected) {
            hold(expected.getMessage() != null, "it says what is wrong");
        }
    }

    private static String text(byte[] input) {
        return new String(input, StandardCharsets.UTF_8);
    }
}
