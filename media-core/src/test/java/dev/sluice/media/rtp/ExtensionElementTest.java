package dev.sluice.media.rtp;

import static dev.sluice.media.rtp.Bytes.hex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;

import org.junit.jupiter.api.Test;

/** Elements found in packets, read, and overwritten in place. */
class ExtensionElementTest {

    private final RtpPacket packet = new RtpPacket();

    /** The layout of the example in RFC 8285 section 4.2, with real ids. */
    @Test
    void findsElementsOfTheOneByteForm() {
        packet.wrap(hex("90 60 0001 00000002 00000003 bede 0003 10aa 21bbbb 0000 33cccccccc ff"));
        assertThat(packet.extensionProfile()).isEqualTo(0xBEDE);
        assertThat(packet.extensionIndex()).isEqualTo(16);
        assertThat(packet.extensionSizeBytes()).isEqualTo(12);
        assertThat(ExtensionElement.index(packet, 1)).isEqualTo(17);
        assertThat(ExtensionElement.sizeBytes(packet, 1)).isEqualTo(1);
        assertThat(ExtensionElement.unsigned(packet, 2, 2)).isEqualTo(0xbbbb);
        assertThat(ExtensionElement.unsigned(packet, 2, 1)).isEqualTo(-1);
        assertThat(ExtensionElement.index(packet, 3)).isEqualTo(24);
        assertThat(ExtensionElement.sizeBytes(packet, 3)).isEqualTo(4);
        assertThat(ExtensionElement.index(packet, 4)).isEqualTo(-1);
        assertThat(ExtensionElement.sizeBytes(packet, 4)).isEqualTo(-1);
        assertThat(packet.payloadSizeBytes()).isEqualTo(1);
    }

    /** The layout of the example in RFC 8285 section 4.3, with real ids and application bits. */
    @Test
    void findsElementsOfTheTwoByteForm() {
        packet.wrap(hex("90 60 0001 00000002 00000003 1005 0003 1100 0201bb 00 ff04cccccccc"));
        assertThat(ExtensionElement.index(packet, 0x11)).isEqualTo(18);
        assertThat(ExtensionElement.sizeBytes(packet, 0x11)).isZero();
        assertThat(ExtensionElement.text(packet, 0x11)).isNull();
        assertThat(ExtensionElement.unsigned(packet, 2, 1)).isEqualTo(0xbb);
        assertThat(ExtensionElement.sizeBytes(packet, 255)).isEqualTo(4);
        assertThat(packet.payloadSizeBytes()).isZero();
    }

    @Test
    void stopsAtTheReservedIdAndAtElementsThatPassTheEnd() {
        packet.wrap(hex("90 60 0001 00000002 00000003 bede 0002 f0aa 10bb 0000 0000"));
        assertThat(ExtensionElement.index(packet, 1)).isEqualTo(-1);
        packet.wrap(hex("90 60 0001 00000002 00000003 bede 0002 01aa 10bb 0000 0000"));
        assertThat(ExtensionElement.index(packet, 1)).isEqualTo(-1);
        packet.wrap(hex("90 60 0001 00000002 00000003 bede 0001 10aa 25bb ccddeeff0011"));
        assertThat(ExtensionElement.unsigned(packet, 1, 1)).isEqualTo(0xaa);
        assertThat(ExtensionElement.index(packet, 2)).isEqualTo(-1);
        packet.wrap(hex("90 60 0001 00000002 00000003 1000 0001 0103aabb ccddeeff"));
        assertThat(ExtensionElement.index(packet, 1)).isEqualTo(-1);
    }

    @Test
    void blocksOfOtherProfilesHaveNoElements() {
        packet.wrap(hex("90 60 0001 00000002 00000003 c0de 0001 10aa0000 ff"));
        assertThat(packet.hasExtension()).isTrue();
        assertThat(ExtensionElement.index(packet, 1)).isEqualTo(-1);
        assertThat(packet.payloadSizeBytes()).isEqualTo(1);
    }

    @Test
    void readsTextElements() {
        packet.wrap(hex("90 60 0001 00000002 00000003 bede 0002 1030 4268 69 21 0102 0000"));
        assertThat(ExtensionElement.text(packet, 1)).isEqualTo("0");
        assertThat(ExtensionElement.text(packet, 5)).isNull();
    }

    @Test
    void aNumberIsOverwrittenOnlyWhereItHasThatSize() {
        ByteBuf buffer = hex("90 60 0001 00000002 00000003 bede 0003 10aa 21bbbb 32cccccc 000000");
        packet.wrap(buffer);
        assertThat(ExtensionElement.overwrite(packet, 1, 1, 0x01)).isTrue();
        assertThat(ExtensionElement.overwrite(packet, 2, 2, 0x0203)).isTrue();
        assertThat(ExtensionElement.overwrite(packet, 3, 3, 0x040506)).isTrue();
        assertThat(ExtensionElement.overwrite(packet, 3, 2, 7)).isFalse();
        assertThat(ExtensionElement.overwrite(packet, 4, 1, 7)).isFalse();
        assertThat(buffer)
                .isEqualTo(
                        hex("90 60 0001 00000002 00000003 bede 0003 1001 210203 32040506 000000"));
    }

    @Test
    void numbersHaveOneToThreeBytes() {
        packet.wrap(hex("90 60 0001 00000002 00000003 bede 0002 13aabbccdd 000000"));
        assertThatThrownBy(() -> ExtensionElement.unsigned(packet, 1, 4))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ExtensionElement.overwrite(packet, 1, 4, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void ofElementsWithTheSameIdTheFirstCounts() {
        packet.wrap(hex("90 60 0001 00000002 00000003 bede 0002 10aa 11bbbb 000000"));
        assertThat(ExtensionElement.sizeBytes(packet, 1)).isEqualTo(1);
        assertThat(ExtensionElement.unsigned(packet, 1, 2)).isEqualTo(-1);
    }
}
