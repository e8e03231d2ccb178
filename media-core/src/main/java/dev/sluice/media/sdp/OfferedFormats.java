package dev.sluice.media.sdp;

import dev.sluice.media.rtp.Codec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The formats of an offered media section: {@code rtpmap}, {@code fmtp} and {@code rtcp-fb} by
 * payload type.
 */
final class OfferedFormats {

    private static final String ANY = "*";

    /** A format with what the offer says of it. */
    private record Format(
            int payloadType,
            String name,
            int clockRateHz,
            int channels,
            Map<String, String> parameters,
            Set<String> feedback) {}

    private final Map<Integer, Format> formats = new LinkedHashMap<>();

    OfferedFormats(MediaDescription media) {
        Map<Integer, Map<String, String>> parameters = parameters(media);
        Map<String, Set<String>> feedback = feedback(media);
        for (String value : media.attributes().values("rtpmap").toList()) {
            String[] words = value.trim().split("[ /]+");
            int payloadType = Numbers.parse(words[0], 127);
            if (words.length >= 3
                    && payloadType >= 0
                    && media.formats().contains(words[0])
                    && Numbers.parse(words[2], 1_000_000) > 0) {
                int channels = words.length > 3 ? Math.max(1, Numbers.parse(words[3], 255)) : 1;
                Set<String> wishes = new HashSet<>(feedback.getOrDefault(ANY, Set.of()));
                wishes.addAll(feedback.getOrDefault(words[0], Set.of()));
                formats.putIfAbsent(
                        payloadType,
                        new Format(
                                payloadType,
                                words[1],
                                Numbers.parse(words[2], 1_000_000),
                                channels,
                                parameters.getOrDefault(payloadType, Map.of()),
                                wishes));
            }
        }
    }

    /** The formats that Sluice carries, in the order of the {@code m=} line. */
    List<NegotiatedCodec> supported(MediaDescription media, boolean transportCc) {
        List<NegotiatedCodec> codecs = new ArrayList<>();
        for (String word : media.formats()) {
            Format format = formats.get(Numbers.parse(word, 127));
            Codec codec = format == null ? null : Codec.ofEncodingName(format.name());
            if (format != null
                    && codec != null
                    && codec.kind().name().toLowerCase(Locale.ROOT).equals(media.type())
                    && codec.clockRateHz() == format.clockRateHz()) {
                codecs.add(codec(format, codec, transportCc));
            }
        }
        return codecs;
    }

    private NegotiatedCodec codec(Format format, Codec codec, boolean transportCc) {
        Set<String> feedback = format.feedback();
        boolean withTransportCc = transportCc && feedback.contains("transport-cc");
        return new NegotiatedCodec(
                format.payloadType(),
                codec,
                format.clockRateHz(),
                format.channels(),
                format.parameters(),
                rtxOf(format.payloadType()),
                feedback.contains("nack"),
                feedback.contains("nack pli"),
                feedback.contains("ccm fir"),
                feedback.contains("goog-remb") && !withTransportCc,
                withTransportCc);
    }

    private int rtxOf(int payloadType) {
        for (Format format : formats.values()) {
            if (format.name().equalsIgnoreCase("rtx")
                    && Numbers.parse(format.parameters().getOrDefault("apt", ""), 127)
                            == payloadType) {
                return format.payloadType();
            }
        }
        return -1;
    }

    /** The names of the offered formats, for an error text. */
    String names() {
        Set<String> names = new java.util.LinkedHashSet<>();
        formats.values().forEach(format -> names.add(format.name()));
        return names.isEmpty() ? "no format with an rtpmap" : String.join(", ", names);
    }

    private static Map<Integer, Map<String, String>> parameters(MediaDescription media) {
        Map<Integer, Map<String, String>> all = new HashMap<>();
        for (String value : media.attributes().values("fmtp").toList()) {
            int space = value.indexOf(' ');
            int payloadType = space < 0 ? -1 : Numbers.parse(value.substring(0, space), 127);
            if (payloadType >= 0) {
                all.putIfAbsent(payloadType, split(value.substring(space + 1)));
            }
        }
        return all;
    }

    private static Map<String, String> split(String parameters) {
        Map<String, String> split = new LinkedHashMap<>();
        for (String parameter : parameters.split(";", -1)) {
            int equals = parameter.indexOf('=');
            if (equals > 0) {
                String name = parameter.substring(0, equals).trim().toLowerCase(Locale.ROOT);
                split.putIfAbsent(name, parameter.substring(equals + 1).trim());
            }
        }
        return split;
    }

    private static Map<String, Set<String>> feedback(MediaDescription media) {
        Map<String, Set<String>> all = new HashMap<>();
        for (String value : media.attributes().values("rtcp-fb").toList()) {
            int space = value.indexOf(' ');
            if (space > 0) {
                all.computeIfAbsent(value.substring(0, space), unused -> new HashSet<>())
                        .add(value.substring(space + 1).trim());
            }
        }
        return all;
    }
}
