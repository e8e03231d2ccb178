package dev.sluice.media.sdp;

import dev.sluice.media.ice.IceCredentials;
import dev.sluice.media.rtp.HeaderExtension;
import dev.sluice.media.rtp.HeaderExtensionMap;
import dev.sluice.media.rtp.MediaKind;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Answers an offer (RFC 3264, RFC 8829 5.3) as a lite ICE agent, everything in one bundle, and as
 * DTLS server unless the offerer insists on being that. A pure function: the same offer and policy
 * give the same answer.
 */
public final class OfferAnswer {

    /** What an offer may say of the roles in DTLS; {@code holdconn} (RFC 4145) makes no sense. */
    private static final Set<String> SETUPS = Set.of("actpass", "active", "passive");

    private final SessionDescription offer;
    private final AnswerPolicy policy;
    private final OfferedBundle bundle;

    /**
     * What each extension id means so far: in a bundle it means one thing (RFC 9143 section 9.2).
     */
    private final Map<Integer, HeaderExtension> extensionIds = new HashMap<>();

    private final BundledPayloadTypes payloadTypes = new BundledPayloadTypes();

    private OfferAnswer(SessionDescription offer, AnswerPolicy policy) {
        this.offer = offer;
        this.policy = policy;
        this.bundle = new OfferedBundle(offer);
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
        if (offer.attributes().has(AttributeType.ICE_LITE)) {
            throw new Refusal("Both sides are lite ICE agents (a=ice-lite): nobody would check");
        }
        List<NegotiatedMedia> accepted = new ArrayList<>();
        for (int i = 0; i < offer.media().size(); i++) {
            MediaDescription media = offer.media().get(i);
            if (isWanted(media) && accepted.stream().noneMatch(a -> isOfKind(media, a))) {
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
                        credential(first, "ice-ufrag", IceCredentials::isUfrag, "4"),
                        credential(first, "ice-pwd", IceCredentials::isPassword, "22"),
                        fingerprint(first),
                        setup(first).equals("passive"),
                        accepted.stream().allMatch(this::takesReducedSizeRtcp),
                        accepted.stream().anyMatch(this::offersReceiverRoundTrip),
                        accepted);
        return new NegotiationResult.Negotiated(
                new AnswerWriter(offer, policy, session).answer(), session);
    }

    private boolean offersReceiverRoundTrip(NegotiatedMedia accepted) {
        return bundle.receiverRoundTrip(offer.media().get(accepted.index())).isPresent();
    }

    private boolean takesReducedSizeRtcp(NegotiatedMedia accepted) {
        MediaDescription media = offer.media().get(accepted.index());
        return bundle.transportValue(media, "rtcp-rsize").isPresent();
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

    /** One audio and one video are carried; more sections of a kind are declined. */
    private static boolean isOfKind(MediaDescription media, NegotiatedMedia accepted) {
        return kind(media).equals(Optional.of(accepted.kind()));
    }

    private static Optional<MediaKind> kind(MediaDescription media) {
        return switch (media.type()) {
            case "audio" -> Optional.of(MediaKind.AUDIO);
            case "video" -> Optional.of(MediaKind.VIDEO);
            default -> Optional.empty();
        };
    }

    private NegotiatedMedia accept(int index, MediaDescription media) throws Refusal {
        requireTransport(index, media);
        HeaderExtensionMap extensions =
                OfferedExtensions.of(media, offer.attributes(), policy.role(), extensionIds);
        boolean transportCc = extensions.has(HeaderExtension.TRANSPORT_WIDE_CC);
        boolean readsCcfb = policy.role() == AnswerPolicy.Role.SEND;
        OfferedFormats formats = new OfferedFormats(media);
        List<NegotiatedCodec> codecs =
                payloadTypes.claim(wanted(media, formats.supported(media, transportCc, readsCcfb)));
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
        List<String> rids = hasRids ? OfferedStreams.rids(media, codecs) : List.of();
        return new NegotiatedMedia(
                index,
                media.mid().orElse(Integer.toString(index)),
                kind(media).orElseThrow(),
                codecs,
                extensions,
                rids,
                receives ? OfferedStreams.ssrcs(media) : List.of(),
                payloadTypes.claim(protection(index, media, formats, codecs, rids)));
    }

    /**
     * Of a publisher everything is taken, but ULPFEC only without simulcast: it stands among the
     * numbers of each layer. A viewer gets one kind.
     */
    private NegotiatedFec protection(
            int index,
            MediaDescription media,
            OfferedFormats formats,
            List<NegotiatedCodec> codecs,
            List<String> rids) {
        NegotiatedFec offered = formats.protection(kind(media).orElseThrow(), codecs);
        if (policy.role() == AnswerPolicy.Role.SEND) {
            boolean hasStream = policy.tracks().get(index).fecSsrc() >= 0;
            return (hasStream ? offered : offered.withoutFlexfec03().withoutFlexfec()).preferred();
        }
        return rids.isEmpty() ? offered : offered.withoutRed();
    }

    private void requireTransport(int index, MediaDescription media) throws Refusal {
        if (!media.protocol().contains("TLS/RTP/SAVP")) {
            throw new Refusal(
                    "%s wants the transport %s; UDP/TLS/RTP/SAVPF is what there is"
                            .formatted(name(index, media), media.protocol()));
        }
        if (bundle.transportValue(media, "rtcp-mux").isEmpty()) {
            throw new Refusal(name(index, media) + " has no a=rtcp-mux, which is required");
        }
        String setup = setup(media);
        if (!SETUPS.contains(setup)) {
            throw new Refusal(
                    "%s has a=setup:%s; actpass, active or passive is required"
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
        Optional<String> repeated = bundle.repeatedMid();
        if (repeated.isPresent()) {
            throw new Refusal("Two media sections have the mid " + repeated.get());
        }
        if (accepted.size() == 1 && bundle.isEmpty()) {
            return;
        }
        for (NegotiatedMedia media : accepted) {
            if (!bundle.contains(media.mid())) {
                throw new Refusal(
                        "Media section %d (mid %s) is not in a=group:BUNDLE, which is required"
                                .formatted(media.index() + 1, media.mid()));
            }
        }
    }

    private String credential(
            MediaDescription media, String name, Predicate<String> isRight, String minChars)
            throws Refusal {
        return bundle.transportValue(media, name)
                .filter(isRight)
                .orElseThrow(
                        () ->
                                new Refusal(
                                        "a=%s is missing or not of %s to 256 letters, digits, + and /"
                                                .formatted(name, minChars)));
    }

    private String setup(MediaDescription media) {
        return bundle.transportValue(media, "setup").orElse("actpass").toLowerCase(Locale.ROOT);
    }

    /** A fingerprint of a hash that is known here, sha-256 before others (RFC 8122 section 5). */
    private String fingerprint(MediaDescription media) throws Refusal {
        List<String> offered = bundle.transportValues(media, "fingerprint").toList();
        for (String hash : List.of("sha-256 ", "sha-512 ", "sha-384 ")) {
            for (String fingerprint : offered) {
                if (fingerprint.toLowerCase(Locale.ROOT).startsWith(hash)) {
                    return fingerprint;
                }
            }
        }
        throw new Refusal("There is no a=fingerprint with sha-256, sha-384 or sha-512");
    }

    private static String name(int index, MediaDescription media) {
        return "Media section %d (%s, mid %s)"
                .formatted(index + 1, media.type(), media.mid().orElse("none"));
    }
}
