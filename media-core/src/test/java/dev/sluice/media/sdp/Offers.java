package dev.sluice.media.sdp;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The recorded offers, and policies to answer them with. */
final class Offers {

    static final List<String> PUBLISHING =
            List.of(
                    "chromium-default-offer",
                    "chromium-trickle-offer",
                    "chromium-vp8-simulcast-offer",
                    "firefox-default-offer",
                    "gstreamer-whip-vp8-offer",
                    "libwebrtc-java-default-offer");

    static final List<String> WATCHING =
            List.of(
                    "chromium-default-whep-offer",
                    "firefox-whep-offer",
                    "gstreamer-whep-vp8-offer");

    static final String FINGERPRINT = "sha-256 " + "AB:".repeat(31) + "AB";
    static final String CANDIDATE = "1 1 udp 2130706431 192.0.2.1 8081 typ host";

    private Offers() {}

    static List<String> all() {
        List<String> all = new ArrayList<>(PUBLISHING);
        all.addAll(WATCHING);
        return all;
    }

    static String text(String name) {
        try (InputStream in = Offers.class.getResourceAsStream("/sdp/" + name + ".sdp")) {
            if (in == null) {
                throw new IllegalArgumentException("No recorded offer " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static SessionDescription parse(String text) {
        try {
            return SessionDescription.parse(text);
        } catch (SdpParseException e) {
            throw new AssertionError(e);
        }
    }

    static AnswerPolicy receive() {
        return policy(AnswerPolicy.Role.RECEIVE, List.of(), List.of());
    }

    static AnswerPolicy send(List<NegotiatedCodec> wanted) {
        List<LocalTrack> tracks = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            tracks.add(
                    new LocalTrack("stream", "track" + i, 1000 + i, 2000 + i, 3000 + i, "cname"));
        }
        return policy(AnswerPolicy.Role.SEND, wanted, tracks);
    }

    private static AnswerPolicy policy(
            AnswerPolicy.Role role, List<NegotiatedCodec> wanted, List<LocalTrack> tracks) {
        return new AnswerPolicy(
                role,
                4711,
                "localUfrag",
                "localPasswordlocalPassword",
                List.of(CANDIDATE),
                FINGERPRINT,
                wanted,
                tracks);
    }

    static NegotiationResult.Negotiated negotiate(String offer, AnswerPolicy policy) {
        return switch (OfferAnswer.negotiate(parse(offer), policy)) {
            case NegotiationResult.Negotiated negotiated -> negotiated;
            case NegotiationResult.Refused(String why) ->
                    throw new AssertionError("Refused: " + why);
        };
    }

    /** Why there is no answer: what the parser or the negotiation said. */
    static String refusal(String offer, AnswerPolicy policy) {
        SessionDescription parsed;
        try {
            parsed = SessionDescription.parse(offer);
        } catch (SdpParseException malformed) {
            return String.valueOf(malformed.getMessage());
        }
        return switch (OfferAnswer.negotiate(parsed, policy)) {
            case NegotiationResult.Negotiated negotiated ->
                    throw new AssertionError("Accepted: " + negotiated.answer());
            case NegotiationResult.Refused(String why) -> why;
        };
    }
}
