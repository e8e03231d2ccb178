package dev.sluice.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

import org.junit.jupiter.api.Test;

import java.util.Map;

class HeaderExtensionTest {

    @Test
    void knowsItsUri() {
        assertThat(HeaderExtension.ofUri("urn:ietf:params:rtp-hdrext:sdes:mid"))
                .isEqualTo(HeaderExtension.MID);
        assertThat(HeaderExtension.ofUri("urn:ietf:params:rtp-hdrext:toffset")).isNull();
    }

    @Test
    void codecNamesHaveNoCase() {
        assertThat(Codec.ofEncodingName("h264")).isEqualTo(Codec.H264);
        assertThat(Codec.ofEncodingName("rtx")).isNull();
        assertThat(Codec.OPUS.kind()).isEqualTo(MediaKind.AUDIO);
        assertThat(Codec.OPUS.clockRateHz()).isEqualTo(48_000);
    }

    @Test
    void mapGivesNegotiatedIds() {
        var map = HeaderExtensionMap.of(Map.of(HeaderExtension.MID, 4, HeaderExtension.RID, 16));
        assertThat(map.id(HeaderExtension.MID)).isEqualTo(4);
        assertThat(map.id(HeaderExtension.RID)).isEqualTo(16);
        assertThat(map.id(HeaderExtension.AUDIO_LEVEL)).isEqualTo(HeaderExtensionMap.ABSENT);
        assertThat(map.has(HeaderExtension.AUDIO_LEVEL)).isFalse();
        assertThat(map)
                .isEqualTo(
                        HeaderExtensionMap.of(
                                Map.of(HeaderExtension.RID, 16, HeaderExtension.MID, 4)));
        assertThat(HeaderExtensionMap.EMPTY.ids()).isEmpty();
    }

    @Test
    void mapRefusesReservedAndRepeatedIds() {
        for (int id : new int[] {0, 15, 256, -1}) {
            assertThatThrownBy(() -> HeaderExtensionMap.of(Map.of(HeaderExtension.MID, id)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("MID");
        }
        assertThatThrownBy(
                        () ->
                                HeaderExtensionMap.of(
                                        Map.of(HeaderExtension.MID, 1, HeaderExtension.RID, 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void absSendTimeIsSecondsIn6Point18() {
        assertThat(AbsSendTime.fromNanos(1_000_000_000L)).isEqualTo(0x04_0000);
        assertThat(AbsSendTime.fromNanos(63_500_000_000L)).isEqualTo(0xFE_0000);
        assertThat(AbsSendTime.fromNanos(64_000_000_000L)).isZero();
        assertThat(AbsSendTime.toNanos(0x04_0000)).isEqualTo(1_000_000_000L);
    }

    @Property
    void absSendTimeIsExactToItsResolution(@ForAll @LongRange(min = 0) long nanos) {
        long inCycle = nanos % 64_000_000_000L;
        assertThat(AbsSendTime.toNanos(AbsSendTime.fromNanos(nanos)))
                .isBetween(inCycle - 3815, inCycle);
    }

    @Test
    void typedElementsAreReadFromThePacket() {
        var packet = new RtpPacket();
        packet.wrap(
                Bytes.hex("90 60 0001 00000002 00000003 bede 0003 1085 200e 32040000 41abcd 00"));
        int level = AudioLevel.read(packet, 1);
        assertThat(AudioLevel.isVoice(level)).isTrue();
        assertThat(AudioLevel.level(level)).isEqualTo(5);
        assertThat(AudioLevel.of(true, 5)).isEqualTo(level);
        int orientation = VideoOrientation.read(packet, 2);
        assertThat(VideoOrientation.rotationDegrees(orientation)).isEqualTo(180);
        assertThat(VideoOrientation.isFlipped(orientation)).isTrue();
        assertThat(VideoOrientation.isBackCamera(orientation)).isTrue();
        assertThat(AbsSendTime.toNanos(AbsSendTime.read(packet, 3))).isEqualTo(1_000_000_000L);
        assertThat(AbsSendTime.overwrite(packet, 3, 2_000_000_000L)).isTrue();
        assertThat(AbsSendTime.read(packet, 3)).isEqualTo(0x08_0000);
        assertThat(TransportSequence.read(packet, 4)).isEqualTo(0xabcd);
        assertThat(TransportSequence.read(packet, 5)).isEqualTo(-1);
    }
}
