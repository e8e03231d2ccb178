package dev.sluice.media.sdp;

import dev.sluice.media.rtp.Codec;
import dev.sluice.media.rtp.HeaderExtension;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes the answer to what was negotiated: section by section, in the order of the offer. */
final class AnswerWriter {

    private static final String NO_ADDRESS = "c=IN IP4 0.0.0.0";

    /** The port of an answer whose addresses are candidates (RFC 8840 4.1.1). */
    private static final int DISCARD_PORT = 9;

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
        List<String> head =
                List.of("v=0", "o=- " + policy.sessionId() + " 2 IN IP4 127.0.0.1", "s=-", "t=0 0");
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
        return new MediaDescription(
                offered.type(),
                0,
                offered.protocol(),
                offered.formats(),
                List.of(NO_ADDRESS),
                new Attributes(attributes));
    }

    private MediaDescription section(NegotiatedMedia media) {
        MediaDescription offered = offer.media().get(media.index());
        lines = new ArrayList<>();
        writeTransport(media, offered);
        List<String> formats = new ArrayList<>();
        media.codecs().forEach(codec -> formats.add(writeCodec(codec)));
        for (NegotiatedCodec codec : media.codecs()) {
            if (codec.rtxPayloadType() >= 0) {
                formats.add(writeRtx(codec));
            }
        }
        writeExtensions(media, offered);
        writeSimulcast(media);
        if (policy.role() == AnswerPolicy.Role.SEND) {
            writeTrack(media, policy.tracks().get(media.index()));
        }
        return new MediaDescription(
                offered.type(),
                DISCARD_PORT,
                offered.protocol(),
                formats,
                List.of(NO_ADDRESS),
                new Attributes(lines));
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
        if (media.index() == session.media().getFirst().index()) {
            policy.candidates().forEach(candidate -> line("candidate", candidate));
            line("end-of-candidates", "");
        }
    }

    private String writeCodec(NegotiatedCodec codec) {
        String payloadType = Integer.toString(codec.payloadType());
        String channels = codec.channels() > 1 ? "/" + codec.channels() : "";
        line(
                "rtpmap",
                "%s %s/%d%s"
                        .formatted(
                                payloadType,
                                codec.codec().encodingName(),
                                codec.clockRateHz(),
                                channels));
        String parameters = parameters(codec);
        if (!parameters.isEmpty()) {
            line("fmtp", payloadType + " " + parameters);
        }
        feedback(codec.transportCc(), payloadType, "transport-cc");
        feedback(codec.remb(), payloadType, "goog-remb");
        feedback(codec.fir(), payloadType, "ccm fir");
        feedback(codec.nack(), payloadType, "nack");
        feedback(codec.pli(), payloadType, "nack pli");
        return payloadType;
    }

    private String writeRtx(NegotiatedCodec codec) {
        String payloadType = Integer.toString(codec.rtxPayloadType());
        line("rtpmap", payloadType + " rtx/" + codec.clockRateHz());
        line("fmtp", payloadType + " apt=" + codec.payloadType());
        return payloadType;
    }

    /** The parameters that an answer repeats: they describe the stream, not one side's wishes. */
    private String parameters(NegotiatedCodec codec) {
        Map<String, String> kept = new LinkedHashMap<>();
        List<String> names =
                switch (codec.codec()) {
                    case OPUS -> List.of("minptime");
                    case H264 ->
                            List.of(
                                    "level-asymmetry-allowed",
                                    "packetization-mode",
                                    "profile-level-id");
                    case H265 ->
                            List.of(
                                    "profile-space",
                                    "profile-id",
                                    "tier-flag",
                                    "level-id",
                                    "interop-constraints",
                                    "profile-compatibility-indicator",
                                    "tx-mode");
                    case VP9 -> List.of("profile-id");
                    case AV1 -> List.of("level-idx", "profile", "tier");
                    default -> List.of();
                };
        for (String name : names) {
            String value = codec.parameters().get(name);
            if (value != null) {
                kept.put(name, value);
            }
        }
        if (codec.codec() == Codec.OPUS) {
            kept.put("useinbandfec", "1");
            if (takesStereo(codec)) {
                kept.put("stereo", "1");
            }
        }
        List<String> pairs = new ArrayList<>();
        kept.forEach((name, value) -> pairs.add(name + "=" + value));
        return String.join(";", pairs);
    }

    /** Who can play stereo or says that he sends it may send it (RFC 7587 section 7). */
    private boolean takesStereo(NegotiatedCodec codec) {
        return policy.role() == AnswerPolicy.Role.RECEIVE
                && ("1".equals(codec.parameters().get("stereo"))
                        || "1".equals(codec.parameters().get("sprop-stereo")));
    }

    private void feedback(boolean agreed, String payloadType, String feedback) {
        if (agreed) {
            line("rtcp-fb", payloadType + " " + feedback);
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

    private void writeSimulcast(NegotiatedMedia media) {
        if (!media.rids().isEmpty()) {
            media.rids().forEach(rid -> line("rid", rid + " recv"));
            line("simulcast", "recv " + String.join(";", media.rids()));
        }
    }

    private void writeTrack(NegotiatedMedia media, LocalTrack track) {
        line("msid", track.streamId() + " " + track.trackId());
        boolean hasRtx = media.codecs().stream().anyMatch(codec -> codec.rtxPayloadType() >= 0);
        if (hasRtx) {
            line("ssrc-group", "FID " + track.ssrc() + " " + track.rtxSsrc());
        }
        writeSsrc(track.ssrc(), track);
        if (hasRtx) {
            writeSsrc(track.rtxSsrc(), track);
        }
    }

    private void writeSsrc(long ssrc, LocalTrack track) {
        line("ssrc", ssrc + " cname:" + track.cname());
        line("ssrc", ssrc + " msid:" + track.streamId() + " " + track.trackId());
    }

    private void line(String name, String value) {
        lines.add(new SdpAttribute(name, value));
    }
}
