package dev.sluice.media.sdp;

import java.util.List;

/**
 * What the answerer brings.
 *
 * @param role whether it takes media or gives it
 * @param sessionId the number in {@code o=}, positive
 * @param candidates values of {@code a=candidate} lines
 * @param fingerprint of our certificate, as in SDP
 * @param wanted formats to give, in the order of preference; empty when none is known yet. Media of
 *     a kind that has no format here is answered with all that both sides know
 * @param tracks what we send, one for each media section of the offer; empty for {@link
 *     Role#RECEIVE}
 * @param redFirst whether redundant audio is named before the audio format, which makes browsers
 *     send it
 */
public record AnswerPolicy(
        Role role,
        long sessionId,
        String ufrag,
        String pwd,
        List<String> candidates,
        String fingerprint,
        List<NegotiatedCodec> wanted,
        List<LocalTrack> tracks,
        boolean redFirst) {

    /** The answerer's part. */
    public enum Role {
        /** It takes what the offerer publishes. */
        RECEIVE,
        /** It gives the offerer something to watch. */
        SEND
    }

    public AnswerPolicy {
        candidates = List.copyOf(candidates);
        wanted = List.copyOf(wanted);
        tracks = List.copyOf(tracks);
    }

    /** With the audio format before its redundant form. */
    public AnswerPolicy(
            Role role,
            long sessionId,
            String ufrag,
            String pwd,
            List<String> candidates,
            String fingerprint,
            List<NegotiatedCodec> wanted,
            List<LocalTrack> tracks) {
        this(role, sessionId, ufrag, pwd, candidates, fingerprint, wanted, tracks, false);
    }
}
