package dev.sluice.media.sdp;

import dev.sluice.media.rtp.Codec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes formats with their parameters, feedback and retransmissions. */
final class CodecLines {

    private final boolean receives;
    private final List<SdpAttribute> lines;

    private CodecLines(boolean receives, List<SdpAttribute> lines) {
        this.receives = receives;
        this.lines = lines;
    }

    /**
     * Adds the lines; returns the formats of the {@code m=} line.
     *
     * @param receives whether we take what is described
     */
    static List<String> write(
            List<NegotiatedCodec> codecs, boolean receives, List<SdpAttribute> lines) {
        CodecLines writer = new CodecLines(receives, lines);
        List<String> formats = new ArrayList<>();
        codecs.forEach(codec -> formats.add(writer.writeCodec(codec)));
        for (NegotiatedCodec codec : codecs) {
            if (codec.rtxPayloadType() >= 0) {
                formats.add(writer.writeRtx(codec));
            }
        }
        return formats;
    }

    private String writeCodec(NegotiatedCodec codec) {
        int payloadType = codec.payloadType();
        String channels = codec.channels() > 1 ? Integer.toString(codec.channels()) : "";
        String name = codec.codec().encodingName();
        line(AttributeType.RTPMAP, new RtpMap(payloadType, name, codec.clockRateHz(), channels));
        String format = Integer.toString(payloadType);
        String parameters = parameters(codec);
        if (!parameters.isEmpty()) {
            line(AttributeType.FMTP, new Fmtp(format, parameters));
        }
        feedback(codec.transportCc(), format, "transport-cc");
        feedback(codec.remb(), format, "goog-remb");
        feedback(codec.fir(), format, "ccm fir");
        feedback(codec.nack(), format, "nack");
        feedback(codec.pli(), format, "nack pli");
        return format;
    }

    private String writeRtx(NegotiatedCodec codec) {
        int payloadType = codec.rtxPayloadType();
        String format = Integer.toString(payloadType);
        line(AttributeType.RTPMAP, new RtpMap(payloadType, "rtx", codec.clockRateHz(), ""));
        line(AttributeType.FMTP, new Fmtp(format, "apt=" + codec.payloadType()));
        return format;
    }

    private <T> void line(AttributeType<T> type, T value) {
        lines.add(type.line(value));
    }

    private void feedback(boolean agreed, String format, String feedback) {
        if (agreed) {
            line(AttributeType.RTCP_FB, new RtcpFeedback(format, feedback));
        }
    }

    /** The parameters that we repeat: they describe the stream, not the other side's wishes. */
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
        return receives
                && ("1".equals(codec.parameters().get("stereo"))
                        || "1".equals(codec.parameters().get("sprop-stereo")));
    }
}
