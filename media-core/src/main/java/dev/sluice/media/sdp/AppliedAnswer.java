package dev.sluice.media.sdp;

import static dev.sluice.media.sdp.IllegalDescription.require;

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

/**
 * Takes the answer to an offer of ours (RFC 8829 section 5.11). A pure function: nothing but the
 * two descriptions counts.
 */
public final class AppliedAnswer {

    private final SessionDescription offer;
    private final SessionDescription answer;
    private final Map<Integer, HeaderExtension> extensionIds = new HashMap<>();

    private AppliedAnswer(SessionDescription offer, SessionDescription answer) {
        this.offer = offer;
        this.answer = answer;
    }

    /** What was agreed on, or the reason why the answer cannot be taken. */
    public static AnswerResult of(SessionDescription offer, SessionDescription answer) {
        try {
            AnswerRules.check(offer, answer);
            return new AppliedAnswer(offer, answer).apply();
        } catch (IllegalDescription broken) {
            return new AnswerResult.Refused(broken.why());
        }
    }

    private AnswerResult apply() throws IllegalDescription {
        boolean isLite = answer.attributes().has(AttributeType.ICE_LITE);
        require(
                !isLite || !offer.attributes().has(AttributeType.ICE_LITE),
                "Both sides are lite ICE agents (a=ice-lite): nobody would check");
        List<NegotiatedMedia> accepted = new ArrayList<>();
        List<AnswerResult.Flow> flows = new ArrayList<>();
        List<SectionView> sections = SectionView.of(answer);
        for (SectionView section : sections) {
            Optional<MediaKind> kind = kind(section.media());
            if (section.isAccepted() && kind.isPresent()) {
                accepted.add(media(section, kind.get()));
                flows.add(flow(section));
            }
        }
        require(!accepted.isEmpty(), "The answer accepts no media section");
        requireBundle(accepted);
        return new AnswerResult.Applied(session(sections, accepted), isLite, flows);
    }

    private static NegotiatedSession session(
            List<SectionView> sections, List<NegotiatedMedia> accepted) throws IllegalDescription {
        SectionView first = sections.get(accepted.getFirst().index());
        require(
                IceCredentials.isUfrag(first.ufrag()) && IceCredentials.isPassword(first.pwd()),
                "%s has no a=ice-ufrag and a=ice-pwd",
                first.name());
        return new NegotiatedSession(
                first.ufrag(),
                first.pwd(),
                fingerprint(first),
                first.setup().filter(role -> role == SetupRole.PASSIVE).isPresent(),
                accepted.stream()
                        .allMatch(one -> sections.get(one.index()).hasTransport("rtcp-rsize")),
                false, // no offer of ours asks for it
                accepted);
    }

    /** A hash that is known here, sha-256 before others (RFC 8122 section 5). */
    private static String fingerprint(SectionView section) throws IllegalDescription {
        for (String hash : List.of("sha-256", "sha-512", "sha-384")) {
            for (Fingerprint fingerprint : section.fingerprints()) {
                if (fingerprint.hash().equals(hash)) {
                    return fingerprint.toString();
                }
            }
        }
        throw new IllegalDescription(
                section.name() + " has no a=fingerprint with sha-256, sha-384 or sha-512");
    }

    /** One transport carries everything here. */
    private void requireBundle(List<NegotiatedMedia> accepted) throws IllegalDescription {
        OfferedBundle bundle = new OfferedBundle(answer);
        for (NegotiatedMedia media : accepted) {
            require(
                    accepted.size() == 1 || bundle.contains(media.mid()),
                    "The answer leaves the mid %s out of a=group:BUNDLE, which is required",
                    Quoted.of(media.mid()));
        }
    }

    private static Optional<MediaKind> kind(MediaDescription media) {
        for (MediaKind kind : MediaKind.values()) {
            if (kind.name().toLowerCase(Locale.ROOT).equals(media.type())) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    private NegotiatedMedia media(SectionView section, MediaKind kind) throws IllegalDescription {
        MediaDescription media = section.media();
        require(section.hasMux(), "%s has no a=rtcp-mux, which is required", section.name());
        HeaderExtensionMap extensions =
                OfferedExtensions.ofAnswer(media, answer.attributes(), extensionIds);
        boolean transportCc = extensions.has(HeaderExtension.TRANSPORT_WIDE_CC);
        OfferedFormats formats = new OfferedFormats(media);
        List<NegotiatedCodec> codecs = formats.supported(media, transportCc, false);
        require(
                !codecs.isEmpty(),
                "%s accepts %s; none of them is known here",
                section.name(),
                formats.names());
        boolean receives = section.direction().sends();
        return new NegotiatedMedia(
                section.index(),
                section.mid(),
                kind,
                codecs,
                extensions,
                receives && extensions.has(HeaderExtension.RID)
                        ? OfferedStreams.rids(media, codecs)
                        : List.of(),
                receives ? OfferedStreams.ssrcs(media) : List.of());
    }

    private static AnswerResult.Flow flow(SectionView section) {
        List<String> taken =
                section
                        .media()
                        .attributes()
                        .first(AttributeType.SIMULCAST)
                        .map(Simulcast::recv)
                        .stream()
                        .flatMap(List::stream)
                        .map(versions -> versions.getFirst().rid())
                        .toList();
        return new AnswerResult.Flow(section.mid(), section.direction().reversed(), taken);
    }
}
