package dev.sluice.media.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.rtp.Codec;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Map;

class FormatMatchTest {

    /** RFC 6184, table 5: several spellings of one profile; the level (the last byte) is free. */
    @ParameterizedTest
    @CsvSource({
        "42e01f, 42C00a, true",
        "42e01f, 4d801f, true",
        "42e01f, 58c01f, true",
        "42001f, 58801f, true",
        "42001f, 42e01f, false",
        "4d001f, 4d4034, true",
        "4d001f, 42e01f, false",
        "64001f, 640c1f, false",
        "640c1f, 640c34, true",
        "58001f, 42001f, false",
        "f4001f, f40034, true",
        "f4001f, 64001f, false",
    })
    void comparesH264ByProfileAndNotByLevel(String published, String watched, boolean same) {
        assertThat(FormatMatch.same(h264(published, "1"), h264(watched, "1"))).isEqualTo(same);
        assertThat(FormatMatch.same(h264(watched, "1"), h264(published, "1"))).isEqualTo(same);
    }

    @Test
    void comparesThePacketizationModeOfH264() {
        assertThat(FormatMatch.same(h264("42e01f", "1"), h264("42e01f", "0"))).isFalse();
        NegotiatedCodec unsaid = codec(Codec.H264, Map.of("profile-level-id", "42e01f"));
        assertThat(FormatMatch.same(unsaid, h264("42e01f", "0"))).isTrue();
    }

    @Test
    void comparesTheProfileOfVp9AndAv1() {
        NegotiatedCodec vp9 = codec(Codec.VP9, Map.of());
        NegotiatedCodec av1 = codec(Codec.AV1, Map.of("profile", "0", "level-idx", "5"));

        assertThat(FormatMatch.same(vp9, codec(Codec.VP9, Map.of("profile-id", "0")))).isTrue();
        assertThat(FormatMatch.same(vp9, codec(Codec.VP9, Map.of("profile-id", "2")))).isFalse();
        assertThat(FormatMatch.same(av1, codec(Codec.AV1, Map.of("level-idx", "8")))).isTrue();
        assertThat(FormatMatch.same(av1, codec(Codec.AV1, Map.of("profile", "1")))).isFalse();
    }

    /** RFC 7798 section 7.2.2, with the values that section 7.1 has for what is not said. */
    @Test
    void comparesH265ByProfileAndTierAndNotByLevel() {
        NegotiatedCodec unsaid = codec(Codec.H265, Map.of());
        NegotiatedCodec main =
                codec(
                        Codec.H265,
                        Map.of(
                                "profile-space", "0",
                                "profile-id", "1",
                                "tier-flag", "0",
                                "level-id", "180",
                                "interop-constraints", "B00000000000"));

        assertThat(FormatMatch.same(unsaid, main)).isTrue();
        for (var other :
                Map.of(
                                "profile-space", "1",
                                "profile-id", "2",
                                "tier-flag", "1",
                                "interop-constraints", "900000000000")
                        .entrySet()) {
            NegotiatedCodec viewer = codec(Codec.H265, Map.of(other.getKey(), other.getValue()));
            assertThat(FormatMatch.same(main, viewer)).isFalse();
            assertThat(FormatMatch.same(viewer, unsaid)).isFalse();
        }
    }

    @Test
    void ignoresWhatAReceiverWishesOfVp8() {
        NegotiatedCodec firefox = codec(Codec.VP8, Map.of("max-fs", "12288", "max-fr", "60"));

        assertThat(FormatMatch.same(codec(Codec.VP8, Map.of()), firefox)).isTrue();
        assertThat(FormatMatch.same(codec(Codec.VP8, Map.of()), codec(Codec.VP9, Map.of())))
                .isFalse();
    }

    private static NegotiatedCodec h264(String profileLevelId, String packetizationMode) {
        return codec(
                Codec.H264,
                Map.of(
                        "profile-level-id",
                        profileLevelId,
                        "packetization-mode",
                        packetizationMode));
    }

    private static NegotiatedCodec codec(Codec codec, Map<String, String> parameters) {
        return new NegotiatedCodec(
                96, codec, codec.clockRateHz(), 1, parameters, -1, true, true, true, false, true);
    }
}
