package dev.sluice.bench;

import dev.sluice.media.rtp.RtpHeaderWriter;
import dev.sluice.media.rtp.RtpPacket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import java.nio.charset.StandardCharsets;

/** Packets as a browser sends them: MID, abs-send-time and transport-wide number in the header. */
final class Packets {

    static final int MID_ID = 4;
    static final int ABS_SEND_TIME_ID = 2;
    static final int TRANSPORT_SEQUENCE_ID = 3;

    static final int SEQUENCE_OFFSET = 2;

    private static final long SSRC = 0x1234_5678L;
    private static final int VIDEO_PAYLOAD_TYPE = 96;
    private static final int ROOM_BYTES = 64;

    private Packets() {}

    /** A packet of that many bytes in direct memory, with room for a tag behind it. */
    static ByteBuf video(int sizeBytes) {
        ByteBuf packet = Unpooled.directBuffer(sizeBytes + ROOM_BYTES);
        RtpHeaderWriter writer = new RtpHeaderWriter();
        writer.begin(packet, VIDEO_PAYLOAD_TYPE, true, 1, 90_000, SSRC);
        writer.element(ABS_SEND_TIME_ID, 3, 0x123456);
        writer.element(TRANSPORT_SEQUENCE_ID, 2, 1);
        writer.element(MID_ID, "0".getBytes(StandardCharsets.US_ASCII));
        int headerSizeBytes = writer.end();
        for (int i = headerSizeBytes; i < sizeBytes; i++) {
            packet.writeByte(i);
        }
        if (!new RtpPacket().wrap(packet)) {
            throw new IllegalArgumentException("no packet has " + sizeBytes + " bytes");
        }
        return packet;
    }
}
