package dev.sluice.media.send;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.receive.RtxUnwrapper;
import dev.sluice.media.rtp.RtpPacket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;

import java.util.HexFormat;

class RtxWrapperTest {

    private static final long RTX_SSRC = 0x5555_6666L;
    private static final int RTX_TYPE = 97;

    /** Payload type 96 with marker, a one-byte header extension, four bytes of payload. */
    private static final String MEDIA =
            "90e0fffe" + "00001000" + "aabbccdd" + "bede0001" + "10410000" + "01020304";

    private final RtxWrapper wrapper = new RtxWrapper(RTX_SSRC, RTX_TYPE, 65_535);

    @Test
    void putsTheOriginalSequenceNumberBeforeThePayload() {
        ByteBuf out = Unpooled.buffer();
        wrapper.wrap(packet(HexFormat.of().parseHex(MEDIA)), out);

        assertThat(ByteBufUtil.hexDump(out))
                .isEqualTo(
                        "90e1ffff"
                                + "00001000"
                                + "55556666"
                                + "bede0001"
                                + "10410000"
                                + "fffe"
                                + "01020304");
    }

    @Test
    void numbersRetransmissionsByThemselves() {
        RtpPacket media = packet(HexFormat.of().parseHex(MEDIA));
        ByteBuf first = Unpooled.buffer();
        ByteBuf second = Unpooled.buffer();
        wrapper.wrap(media, first);
        wrapper.wrap(media, second);

        assertThat(first.getUnsignedShort(2)).isEqualTo(65_535);
        assertThat(second.getUnsignedShort(2)).isZero();
    }

    @Test
    void refusesARetransmissionThatIsPaddingOnly() {
        byte[] padding = HexFormat.of().parseHex("a0610001000010005555666600000004");
        RtpPacket packet = packet(padding.clone());

        assertThat(RtxUnwrapper.unwrap(packet, 1, 96)).isFalse();
        assertThat(ByteBufUtil.getBytes(packet.buffer())).isEqualTo(padding);
    }

    @Test
    void refusesARetransmissionTooShortForItsSequenceNumber() {
        assertThat(unwraps("80610001" + "00001000" + "55556666")).isFalse();
        assertThat(unwraps("80610001" + "00001000" + "55556666" + "ff")).isFalse();
        assertThat(unwraps("80610001" + "00001000" + "55556666" + "ffff")).isTrue();
    }

    @Property
    void unwrappingGivesThePacketThatWasWrapped(
            @ForAll @IntRange(max = 15) int csrcs,
            @ForAll @IntRange(max = 8) int extensionWords,
            @ForAll boolean marker,
            @ForAll @IntRange(max = 65_535) int sequenceNumber,
            @ForAll @Size(max = 40) byte[] payload,
            @ForAll @IntRange(max = 16) int padding) {
        byte[] bytes = media(csrcs, extensionWords, marker, sequenceNumber, payload, padding);
        ByteBuf out = Unpooled.buffer().writeZero(3).skipBytes(3);
        wrapper.wrap(packet(bytes), out);

        RtpPacket rtx = new RtpPacket();
        assertThat(rtx.wrap(out)).isTrue();
        assertThat(rtx.ssrc()).isEqualTo(RTX_SSRC);
        assertThat(rtx.payloadType()).isEqualTo(RTX_TYPE);
        assertThat(rtx.sizeBytes()).isEqualTo(bytes.length + RtxWrapper.OVERHEAD_BYTES);

        assertThat(RtxUnwrapper.unwrap(rtx, 0xAABB_CCDDL, 96)).isTrue();
        assertThat(ByteBufUtil.getBytes(rtx.buffer())).isEqualTo(bytes);
        assertThat(rtx.payloadSizeBytes()).isEqualTo(payload.length);
    }

    @Property
    void arbitraryBytesNeverThrow(@ForAll @Size(max = 64) byte[] bytes) {
        RtpPacket packet = new RtpPacket();
        if (packet.wrap(Unpooled.wrappedBuffer(bytes))) {
            int size = packet.sizeBytes();
            boolean unwrapped = RtxUnwrapper.unwrap(packet, 1, 96);
            assertThat(packet.sizeBytes()).isEqualTo(unwrapped ? size - 2 : size);
        }
    }

    private static boolean unwraps(String hex) {
        return RtxUnwrapper.unwrap(packet(HexFormat.of().parseHex(hex)), 1, 96);
    }

    private static RtpPacket packet(byte[] bytes) {
        RtpPacket packet = new RtpPacket();
        assertThat(packet.wrap(Unpooled.wrappedBuffer(bytes))).isTrue();
        return packet;
    }

    private static byte[] media(
            int csrcs,
            int extensionWords,
            boolean marker,
            int sequenceNumber,
            byte[] payload,
            int padding) {
        ByteBuf media = Unpooled.buffer();
        media.writeByte(0x80 | (padding > 0 ? 0x20 : 0) | (extensionWords > 0 ? 0x10 : 0) | csrcs);
        media.writeByte((marker ? 0x80 : 0) | 96);
        media.writeShort(sequenceNumber).writeInt(0x1000).writeInt(0xAABBCCDD);
        media.writeZero(csrcs * 4);
        if (extensionWords > 0) {
            media.writeShort(0xBEDE).writeShort(extensionWords).writeZero(extensionWords * 4);
        }
        media.writeBytes(payload);
        if (padding > 0) {
            media.writeZero(padding - 1).writeByte(padding);
        }
        return ByteBufUtil.getBytes(media);
    }
}
