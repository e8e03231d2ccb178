package dev.sluice.media.rtp;

import static dev.sluice.media.rtp.Bytes.hex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.Test;

/** Padding read, written and replaced. */
class RtpPaddingTest {

    private static final String HEAD = "60 0001 00000002 00000003";

    private final RtpPacket packet = new RtpPacket();

    @Test
    void takesPaddingFromThePayload() {
        assertThat(packet.wrap(hex("a0" + HEAD + "0102 00000004"))).isTrue();
        assertThat(packet.paddingSizeBytes()).isEqualTo(4);
        assertThat(packet.payloadSizeBytes()).isEqualTo(2);
    }

    @Test
    void aPacketMayBeAllPadding() {
        assertThat(packet.wrap(hex("a0" + HEAD + "00000004"))).isTrue();
        assertThat(packet.payloadSizeBytes()).isZero();
    }

    @Test
    void refusesPaddingOfZeroOrMoreThanThePayload() {
        assertThat(packet.wrap(hex("a0" + HEAD))).isFalse();
        assertThat(packet.wrap(hex("a0" + HEAD + "0100"))).isFalse();
        assertThat(packet.wrap(hex("a0" + HEAD + "0103"))).isFalse();
        assertThat(packet.sizeBytes()).isZero();
    }

    @Test
    void encryptedPaddingIsLeftAloneUntilItIsReadInTheClear() {
        ByteBuf encrypted = hex("a0" + HEAD + "01020304 00000002 cafecafe");
        assertThat(packet.wrapHeader(encrypted)).isTrue();
        assertThat(packet.payloadSizeBytes()).isEqualTo(12);
        encrypted.writerIndex(
                encrypted.writerIndex() - 4); // the authentication tag, gone after decryption
        assertThat(packet.readPadding()).isTrue();
        assertThat(packet.payloadSizeBytes()).isEqualTo(6);
    }

    @Test
    void paddingIsAddedReplacedAndRemoved() {
        ByteBuf buffer = Unpooled.buffer().writeBytes(hex("80" + HEAD + "0102"));
        assertThat(packet.wrap(buffer)).isTrue();
        assertThat(RtpPadding.replace(packet, 4)).isTrue();
        assertThat(buffer).isEqualTo(hex("a0" + HEAD + "0102 00000004"));
        assertThat(packet.paddingSizeBytes()).isEqualTo(4);
        assertThat(packet.payloadSizeBytes()).isEqualTo(2);
        assertThat(RtpPadding.replace(packet, 1)).isTrue();
        assertThat(buffer).isEqualTo(hex("a0" + HEAD + "0102 01"));
        assertThat(RtpPadding.replace(packet, 0)).isTrue();
        assertThat(buffer).isEqualTo(hex("80" + HEAD + "0102"));
        assertThat(RtpPadding.replace(packet, 255)).isTrue();
        assertThat(packet.wrap(buffer)).isTrue();
        assertThat(packet.paddingSizeBytes()).isEqualTo(255);
        assertThatThrownBy(() -> RtpPadding.replace(packet, 256))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aBufferThatCannotGrowKeepsThePaddingItHas() {
        ByteBuf buffer = Unpooled.buffer(17, 18).writeBytes(hex("a0" + HEAD + "0102 000003"));
        assertThat(packet.wrap(buffer)).isTrue();
        assertThat(RtpPadding.replace(packet, 5)).isFalse();
        assertThat(buffer).isEqualTo(hex("a0" + HEAD + "0102 000003"));
        assertThat(RtpPadding.replace(packet, 4)).isTrue();
        assertThat(buffer).isEqualTo(hex("a0" + HEAD + "0102 00000004"));
    }

    @Test
    void aPacketThatLostItsPayloadAfterwardsIsRefused() {
        ByteBuf buffer = hex("a0" + HEAD + "0102 000003");
        assertThat(packet.wrapHeader(buffer)).isTrue();
        buffer.writerIndex(0);
        assertThat(packet.readPadding()).isFalse();
        assertThat(packet.sizeBytes()).isZero();
    }
}
