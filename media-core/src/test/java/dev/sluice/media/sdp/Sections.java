package dev.sluice.media.sdp;

import dev.sluice.media.rtp.Codec;
import dev.sluice.media.rtp.HeaderExtension;
import dev.sluice.media.rtp.HeaderExtensionMap;
import dev.sluice.media.rtp.MediaKind;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sections to offer, and what our side of the transport is. */
final class Sections {

    static final HeaderExtensionMap EXTENSIONS =
            HeaderExtensionMap.of(
                    Map.of(
                            HeaderExtension.MID, 1,
                            HeaderExtension.TRANSPORT_WIDE_CC, 2,
                            HeaderExtension.RID, 3));

    private Sections() {}

    static OfferPolicy policy() {
        return policy("offr", "offerPasswordofferPassword");
    }

    static OfferPolicy policy(String ufrag, String pwd) {
        return new OfferPolicy(
                77,
                ufrag,
                pwd,
                List.of(Offers.CANDIDATE),
                true,
                false,
                List.of(Offers.FINGERPRINT));
    }

    static Transceiver audio(String mid, Direction direction) {
        return new Transceiver(
                mid, MediaKind.AUDIO, direction, List.of(opus()), EXTENSIONS, track(mid));
    }

    static Transceiver video(String mid, Direction direction) {
        return new Transceiver(
                mid, MediaKind.VIDEO, direction, List.of(vp8(), h264()), EXTENSIONS, track(mid));
    }

    private static Optional<LocalTrack> track(String mid) {
        long ssrc = 1000L + mid.hashCode();
        return Optional.of(new LocalTrack("stream", "track" + mid, ssrc, ssrc + 5000, "cname"));
    }

    static NegotiatedCodec opus() {
        return new NegotiatedCodec(
                111, Codec.OPUS, 48_000, 2, Map.of(), -1, false, false, false, false, true);
    }

    static NegotiatedCodec vp8() {
        return new NegotiatedCodec(
                96, Codec.VP8, 90_000, 1, Map.of(), 97, true, true, true, false, true);
    }

    static NegotiatedCodec h264() {
        Map<String, String> parameters =
                Map.of("profile-level-id", "42e01f", "packetization-mode", "1");
        return new NegotiatedCodec(
                102, Codec.H264, 90_000, 1, parameters, 103, true, true, true, false, true);
    }
}
