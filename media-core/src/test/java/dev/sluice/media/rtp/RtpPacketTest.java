package dev.sluice.media.rtp;

import static dev.sluice.media.rtp.Bytes.hex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;

class RtpPacketTest {

    private final RtpPacket packet = new RtpPacket();

    @Test
    void readsTheFixedHeader() {
        assertThat(packet.wrap(hex("80 e0 1234 89abcdef fedcba98 0102030405"))).isTrue();
        assertThat(packet.marker()).isTrue();
        assertThat(packet.payloadType()).isEqualTo(96);
        assertThat(packet.sequenceNumber()).isEqualTo(0x1234);
        assertThat(packet.timestamp()).isEqualTo(0x89abcdefL);
        assertThat(packet.ssrc()).isEqualTo(0xfedcba98L);
        assertThat(packet.hasExtension()).isFalse();
        assertThat(ExtensionElement.index(packet, 1)).isEqualTo(-1);
        assertThat(packet.headerSizeBytes()).isEqualTo(12);
        assertThat(packet.payloadIndex()).isEqualTo(12);
        assertThat(packet.payloadSizeBytes()).isEqualTo(5);
        assertThat(packet.sizeBytes()).isEqualTo(17);
    }

    @Test
    void readsContributingSources() {
        assertThat(packet.wrap(hex("82 00 0001 00000002 00000003 aaaaaaaa bbbbbbbb ff"))).isTrue();
        assertThat(packet.csrcCount()).isEqualTo(2);
        assertThat(packet.csrc(0)).isEqualTo(0xaaaaaaaaL);
        assertThat(packet.csrc(1)).isEqualTo(0xbbbbbbbbL);
        assertThat(packet.payloadIndex()).isEqualTo(20);
        assertThatThrownBy(() -> packet.csrc(2)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void takesPaddingFromThePayload() {
        assertThat(packet.wrap(hex("a0 00 0001 00000002 00000003 0102 00000004"))).isTrue();
        assertThat(packet.paddingSizeBytes()).isEqualTo(4);
        assertThat(packet.payloadSizeBytes()).isEqualTo(2);
    }

    @Test
    void aPacketMayBeAllPadding() {
        assertThat(packet.wrap(hex("a0 00 0001 00000002 00000003 00000004"))).isTrue();
        assertThat(packet.payloadSizeBytes()).isZero();
    }

    @Test
    void refusesPaddingOfZeroOrMoreThanThePayload() {
        assertThat(packet.wrap(hex("a0 00 0001 00000002 00000003"))).isFalse();
        assertThat(packet.wrap(hex("a0 00 0001 00000002 00000003 0100"))).isFalse();
        assertThat(packet.wrap(hex("a0 00 0001 00000002 00000003 0103"))).isFalse();
        assertThat(packet.sizeBytes()).isZero();
    }

    @Test
    void encryptedPaddingIsLeftAloneUntilItIsReadInTheClear() {
        ByteBuf encrypted = hex("a0 00 0001 00000002 00000003 01020304 00000002 cafecafe");
        assertThat(packet.wrapHeader(encrypted)).isTrue();
        assertThat(packet.payloadSizeBytes()).isEqualTo(12);
        encrypted.writerIndex(
                encrypted.writerIndex() - 4); // the authentication tag, gone after decryption
        assertThat(packet.readPadding()).isTrue();
        assertThat(packet.payloadSizeBytes()).isEqualTo(6);
    }

    @Test
    void refusesOtherVersionsAndShortPackets() {
        assertThat(packet.wrap(hex("40 00 0001 00000002 00000003"))).isFalse();
        assertThat(packet.wrap(hex("80 00 0001 00000002 000000"))).isFalse();
        assertThat(packet.wrap(hex("82 00 0001 00000002 00000003 aaaaaaaa bbbbbb"))).isFalse();
        assertThat(packet.wrap(hex("90 00 0001 00000002 00000003 bede"))).isFalse();
        assertThat(packet.wrap(hex("90 00 0001 00000002 00000003 bede0001 100000"))).isFalse();
        assertThat(packet.wrap(Unpooled.EMPTY_BUFFER)).isFalse();
    }

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
    void changesFieldsInPlaceAndOnlyThem() {
        ByteBuf buffer = hex("ff 90 e0 1234 89abcdef fedcba98 bede0001 51000100");
        buffer.skipBytes(1);
        packet.wrap(buffer);
        packet.payloadType(45);
        packet.sequenceNumber(65535);
        packet.timestamp(0xF000_0001L);
        packet.ssrc(0xE000_0002L);
        assertThat(packet.marker()).isTrue();
        assertThat(TransportSequence.overwrite(packet, 5, 0xABCD)).isTrue();
        assertThat(TransportSequence.overwrite(packet, 6, 1)).isFalse();
        assertThat(buffer).isEqualTo(hex("90 ad ffff f0000001 e0000002 bede0001 51abcd00"));
    }

    @Property(tries = 2000)
    void arbitraryBytesNeverThrow(
            @ForAll @Size(max = 80) byte[] bytes, @ForAll boolean looksLikeRtp) {
        if (looksLikeRtp && bytes.length > 16) {
            bytes[0] = (byte) ((bytes[0] & 0x1F) | 0x90);
            bytes[12] = (byte) 0xBE;
            bytes[13] = (byte) 0xDE;
            bytes[14] = 0;
        }
        if (packet.wrap(Unpooled.wrappedBuffer(bytes))) {
            for (int id = 0; id <= 255; id++) {
                int data = ExtensionElement.index(packet, id);
                assertThat(data + Math.max(0, ExtensionElement.sizeBytes(packet, id)))
                        .isLessThanOrEqualTo(packet.payloadIndex());
                ExtensionElement.text(packet, id);
            }
            assertThat(packet.payloadSizeBytes()).isNotNegative();
            assertThat(packet.toString()).isNotEmpty();
        }
    }
}
