package dev.sluice.media.sdp;

import dev.sluice.media.rtp.HeaderExtension;
import dev.sluice.media.rtp.MediaKind;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** Writes the answer to what was negotiated: section by section, in the order of the offer. */
final class AnswerWriter {

    /** The port of an answer whose addresses are candidates (RFC 8840 4.1.1). */
    private static final int DISCARD_PORT = 9;

    /** Of an answer that follows none; a later one is renumbered by {@link Negotiation}. */
    private static final long FIRST_VERSION = 2;

    private final SessionDescription offer;
    private final AnswerPolicy policy;
    private final NegotiatedSession session;
    private final OfferedBundle bundle;
    private List<SdpAttribute> lines = new ArrayList<>();

    AnswerWriter(SessionDescription offer, AnswerPolicy policy, NegotiatedSession session) {
        this.offer = offer;
        this.policy = policy;
        this.session = session;
        this.bundle = new OfferedBundle(offer);
    }

    SessionDescription answer() {
        SessionHead head = SessionHead.of(Origin.of(policy.sessionId(), FIRST_VERSION));
        List<SdpAttribute> attributes = sessionAttributes();
        List<MediaDescription> sections = new ArrayList<>();
        for (int i = 0; i < offer.media().size(); i++) {
            NegotiatedMedia media = accepted(i);
            sections.add(media == null ? rejected(offer.media().get(i)) : section(media));
        }
        return new SessionDescription(head, new Attributes(attributes), sections);
    }

    private @Nullable NegotiatedMedia accepted(int index) {
        for (NegotiatedMedia media : session.media()) {
            if (media.index() == index) {
                return media;
            }
        }
        return null;
    }

    private List<SdpAttribute> sessionAttributes() {
        List<SdpAttribute> attributes = new ArrayList<>();
        if (!bundle.isEmpty()) {
            List<String> mids = session.media().stream().map(NegotiatedMedia::mid).toList();
            attributes.add(new SdpAttribute("group", "BUNDLE " + String.join(" ", mids)));
        }
        if (offer.attributes().has("extmap-allow-mixed")) {
            attributes.add(new SdpAttribute("extmap-allow-mixed", ""));
        }
        attributes.add(new SdpAttribute("ice-lite", ""));
        attributes.add(new SdpAttribute("msid-semantic", "WMS *"));
        return attributes;
    }

    private static MediaDescription rejected(MediaDescription offered) {
        List<SdpAttribute> attributes = new ArrayList<>();
        offered.mid().ifPresent(mid -> attributes.add(new SdpAttribute("mid", mid)));
        attributes.add(new SdpAttribute("inactive", ""));
        return MediaDescription.of(
                offered.type(),
                0,
                offered.protocol(),
                offered.formats(),
                new Attributes(attributes));
    }

    private MediaDescription section(NegotiatedMedia media) {
        MediaDescription offered = offer.media().get(media.index());
        lines = new ArrayList<>();
        writeTransport(media, offered);
        List<String> formats = new ArrayList<>();
        boolean receives = policy.role() == AnswerPolicy.Role.RECEIVE;
        formats.addAll(CodecLines.write(media.codecs(), receives, lines));
        formats.addAll(CodecLines.write(media.fec(), media.codecs().getFirst(), lines));
        if (policy.redFirst() && media.kind() == MediaKind.AUDIO && media.fec().hasRed()) {
            String red = Integer.toString(media.fec().redPayloadType());
            formats.remove(red);
            formats.addFirst(red);
        }
        writeExtensions(media, offered);
        writeSimulcast(media, offered);
        if (policy.role() == AnswerPolicy.Role.SEND) {
            TrackLines.write(
                    policy.tracks().get(media.index()),
                    media.codecs(),
                    media.fec().hasFlexfec(),
                    lines);
        }
        return MediaDescription.of(
                offered.type(), DISCARD_PORT, offered.protocol(), formats, new Attributes(lines));
    }

    private void writeTransport(NegotiatedMedia media, MediaDescription offered) {
        offered.mid().ifPresent(mid -> line("mid", mid));
        line(policy.role() == AnswerPolicy.Role.RECEIVE ? "recvonly" : "sendonly", "");
        line("ice-ufrag", policy.ufrag());
        line("ice-pwd", policy.pwd());
        line("fingerprint", policy.fingerprint());
        line("setup", session.isDtlsClient() ? "active" : "passive");
        line("rtcp-mux", "");
        if (bundle.transportValue(offered, "rtcp-rsize").isPresent()) {
            line("rtcp-rsize", "");
        }
        bundle.receiverRoundTrip(offered).ifPresent(format -> line("rtcp-xr", format));
        if (media.index() == session.media().getFirst().index()) {
            policy.candidates().forEach(candidate -> line("candidate", candidate));
            line("end-of-candidates", "");
        }
    }

    private void writeExtensions(NegotiatedMedia media, MediaDescription offered) {
        if (offered.attributes().has("extmap-allow-mixed")) {
            line("extmap-allow-mixed", "");
        }
        for (HeaderExtension extension : HeaderExtension.values()) {
            if (media.extensions().has(extension)) {
                int id = media.extensions().id(extension);
                String direction = OfferedExtensions.answeredDirection(offered, id, policy.role());
                line("extmap", id + direction + " " + extension.uri());
            }
        }
    }

    private void writeSimulcast(NegotiatedMedia media, MediaDescription offered) {
        if (!media.rids().isEmpty()) {
            OfferedStreams.answeredRids(offered, media)
                    .forEach(rid -> lines.add(AttributeType.RID.line(rid)));
            line("simulcast", "recv " + String.join(";", media.rids()));
        }
    }

    private void line(String name, String value) {
        lines.add(new SdpAttribute(name, value));
    }
}
