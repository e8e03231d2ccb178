package dev.sluice.srtp.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.rtp.RtpPacket;
import dev.sluice.srtp.keys.SrtpKeys;
import dev.sluice.srtp.keys.SrtpProfile;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import java.util.Arrays;

/** Packets and keys for tests of both directions. */
final class TestPackets {

    static final long SSRC = 0xCAFEBABEL;

    private TestPackets() {}

    static ByteBuf rtp(long ssrc, int sequenceNumber) {
        return Unpooled.buffer(64)
                .writeByte(0x80)
                .writeByte(96)
                .writeShort(sequenceNumber)
                .writeInt(3000 * sequenceNumber)
                .writeInt((int) ssrc)
                .writeLong(sequenceNumber)
                .writeLong(1);
    }

    /** With two CSRCs and a one-byte extension of one word. */
    static ByteBuf rtpWithHeader(long ssrc, int sequenceNumber) {
        return Unpooled.buffer(64)
                .writeByte(0x92)
                .writeByte(96)
                .writeShort(sequenceNumber)
                .writeInt(3000)
                .writeInt((int) ssrc)
                .writeInt(11)
                .writeInt(12)
                .writeInt(0xBEDE0001)
                .writeInt(0x10AA0000)
                .writeLong(0x0123456789ABCDEFL);
    }

    static ByteBuf rtcp(long ssrc) {
        return Unpooled.buffer(64).writeInt(0x80C80006).writeInt((int) ssrc).writeZero(20);
    }

    static SrtpStatus unprotect(SrtpReceiver receiver, ByteBuf packet) {
        RtpPacket view = new RtpPacket();
        assertThat(view.wrapHeader(packet)).isTrue();
        return receiver.unprotectRtp(view);
    }

    static SrtpKeys keys(SrtpProfile profile) {
        return keys(profile, 0x4b);
    }

    static SrtpKeys keys(SrtpProfile profile, int fill) {
        byte[] key = new byte[profile.keySizeBytes()];
        byte[] salt = new byte[profile.saltSizeBytes()];
        Arrays.fill(key, (byte) fill);
        Arrays.fill(salt, (byte) (fill + 8));
        return new SrtpKeys(profile, key, salt);
    }
}
