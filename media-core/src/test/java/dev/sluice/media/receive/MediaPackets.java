package dev.sluice.media.receive;

import dev.sluice.media.rtp.RtpPacket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** Small video packets for tests. */
final class MediaPackets {

    static final long SSRC = 0x1234_5678L;
    static final int PAYLOAD_TYPE = 96;
    static final int PAYLOAD_BYTES = 8;

    private MediaPackets() {}

    /** A packet whose payload says its number, which also is its sequence number. */
    static ByteBuf buffer(long number) {
        return Unpooled.buffer(64)
                .writeByte(0x80)
                .writeByte(PAYLOAD_TYPE)
                .writeShort((int) number)
                .writeInt((int) (number * 90))
                .writeInt((int) SSRC)
                .writeLong(number);
    }

    static RtpPacket wrap(ByteBuf buffer) {
        RtpPacket packet = new RtpPacket();
        if (!packet.wrap(buffer)) {
            throw new IllegalArgumentException("not an RTP packet: " + buffer);
        }
        return packet;
    }

    static long number(RtpPacket packet) {
        return packet.buffer().getLong(packet.payloadIndex());
    }
}
