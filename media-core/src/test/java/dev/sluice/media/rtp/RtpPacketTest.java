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
    void refusesOtherVersionsAndShortPackets() {
        assertThat(packet.wrap(hex("40 00 0001 00000002 00000003"))).isFalse();
        assertThat(packet.wrap(hex("80 00 0001 00000002 000000"))).isFalse();
        assertThat(packet.wrap(hex("82 00 0001 00000002 00000003 aaaaaaaa bbbbbb"))).isFalse();
        assertThat(packet.wrap(hex("90 00 0001 00000002 00000003 bede"))).isFalse();
        assertThat(packet.wrap(hex("90 00 0001 00000002 00000003 bede0001 100000"))).isFalse();
        assertThat(packet.wrap(Unpooled.EMPTY_BUFFER)).isFalse();
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
