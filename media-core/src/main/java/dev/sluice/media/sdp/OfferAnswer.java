package dev.sluice.media.sdp;

import dev.sluice.media.rtp.HeaderExtension;
import dev.sluice.media.rtp.HeaderExtensionMap;
import dev.sluice.media.rtp.MediaKind;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Answers an offer (RFC 3264, RFC 8829 5.3) as a lite ICE agent and DTLS server, everything in one
 * bundle. A pure function: the same offer and policy give the same answer.
 */
public final class OfferAnswer {

    private final SessionDescription offer;
    private final AnswerPolicy policy;

    private OfferAnswer(SessionDescription offer, AnswerPolicy policy) {
        this.offer = offer;
        this.policy = policy;
    }

    /** The answer, or the reason why there is none. */
    public static NegotiationResult negotiate(SessionDescription offer, AnswerPolicy policy) {
        try {
            return new OfferAnswer(offer, policy).negotiate();
        } catch (Refusal refusal) {
            return new NegotiationResult.Refused(refusal.why);
        }
    }

    /** Ends the negotiation from within. */
    private static final class Refusal extends Exception {

        private static final long serialVersionUID = 1L;

        private final String why;

        Refusal(String why) {
            super(why, null, false, false);
            this.why = why;
        }
    }

    private NegotiationResult negotiate() throws Refusal {
        List<NegotiatedMedia> accepted = new ArrayList<>();
        for (int i = 0; i < offer.media().size(); i++) {
            MediaDescription media = offer.media().get(i);
            if (isWanted(media)) {
                accepted.add(accept(i, media));
            }
        }
        if (accepted.isEmpty()) {
            throw new Refusal(
                    policy.role() == AnswerPolicy.Role.RECEIVE
                            ? "No audio or video section sends anything"
                            : "No audio or video section receives anything");
        }
        requireBundle(accepted);
        MediaDescription first = offer.media().get(accepted.getFirst().index());
        NegotiatedSession session =
                new NegotiatedSession(
                        credential(first, "ice-ufrag", 4),
                        credential(first, "ice-pwd", 22),
                        fingerprint(first),
                        accepted);
        return new NegotiationResult.Negotiated(
                new AnswerWriter(offer, policy, session).answer(), session);
    }

    private boolean isWanted(MediaDescription media) {
        boolean isBundledOnly = media.attributes().has("bundle-only");
        if (kind(media).isEmpty() || (media.port() == 0 && !isBundledOnly)) {
            return false;
        }
        Direction direction = Direction.of(media, offer.attributes());
        return policy.role() == AnswerPolicy.Role.RECEIVE
                ? direction.sends()
                : direction.receives();
    }

    static Optional<MediaKind> kind(MediaDescription media) {
        return switch (media.type()) {
            case "audio" -> Optional.of(MediaKind.AUDIO);
            case "video" -> Optional.of(MediaKind.VIDEO);
            default -> Optional.empty();
        };
    }

    private NegotiatedMedia accept(int index, MediaDescription media) throws Refusal {
        requireTransport(index, media);
        HeaderExtensionMap extensions =
                OfferedExtensions.of(media, offer.attributes(), policy.role());
        boolean transportCc = extensions.has(HeaderExtension.TRANSPORT_WIDE_CC);
        OfferedFormats formats = new OfferedFormats(media);
        List<NegotiatedCodec> codecs = wanted(media, formats.supported(media, transportCc));
        if (codecs.isEmpty()) {
            throw new Refusal(
                    "%s offers %s; none of them can be %s here"
                            .formatted(
                                    name(index, media),
                                    formats.names(),
                                    policy.role() == AnswerPolicy.Role.RECEIVE
                                            ? "taken"
                                            : "given: the stream is " + wantedNames(media)));
        }
        boolean receives = policy.role() == AnswerPolicy.Role.RECEIVE;
        boolean hasRids = receives && extensions.has(HeaderExtension.RID);
        return new NegotiatedMedia(
                index,
                media.mid().orElse(Integer.toString(index)),
                kind(media).orElseThrow(),
                codecs,
                extensions,
                hasRids ? OfferedStreams.rids(media) : List.of(),
                receives ? OfferedStreams.ssrcs(media) : List.of());
    }

    private void requireTransport(int index, MediaDescription media) throws Refusal {
        if (!media.protocol().contains("TLS/RTP/SAVP")) {
            throw new Refusal(
                    "%s wants the transport %s; UDP/TLS/RTP/SAVPF is what there is"
                            .formatted(name(index, media), media.protocol()));
        }
        if (!media.attributes().has("rtcp-mux")) {
            throw new Refusal(name(index, media) + " has no a=rtcp-mux, which is required");
        }
        String setup = inherited(media, "setup").orElse("actpass").toLowerCase(Locale.ROOT);
        if (!setup.equals("actpass") && !setup.equals("active")) {
            throw new Refusal(
                    "%s has a=setup:%s; actpass or active is required, as the server answers passive"
                            .formatted(name(index, media), setup));
        }
    }

    /** With a known publisher only his formats, in his order; all supported ones otherwise. */
    private List<NegotiatedCodec> wanted(MediaDescription media, List<NegotiatedCodec> supported) {
        List<NegotiatedCodec> ofKind = wantedOfKind(media);
        if (ofKind.isEmpty()) {
            return supported;
        }
        List<NegotiatedCodec> matching = new ArrayList<>();
        for (NegotiatedCodec published : ofKind) {
            for (NegotiatedCodec codec : supported) {
                if (FormatMatch.same(published, codec) && !matching.contains(codec)) {
                    matching.add(codec);
                }
            }
        }
        return matching;
    }

    private List<NegotiatedCodec> wantedOfKind(MediaDescription media) {
        Optional<MediaKind> kind = kind(media);
        return policy.wanted().stream()
                .filter(codec -> kind.filter(codec.codec().kind()::equals).isPresent())
                .toList();
    }

    private String wantedNames(MediaDescription media) {
        return String.join(
                ", ",
                wantedOfKind(media).stream()
                        .map(codec -> codec.codec().encodingName())
                        .distinct()
                        .toList());
    }

    private void requireBundle(List<NegotiatedMedia> accepted) throws Refusal {
        List<String> bundled =
                offer.attributes()
                        .values("group")
                        .filter(group -> group.startsWith("BUNDLE"))
                        .flatMap(group -> List.of(group.trim().split(" +")).stream().skip(1))
                        .toList();
        if (accepted.size() == 1 && bundled.isEmpty()) {
            return;
        }
        for (NegotiatedMedia media : accepted) {
            if (!bundled.contains(media.mid())) {
                throw new Refusal(
                        "Media section %d (mid %s) is not in a=group:BUNDLE, which is required"
                                .formatted(media.index() + 1, media.mid()));
            }
        }
    }

    private String credential(MediaDescription media, String name, int minChars) throws Refusal {
        String value = inherited(media, name).orElse("");
        if (value.length() < minChars || value.length() > 256) {
            throw new Refusal(
                    "a=%s is missing or not %d to 256 characters long".formatted(name, minChars));
        }
        return value;
    }

    /** The strongest fingerprint of the offer (RFC 8122 5). */
    private String fingerprint(MediaDescription media) throws Refusal {
        List<String> offered = new ArrayList<>(media.attributes().values("fingerprint").toList());
        offered.addAll(offer.attributes().values("fingerprint").toList());
        for (String hash : List.of("sha-256 ", "sha-512 ", "sha-384 ")) {
            for (String fingerprint : offered) {
                if (fingerprint.toLowerCase(Locale.ROOT).startsWith(hash)) {
                    return fingerprint;
                }
            }
        }
        throw new Refusal("There is no a=fingerprint with sha-256, sha-384 or sha-512");
    }

    private Optional<String> inherited(MediaDescription media, String name) {
        return media.attributes().first(name).or(() -> offer.attributes().first(name));
    }

    private static String name(int index, MediaDescription media) {
        return "Media section %d (%s, mid %s)"
                .formatted(index + 1, media.type(), media.mid().orElse("none"));
    }
}
