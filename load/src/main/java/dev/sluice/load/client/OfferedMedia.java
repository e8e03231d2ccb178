package dev.sluice.load.client;

import dev.sluice.media.rtp.Codec;
import dev.sluice.media.rtp.HeaderExtension;
import dev.sluice.media.rtp.HeaderExtensionMap;
import dev.sluice.media.rtp.MediaKind;
import dev.sluice.media.sdp.Direction;
import dev.sluice.media.sdp.LocalTrack;
import dev.sluice.media.sdp.NegotiatedCodec;
import dev.sluice.media.sdp.Transceiver;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The sections of an offer, with the payload types and extension ids that browsers use. */
public final class OfferedMedia {

    private static final HeaderExtensionMap EXTENSIONS =
            HeaderExtensionMap.of(
                    Map.of(
                            HeaderExtension.ABS_SEND_TIME, 2,
                            HeaderExtension.TRANSPORT_WIDE_CC, 3,
                            HeaderExtension.MID, 4));

    private static final long MAX_SSRC = 0xFFFF_FFFFL;
    private static final int NO_RTX = -1;

    private OfferedMedia() {}

    /** What a viewer offers, a section for each codec. */
    static List<Transceiver> receiving(List<Codec> codecs) {
        List<Transceiver> sections = new ArrayList<>();
        for (Codec codec : codecs) {
            sections.add(section(sections.size(), codec, Direction.RECVONLY, Optional.empty()));
        }
        return sections;
    }

    /** What a publisher offers, with a stream in each section. */
    static List<Transceiver> sending(List<Codec> codecs, String cname, RandomGenerator random) {
        List<Transceiver> sections = new ArrayList<>();
        for (Codec codec : codecs) {
            LocalTrack track =
                    new LocalTrack(
                            "load",
                            "track" + sections.size(),
                            random.nextLong(1, MAX_SSRC),
                            random.nextLong(1, MAX_SSRC),
                            cname);
            sections.add(section(sections.size(), codec, Direction.SENDONLY, Optional.of(track)));
        }
        return sections;
    }

    private static Transceiver section(
            int index, Codec codec, Direction direction, Optional<LocalTrack> track) {
        return new Transceiver(
                Integer.toString(index),
                codec.kind(),
                direction,
                List.of(format(codec)),
                EXTENSIONS,
                track);
    }

    private static NegotiatedCodec format(Codec codec) {
        return switch (codec) {
            case VP8 -> video(codec, 96, Map.of());
            case VP9 -> video(codec, 98, Map.of("profile-id", "0"));
            case H264 ->
                    video(
                            codec,
                            102,
                            Map.of(
                                    "level-asymmetry-allowed", "1",
                                    "packetization-mode", "1",
                                    "profile-level-id", "42e01f"));
            case AV1 -> video(codec, 45, Map.of("level-idx", "5", "profile", "0", "tier", "0"));
            case OPUS -> audio(codec);
            case H265 -> throw new IllegalArgumentException("No offer of " + codec);
        };
    }

    private static NegotiatedCodec video(
            Codec codec, int payloadType, Map<String, String> parameters) {
        return new NegotiatedCodec(
                payloadType,
                codec,
                codec.clockRateHz(),
                codec.channels(),
                parameters,
                payloadType + 1,
                true,
                true,
                true,
                false,
                true);
    }

    private static NegotiatedCodec audio(Codec codec) {
        return new NegotiatedCodec(
                111,
                codec,
                codec.clockRateHz(),
                codec.channels(),
                Map.of("minptime", "10"),
                NO_RTX,
                false,
                false,
                false,
                false,
                true);
    }

    /** Whether the codec is one of pictures. */
    static boolean isVideo(Codec codec) {
        return codec.kind() == MediaKind.VIDEO;
    }
}
