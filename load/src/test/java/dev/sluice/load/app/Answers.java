package dev.sluice.load.app;

import dev.sluice.media.ice.IceCredentials;
import dev.sluice.media.sdp.AnswerPolicy;
import dev.sluice.media.sdp.DescriptionType;
import dev.sluice.media.sdp.Negotiation;
import dev.sluice.media.sdp.NegotiationResult;
import dev.sluice.media.sdp.NegotiationStep;
import dev.sluice.media.sdp.SdpParseException;
import dev.sluice.media.sdp.SessionDescription;
import dev.sluice.srtp.keys.CertificateIdentity;

import java.util.List;

/** What a server with an ICE-lite agent answers to publishers. */
final class Answers {

    private Answers() {}

    /**
     * @param candidates values of {@code a=candidate} lines; none for a server out of reach
     */
    static NegotiationResult.Negotiated to(
            String offer, IceCredentials ice, CertificateIdentity identity, List<String> candidates)
            throws SdpParseException {
        NegotiationStep step =
                Negotiation.begin().remote(DescriptionType.OFFER, SessionDescription.parse(offer));
        AnswerPolicy policy =
                new AnswerPolicy(
                        AnswerPolicy.Role.RECEIVE,
                        1,
                        ice.ufrag(),
                        ice.password(),
                        candidates,
                        identity.fingerprint().toSdp(),
                        List.of(),
                        List.of());
        if (step instanceof NegotiationStep.Taken taken
                && taken.next().createAnswer(policy)
                        instanceof NegotiationResult.Negotiated negotiated) {
            return negotiated;
        }
        throw new AssertionError("not answered: " + offer);
    }
}
