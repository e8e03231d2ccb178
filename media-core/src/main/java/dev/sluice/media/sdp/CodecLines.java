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
                formats.add(
                        writer.writeRtx(
                                codec.rtxPayloadType(), codec.payloadType(), codec.clockRateHz()));
            }
        }
        return formats;
    }

    /** Adds the lines of protection formats; returns their part of the {@code m=} line. */
    static List<String> write(NegotiatedFec fec, NegotiatedCodec codec, List<SdpAttribute> lines) {
        CodecLines writer = new CodecLines(false, lines);
        List<String> formats = new ArrayList<>();
        if (fec.hasRed()) {
            formats.add(writer.writeRed(fec, codec));
        }
        if (fec.redRtxPayloadType() >= 0) {
            formats.add(
                    writer.writeRtx(
                            fec.redRtxPayloadType(), fec.redPayloadType(), codec.clockRateHz()));
        }
        if (fec.hasUlpfec()) {
            formats.add(writer.writeFormat(fec.ulpfecPayloadType(), "ulpfec", codec));
        }
        if (fec.flexfec03PayloadType() >= 0) {
            formats.add(writer.writeFlexfec(fec.flexfec03PayloadType(), "flexfec-03", fec, codec));
        }
        if (fec.flexfecPayloadType() >= 0) {
            formats.add(writer.writeFlexfec(fec.flexfecPayloadType(), "flexfec", fec, codec));
        }
        return formats;
    }

    private String writeRed(NegotiatedFec fec, NegotiatedCodec codec) {
        String format = writeFormat(fec.redPayloadType(), "red", codec);
        int inner = fec.redInnerPayloadType();
        if (inner >= 0) {
            line(AttributeType.FMTP, new Fmtp(format, inner + "/" + inner));
        }
        return format;
    }

    private String writeFlexfec(
            int payloadType, String name, NegotiatedFec fec, NegotiatedCodec codec) {
        String format = writeFormat(payloadType, name, codec);
        if (fec.repairWindowMicros() > 0) {
            String window = "repair-window=" + fec.repairWindowMicros();
            line(AttributeType.FMTP, new Fmtp(format, window));
        }
        feedback(codec.transportCc(), format, "transport-cc");
        feedback(codec.ccfb(), format, "ack ccfb");
        feedback(codec.remb(), format, "goog-remb");
        return format;
    }

    private String writeFormat(int payloadType, String name, NegotiatedCodec codec) {
        String channels = codec.channels() > 1 ? Integer.toString(codec.channels()) : "";
        line(AttributeType.RTPMAP, new RtpMap(payloadType, name, codec.clockRateHz(), channels));
        return Integer.toString(payloadType);
    }

    private String writeCodec(NegotiatedCodec codec) {
        String format = writeFormat(codec.payloadType(), codec.codec().encodingName(), codec);
        String parameters = parameters(codec);
        if (!parameters.isEmpty()) {
            line(AttributeType.FMTP, new Fmtp(format, parameters));
        }
        feedback(codec.transportCc(), format, "transport-cc");
        feedback(codec.ccfb(), format, "ack ccfb");
        feedback(codec.remb(), format, "goog-remb");
        feedback(codec.fir(), format, "ccm fir");
        feedback(codec.nack(), format, "nack");
        feedback(codec.pli(), format, "nack pli");
        return format;
    }

    private String writeRtx(int payloadType, int repaired, int clockRateHz) {
        String format = Integer.toString(payloadType);
        line(AttributeType.RTPMAP, new RtpMap(payloadType, "rtx", clockRateHz, ""));
        line(AttributeType.FMTP, new Fmtp(format, "apt=" + repaired));
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
