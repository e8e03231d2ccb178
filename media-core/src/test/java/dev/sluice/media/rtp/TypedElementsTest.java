package dev.sluice.media.rtp;

import static dev.sluice.media.rtp.Bytes.hex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.Unpooled;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.StringLength;

import org.junit.jupiter.api.Test;

import java.util.Arrays;

/** Each kind of element, read and written in both forms. */
class TypedElementsTest {

    private static final String START = "60 0001 00000002 00000003";

    private final RtpPacket packet = new RtpPacket();

    @Test
    void theAudioLevelIsTheSameInBothForms() {
        wrap("90" + START + "bede0001 10850000"); // RFC 6464 section 3, figure 1
        assertThat(AudioLevel.read(packet, 1)).isEqualTo(0x85);
        wrap("90" + START + "10000001 01018500"); // figure 2
        assertThat(AudioLevel.read(packet, 1)).isEqualTo(0x85);
        assertThat(AudioLevel.put(packet, 1, false, AudioLevel.SILENCE)).isTrue();
        assertThat(AudioLevel.isVoice(AudioLevel.read(packet, 1))).isFalse();
        assertThat(AudioLevel.level(AudioLevel.read(packet, 1))).isEqualTo(127);
    }

    @Test
    void aMixedPacketHasALevelForEachSource() {
        wrap("83" + START + "0000000a 0000000b 0000000c ff");
        assertThat(CsrcAudioLevels.count(packet, 2)).isZero();
        assertThat(CsrcAudioLevels.put(packet, 2, 0, 64, 127)).isTrue();
        assertThat(packet.buffer())
                .isEqualTo(hex("93" + START + "0000000a 0000000b 0000000c bede0001 2200407f ff"));
        assertThat(CsrcAudioLevels.count(packet, 2)).isEqualTo(3);
        assertThat(CsrcAudioLevels.level(packet, 2, 1)).isEqualTo(64);
        assertThatThrownBy(() -> CsrcAudioLevels.level(packet, 2, 3))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> CsrcAudioLevels.put(packet, 2, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 CSRCs");
        ExtensionEditor.put(packet, 2, new byte[4]);
        assertThat(CsrcAudioLevels.count(packet, 2)).isZero();
    }

    @Test
    void transportSequenceTwoIsTwoBytesOrFourWithARequest() {
        wrap("80" + START);
        assertThat(TransportSequenceV2.put(packet, 1, 12345)).isTrue();
        assertThat(ExtensionElement.sizeBytes(packet, 1)).isEqualTo(2);
        assertThat(TransportSequenceV2.read(packet, 1)).isEqualTo(12345);
        assertThat(TransportSequenceV2.reportedPackets(packet, 1)).isZero();
        assertThat(TransportSequenceV2.put(packet, 1, 12345, 3, true)).isTrue();
        assertThat(packet.buffer()).isEqualTo(hex("90" + START + "bede0002 13303980 03000000"));
        assertThat(TransportSequenceV2.reportedPackets(packet, 1)).isEqualTo(3);
        assertThat(TransportSequenceV2.wantsTimestamps(packet, 1)).isTrue();
        assertThat(TransportSequenceV2.overwrite(packet, 1, 0xFFFF)).isTrue();
        assertThat(TransportSequenceV2.read(packet, 1)).isEqualTo(0xFFFF);
        assertThat(TransportSequenceV2.reportedPackets(packet, 1)).isEqualTo(3);
        assertThat(TransportSequenceV2.overwrite(packet, 2, 1)).isFalse();
        assertThat(TransportSequenceV2.read(packet, 2)).isEqualTo(-1);
        assertThatThrownBy(() -> TransportSequenceV2.put(packet, 1, 1, 0x8000, false))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Property
    void transportSequenceTwoComesBack(
            @ForAll @IntRange(max = 65535) int sequence,
            @ForAll @IntRange(max = 0x7FFF) int reported,
            @ForAll boolean timestamps) {
        wrap("80" + START + "ff");
        TransportSequenceV2.put(packet, 200, sequence, reported, timestamps);
        assertThat(TransportSequenceV2.read(packet, 200)).isEqualTo(sequence);
        assertThat(TransportSequenceV2.reportedPackets(packet, 200)).isEqualTo(reported);
        assertThat(TransportSequenceV2.wantsTimestamps(packet, 200)).isEqualTo(timestamps);
    }

    @Property
    void playoutDelayComesBackInStepsOfTenMilliseconds(
            @ForAll @IntRange(max = 40_950) int one, @ForAll @IntRange(max = 40_950) int other) {
        int min = Math.min(one, other);
        int max = Math.max(one, other);
        wrap("80" + START);
        PlayoutDelay.put(packet, 3, min, max);
        int value = PlayoutDelay.read(packet, 3);
        assertThat(PlayoutDelay.minMillis(value)).isEqualTo(min / 10 * 10);
        assertThat(PlayoutDelay.maxMillis(value)).isEqualTo(max / 10 * 10);
    }

    @Test
    void playoutDelayHasBounds() {
        assertThat(PlayoutDelay.of(0, 40_950)).isEqualTo(0xFFF);
        assertThatThrownBy(() -> PlayoutDelay.of(0, 40_960))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PlayoutDelay.of(20, 10))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(PlayoutDelay.read(wrap("80" + START), 1)).isEqualTo(-1);
    }

    /** The values of RtpPacketTest.CreateAndParseAbsoluteCaptureTime in libwebrtc. */
    @Test
    void absoluteCaptureTimeHasAnOffsetOrNone() {
        long timestamp = Long.parseUnsignedLong("9876543210123456789");
        wrap("80" + START + "ff");
        assertThat(AbsoluteCaptureTime.isPresent(packet, 0xf0)).isFalse();
        assertThat(AbsoluteCaptureTime.captureTimestamp(packet, 0xf0)).isZero();
        assertThat(AbsoluteCaptureTime.put(packet, 0xf0, timestamp)).isTrue();
        assertThat(ExtensionElement.sizeBytes(packet, 0xf0)).isEqualTo(8);
        assertThat(AbsoluteCaptureTime.captureTimestamp(packet, 0xf0)).isEqualTo(timestamp);
        assertThat(AbsoluteCaptureTime.hasClockOffset(packet, 0xf0)).isFalse();
        assertThat(AbsoluteCaptureTime.put(packet, 0xf0, timestamp, -1234567890987654321L))
                .isTrue();
        assertThat(ExtensionElement.sizeBytes(packet, 0xf0)).isEqualTo(16);
        assertThat(AbsoluteCaptureTime.captureTimestamp(packet, 0xf0)).isEqualTo(timestamp);
        assertThat(AbsoluteCaptureTime.clockOffset(packet, 0xf0)).isEqualTo(-1234567890987654321L);
    }

    @Property
    void aClockOffsetInNanosecondsComesBackExactly(
            @ForAll @LongRange(min = -2_000_000_000_000_000_000L, max = 2_000_000_000_000_000_000L)
                    long nanos) {
        long offset = AbsoluteCaptureTime.clockOffset(nanos);
        assertThat(AbsoluteCaptureTime.clockOffsetNanos(offset)).isEqualTo(nanos);
    }

    @Test
    void aClockOffsetIsSecondsInQ32Point32() {
        assertThat(AbsoluteCaptureTime.clockOffset(1_500_000_000L)).isEqualTo(0x1_8000_0000L);
        assertThat(AbsoluteCaptureTime.clockOffset(-500_000_000L)).isEqualTo(-0x8000_0000L);
        assertThat(AbsoluteCaptureTime.clockOffsetNanos(-0x8000_0000L)).isEqualTo(-500_000_000L);
    }

    @Property
    void streamIdsComeBack(
            @ForAll @AlphaChars @NumericChars @StringLength(min = 1, max = 255) String text) {
        wrap("80" + START + "ff");
        assertThat(RtpStreamId.put(packet, 1, text)).isTrue();
        assertThat(RtpStreamId.read(packet, 1)).isEqualTo(text);
        assertThat(Mid.put(packet, 2, text)).isTrue();
        assertThat(Mid.read(packet, 2)).isEqualTo(text);
    }

    @Test
    void streamIdsAreLettersAndDigitsOnly() {
        for (String wrong : new String[] {"", "a-b", "a_b", "a b", "\u00e9", "x".repeat(256)}) {
            assertThatThrownBy(() -> RtpStreamId.put(wrap("80" + START), 1, wrong))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        wrap("90" + START + "bede0001 12612d62"); // "a-b"
        assertThat(RtpStreamId.read(packet, 1)).isNull();
        assertThat(Mid.read(packet, 1)).isEqualTo("a-b");
        assertThat(RtpStreamId.read(packet, 2)).isNull();
    }

    @Test
    void midsAreTokens() {
        assertThat(Mid.isValid("{0}!#$%&'*+-.^_`|~")).isTrue();
        for (String wrong :
                new String[] {"", "a b", "a/b", "a,b", "\"", "a=b", "\u00e9", "\u007f"}) {
            assertThat(Mid.isValid(wrong)).as(wrong).isFalse();
            assertThatThrownBy(() -> Mid.put(wrap("80" + START), 1, wrong))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        wrap("90" + START + "bede0001 12610062"); // a zero within
        assertThat(Mid.read(packet, 1)).isNull();
        wrap("90" + START + "10000001 01000000");
        assertThat(Mid.read(packet, 1)).isNull();
    }

    @Test
    void videoOrientationComesBack() {
        wrap("80" + START);
        for (int degrees : new int[] {0, 90, 180, 270}) {
            int value = VideoOrientation.of(degrees, degrees == 90, degrees == 180);
            assertThat(VideoOrientation.put(packet, 1, value)).isTrue();
            int read = VideoOrientation.read(packet, 1);
            assertThat(VideoOrientation.rotationDegrees(read)).isEqualTo(degrees);
            assertThat(VideoOrientation.isFlipped(read)).isEqualTo(degrees == 90);
            assertThat(VideoOrientation.isBackCamera(read)).isEqualTo(degrees == 180);
        }
        assertThat(VideoOrientation.of(270, true, true)).isEqualTo(0x0F);
        assertThatThrownBy(() -> VideoOrientation.of(45, false, false))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> VideoOrientation.of(360, false, false))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void sendTimeAndTransportSequenceArePutWhereTheyAreMissing() {
        wrap("80" + START + "ff");
        assertThat(AbsSendTime.put(packet, 3, 1_000_000_000L)).isTrue();
        assertThat(TransportSequence.put(packet, 4, 0xabcd)).isTrue();
        assertThat(packet.buffer()).isEqualTo(hex("90" + START + "bede0002 32040000 41abcd00 ff"));
    }

    @Test
    void eachExtensionHasItsOwnUri() {
        assertThat(Arrays.stream(HeaderExtension.values()).map(HeaderExtension::uri))
                .doesNotHaveDuplicates();
        for (HeaderExtension extension : HeaderExtension.values()) {
            assertThat(HeaderExtension.ofUri(extension.uri())).isEqualTo(extension);
        }
    }

    private RtpPacket wrap(String hex) {
        assertThat(packet.wrap(Unpooled.buffer().writeBytes(hex(hex)))).isTrue();
        return packet;
    }
}
