package dev.sluice.media.rtp;

import static dev.sluice.media.rtp.Bytes.hex;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Packets of libwebrtc, read as it reads them, made as it makes them, and damaged. */
class RecordedPacketsTest {

    private final RtpPacket packet = new RtpPacket();

    @Test
    void readsAPacketWithEverything() {
        assertThat(packet.wrap(hex(RecordedPackets.FULL))).isTrue();
        assertThat(packet.payloadType()).isEqualTo(100);
        assertThat(packet.csrc(0)).isEqualTo(0x34567890L);
        assertThat(packet.csrc(1)).isEqualTo(0x32435465L);
        assertThat(ExtensionElement.unsigned(packet, 1, 3)).isEqualTo(0x56ce);
        assertThat(packet.paddingSizeBytes()).isEqualTo(8);
        assertThat(payloadText()).isEqualTo("payload");
    }

    @Test
    void readsElementsOfBothForms() {
        packet.wrap(hex(RecordedPackets.TWO_BYTE_ID_LAST));
        int delay = PlayoutDelay.read(packet, 0xf0);
        assertThat(PlayoutDelay.minMillis(delay)).isEqualTo(30);
        assertThat(PlayoutDelay.maxMillis(delay)).isEqualTo(340);
        assertThat(AudioLevel.level(AudioLevel.read(packet, 9))).isEqualTo(0x5a);
        packet.wrap(hex(RecordedPackets.TWO_BYTE_WITH_PADDING));
        assertThat(ExtensionElement.unsigned(packet, 0xf0, 3)).isEqualTo(0x56ce);
        assertThat(AudioLevel.isVoice(AudioLevel.read(packet, 9))).isTrue();
        packet.wrap(hex(RecordedPackets.LONG_TWO_BYTE));
        assertThat(ExtensionElement.text(packet, 0xf0))
                .isEqualTo("extra-long string to test two-byte header");
    }

    @Test
    void stopsAtInvalidPaddingAndAtTheReservedId() {
        for (String hex : List.of(RecordedPackets.INVALID_PADDING, RecordedPackets.RESERVED_ID)) {
            assertThat(packet.wrap(hex(hex))).isTrue();
            assertThat(ExtensionElement.unsigned(packet, 1, 3)).isEqualTo(0x56ce);
            assertThat(AudioLevel.read(packet, 9)).isEqualTo(-1);
        }
    }

    @Test
    void anElementOfAnotherSizeHidesNoPayload() {
        assertThat(packet.wrap(hex(RecordedPackets.INVALID_EXTENSION))).isTrue();
        assertThat(ExtensionElement.unsigned(packet, 1, 3)).isEqualTo(-1);
        assertThat(payloadText()).isEqualTo("payload");
    }

    @Test
    void readsStreamIds() {
        packet.wrap(hex(RecordedPackets.RID_AND_REPAIRED_RID));
        assertThat(RtpStreamId.read(packet, 1)).isEqualTo("rtx");
        assertThat(RtpStreamId.read(packet, 2)).isEqualTo("HD");
        packet.wrap(hex(RecordedPackets.WITH_MID));
        assertThat(Mid.read(packet, 0xb)).isEqualTo("mid");
    }

    @Test
    void putsElementsInAsLibwebrtcDoes() {
        ByteBuf buffer = copy(RecordedPackets.MINIMUM);
        packet.wrap(buffer);
        assertThat(ExtensionEditor.put(packet, 1, 3, 0x56ce)).isTrue();
        assertThat(buffer).isEqualTo(hex(RecordedPackets.WITH_TO));
        assertThat(AudioLevel.put(packet, 9, true, 0x5a)).isTrue();
        assertThat(buffer).isEqualTo(hex(RecordedPackets.WITH_TO_AND_AL));
        assertThat(PlayoutDelay.put(packet, 0xf0, 30, 340)).isTrue();
        assertThat(buffer).isEqualTo(hex(RecordedPackets.TWO_BYTE_ID_LAST));
    }

    @Test
    void aWideElementMakesTheTwoByteFormFromTheStart() {
        ByteBuf buffer = copy(RecordedPackets.MINIMUM);
        packet.wrap(buffer);
        PlayoutDelay.put(packet, 0xf0, 30, 340);
        ExtensionEditor.put(packet, 1, 3, 0x56ce);
        AudioLevel.put(packet, 9, true, 0x5a);
        assertThat(buffer).isEqualTo(hex(RecordedPackets.TWO_BYTE_ID_FIRST));
    }

    @Test
    void putsTextInAsLibwebrtcDoes() {
        ByteBuf buffer = copy(RecordedPackets.MINIMUM);
        packet.wrap(buffer);
        RtpStreamId.put(packet, 0xa, "streamid");
        assertThat(buffer).isEqualTo(hex(RecordedPackets.WITH_RSID));
        ExtensionEditor.remove(packet, 0xa);
        assertThat(buffer).isEqualTo(hex(RecordedPackets.MINIMUM));
        Mid.put(packet, 0xb, "mid");
        assertThat(buffer).isEqualTo(hex(RecordedPackets.WITH_MID));
    }

    @Property(tries = 2000)
    void damagedPacketsNeverThrowAndStayWithinTheirBytes(
            @ForAll @IntRange(max = 15) int which,
            @ForAll @Size(max = 6) List<@IntRange(max = 4000) Integer> flips,
            @ForAll @IntRange(max = 40) int cut,
            @ForAll @Size(max = 20) byte[] tail) {
        ByteBuf buffer = damaged(which, flips, cut, tail);
        byte[] bytes = ByteBufUtil.getBytes(buffer);
        if (packet.wrap(buffer)) {
            walkStaysWithinTheBlock();
            typedReadersNeverThrow();
            assertThat(packet.payloadSizeBytes()).isNotNegative();
            assertThat(packet.headerSizeBytes() + packet.payloadSizeBytes())
                    .isEqualTo(bytes.length - packet.paddingSizeBytes());
        } else {
            assertThat(packet.sizeBytes()).isZero();
        }
        assertThat(ByteBufUtil.getBytes(buffer)).isEqualTo(bytes);
    }

    @Property(tries = 2000)
    void damagedPacketsCanBeEditedWithoutHarmToTheirPayload(
            @ForAll @IntRange(max = 15) int which,
            @ForAll @Size(max = 6) List<@IntRange(max = 4000) Integer> flips,
            @ForAll @Size(max = 20) byte[] tail,
            @ForAll @IntRange(min = 1, max = 255) int id,
            @ForAll @Size(max = 255) byte[] data) {
        ByteBuf buffer = damaged(which, flips, 0, tail);
        if (!packet.wrap(buffer)) {
            return;
        }
        byte[] payload = payload();
        int padding = packet.paddingSizeBytes();
        boolean put = ExtensionEditor.put(packet, id, data);
        assertThat(packet.wrap(buffer)).isTrue();
        assertThat(has(id, data)).isEqualTo(put);
        assertThat(payload()).isEqualTo(payload);
        assertThat(ExtensionEditor.remove(packet, id)).isEqualTo(put);
        assertThat(packet.wrap(buffer)).isTrue();
        assertThat(ExtensionElement.index(packet, id)).isEqualTo(-1);
        assertThat(payload()).isEqualTo(payload);
        assertThat(packet.paddingSizeBytes()).isEqualTo(padding);
    }

    private static ByteBuf damaged(int which, List<Integer> flips, int cut, byte[] tail) {
        ByteBuf buffer = copy(RecordedPackets.ALL.get(which));
        for (int flip : flips) {
            int at = flip / 8 % buffer.writerIndex();
            buffer.setByte(at, buffer.getByte(at) ^ (1 << flip % 8));
        }
        buffer.writerIndex(Math.max(0, buffer.writerIndex() - cut));
        return buffer.writeBytes(tail);
    }

    private void walkStaysWithinTheBlock() {
        var elements = new ExtensionElements();
        elements.wrap(packet);
        int end = packet.extensionIndex() + packet.extensionSizeBytes();
        int before = packet.extensionIndex();
        while (elements.next()) {
            assertThat(elements.id()).isBetween(1, 255);
            assertThat(elements.index()).isGreaterThan(before);
            before = elements.index() + elements.sizeBytes();
            assertThat(before).isLessThanOrEqualTo(end);
            assertThat(ExtensionElement.index(packet, elements.id())).isPositive();
        }
        assertThat(elements.next()).isFalse();
    }

    private void typedReadersNeverThrow() {
        for (int id = 0; id <= 255; id++) {
            AbsSendTime.read(packet, id);
            TransportSequence.read(packet, id);
            TransportSequenceV2.read(packet, id);
            TransportSequenceV2.reportedPackets(packet, id);
            AudioLevel.read(packet, id);
            for (int i = 0; i < CsrcAudioLevels.count(packet, id); i++) {
                assertThat(CsrcAudioLevels.level(packet, id, i)).isBetween(0, 127);
            }
            Mid.read(packet, id);
            RtpStreamId.read(packet, id);
            VideoOrientation.read(packet, id);
            PlayoutDelay.read(packet, id);
            AbsoluteCaptureTime.captureTimestamp(packet, id);
            AbsoluteCaptureTime.clockOffset(packet, id);
            VideoLayersAllocation.read(packet, id);
        }
    }

    private static ByteBuf copy(String hex) {
        return Unpooled.buffer().writeBytes(hex(hex));
    }

    private boolean has(int id, byte[] data) {
        int index = ExtensionElement.index(packet, id);
        return ExtensionElement.sizeBytes(packet, id) == data.length
                && Arrays.equals(ByteBufUtil.getBytes(packet.buffer(), index, data.length), data);
    }

    private byte[] payload() {
        return ByteBufUtil.getBytes(
                packet.buffer(), packet.payloadIndex(), packet.payloadSizeBytes());
    }

    private String payloadText() {
        return new String(payload(), StandardCharsets.US_ASCII);
    }
}
