package dev.sluice.media.sdp;

import java.util.List;

/**
 * What our side of the transport is when we offer.
 *
 * @param sessionId the number in {@code o=} of a first offer, positive; later ones keep it
 * @param candidates values of {@code a=candidate} lines
 * @param isComplete whether these are all candidates, or more will be trickled
 * @param isLite whether we are a lite ICE agent
 * @param fingerprints of our certificates, as in SDP; at least one
 */
public record OfferPolicy(
        long sessionId,
        String ufrag,
        String pwd,
        List<String> candidates,
        boolean isComplete,
        boolean isLite,
        List<String> fingerprints) {

    public OfferPolicy {
        candidates = List.copyOf(candidates);
        fingerprints = List.copyOf(fingerprints);
        if (fingerprints.isEmpty()) {
            throw new IllegalArgumentException("An offer needs a fingerprint, found none");
        }
    }
}
