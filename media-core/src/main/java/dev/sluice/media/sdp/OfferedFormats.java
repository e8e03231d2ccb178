package dev.sluice.media.sdp;

import dev.sluice.media.rtp.Codec;
import dev.sluice.media.rtp.MediaKind;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The formats of an offered media section: {@code rtpmap}, {@code fmtp} and {@code rtcp-fb} by
 * payload type.
 */
final class OfferedFormats {

    /** With the marker bit these would read as RTCP on the shared port (RFC 5761 section 4). */
    private static final int FIRST_RTCP_PAYLOAD_TYPE = 64;

    private static final int LAST_RTCP_PAYLOAD_TYPE = 95;

    /** Enough of a long list for a reader to find his mistake. */
    private static final int MAX_NAMES_CHARS = 200;

    /** A format with what the offer says of it. */
    private record Format(
            int payloadType,
            String name,
            int clockRateHz,
            int channels,
            Map<String, String> parameters,
            String parameterText,
            Set<String> feedback) {}

    private final Map<Integer, Format> formats = new LinkedHashMap<>();

    OfferedFormats(MediaDescription media) {
        Map<Integer, Fmtp> parameters = parameters(media);
        Map<String, Set<String>> feedback = feedback(media);
        Set<String> listed = new HashSet<>(media.formats());
        for (RtpMap map : media.attributes().all(AttributeType.RTPMAP)) {
            String word = Integer.toString(map.payloadType());
            if (isUsable(map.payloadType()) && listed.contains(word)) {
                Fmtp fmtp = parameters.getOrDefault(map.payloadType(), new Fmtp(word, ""));
                Set<String> wishes =
                        new HashSet<>(feedback.getOrDefault(RtcpFeedback.ANY, Set.of()));
                wishes.addAll(feedback.getOrDefault(word, Set.of()));
                formats.putIfAbsent(
                        map.payloadType(),
                        new Format(
                                map.payloadType(),
                                map.encodingName(),
                                map.clockRateHz(),
                                map.channels(),
                                fmtp.values(),
                                fmtp.parameters(),
                                wishes));
            }
        }
    }

    private static boolean isUsable(int payloadType) {
        return payloadType >= 0
                && (payloadType < FIRST_RTCP_PAYLOAD_TYPE || payloadType > LAST_RTCP_PAYLOAD_TYPE);
    }

    /**
     * The formats that Sluice carries, in the order of the {@code m=} line.
     *
     * @param transportCc whether packets carry a transport-wide sequence number, without which that
     *     feedback says nothing; with it, others would be a second opinion and are left out
     * @param readsCcfb whether we send and take in the feedback of RFC 8888
     */
    List<NegotiatedCodec> supported(
            MediaDescription media, boolean transportCc, boolean readsCcfb) {
        boolean withRemb = !transportCc || !anyWants("transport-cc");
        boolean withCcfb = readsCcfb && withRemb;
        List<NegotiatedCodec> codecs = new ArrayList<>();
        for (String word : media.formats().stream().distinct().toList()) {
            Format format = formats.get(Numbers.parse(word, 127));
            Codec codec = format == null ? null : Codec.ofEncodingName(format.name());
            if (format != null && codec != null && fits(codec, format, media)) {
                codecs.add(codec(format, codec, transportCc, withRemb, withCcfb));
            }
        }
        return codecs;
    }

    private static boolean fits(Codec codec, Format format, MediaDescription media) {
        return codec.kind().name().toLowerCase(Locale.ROOT).equals(media.type())
                && codec.clockRateHz() == format.clockRateHz()
                && isCarried(codec, format.parameters());
    }

    private static boolean isCarried(Codec codec, Map<String, String> parameters) {
        return switch (codec) {
            case H264 -> H264Profile.isCarried(parameters);
            case H265 -> H265Profile.isCarried(parameters);
            default -> true;
        };
    }

    private boolean anyWants(String feedback) {
        return formats.values().stream().anyMatch(format -> format.feedback().contains(feedback));
    }

    private NegotiatedCodec codec(
            Format format, Codec codec, boolean transportCc, boolean withRemb, boolean withCcfb) {
        Set<String> feedback = format.feedback();
        return new NegotiatedCodec(
                format.payloadType(),
                codec,
                format.clockRateHz(),
                format.channels(),
                format.parameters(),
                rtxOf(format),
                feedback.contains("nack"),
                feedback.contains("nack pli"),
                feedback.contains("ccm fir"),
                withRemb && feedback.contains("goog-remb"),
                transportCc && feedback.contains("transport-cc"),
                withCcfb && feedback.contains("ack ccfb"));
    }

    /** The protection formats that fit the accepted formats of the section. */
    NegotiatedFec protection(MediaKind kind, List<NegotiatedCodec> codecs) {
        OfferedProtection offered = new OfferedProtection(kind, codecs);
        formats.values()
                .forEach(
                        format ->
                                offered.add(
                                        format.payloadType(),
                                        format.name(),
                                        format.clockRateHz(),
                                        format.channels(),
                                        format.parameterText(),
                                        rtxOf(format)));
        return offered.result();
    }

    private int rtxOf(Format repaired) {
        for (Format format : formats.values()) {
            if (format.name().equalsIgnoreCase("rtx")
                    && format.clockRateHz() == repaired.clockRateHz()
                    && Numbers.parse(format.parameters().getOrDefault("apt", ""), 127)
                            == repaired.payloadType()) {
                return format.payloadType();
            }
        }
        return -1;
    }

    /** The names of the offered formats, for an error text. */
    String names() {
        Set<String> names = new LinkedHashSet<>();
        formats.values().forEach(format -> names.add(format.name()));
        String list = String.join(", ", names);
        if (list.isEmpty()) {
            return "no format with an rtpmap";
        }
        return list.length() <= MAX_NAMES_CHARS ? list : list.substring(0, MAX_NAMES_CHARS) + "…";
    }

    private static Map<Integer, Fmtp> parameters(MediaDescription media) {
        Map<Integer, Fmtp> all = new HashMap<>();
        for (Fmtp fmtp : media.attributes().all(AttributeType.FMTP)) {
            int payloadType = Numbers.parse(fmtp.format(), 127);
            if (payloadType >= 0) {
                all.putIfAbsent(payloadType, fmtp);
            }
        }
        return all;
    }

    private static Map<String, Set<String>> feedback(MediaDescription media) {
        Map<String, Set<String>> all = new HashMap<>();
        for (RtcpFeedback line : media.attributes().all(AttributeType.RTCP_FB)) {
            all.computeIfAbsent(line.format(), _ -> new HashSet<>()).add(line.feedback());
        }
        return all;
    }
}
