package dev.sluice.media.send;

import dev.sluice.media.rtp.RtpPacket;

import io.netty.buffer.ByteBuf;

/**
 * Makes retransmissions of packets (RFC 4588 section 4): own SSRC and numbers, the original one in
 * front.
 */
public final class RtxWrapper {

    /** What a retransmission is longer by. */
    public static final int OVERHEAD_BYTES = 2;

    private static final int SECOND_BYTE_INDEX = 1;
    private static final int SEQUENCE_INDEX = 2;
    private static final int SSRC_INDEX = 8;
    private static final int MARKER_BIT = 0x80;

    private final long ssrc;
    private int sequence;

    /**
     * @param firstSequence 0..65535
     */
    public RtxWrapper(long ssrc, int firstSequence) {
        this.ssrc = ssrc;
        this.sequence = firstSequence;
    }

    /** Appends the retransmission of a packet without padding to a buffer with room for it. */
    public void wrap(RtpPacket packet, int rtxPayloadType, ByteBuf out) {
        int start = out.writerIndex();
        ByteBuf original = packet.buffer();
        out.writeBytes(original, original.readerIndex(), packet.headerSizeBytes());
        out.writeShort(packet.sequenceNumber());
        out.writeBytes(original, packet.payloadIndex(), packet.payloadSizeBytes());
        int marker = packet.marker() ? MARKER_BIT : 0;
        out.setByte(start + SECOND_BYTE_INDEX, marker | rtxPayloadType);
        out.setShort(start + SEQUENCE_INDEX, sequence);
        out.setInt(start + SSRC_INDEX, (int) ssrc);
        sequence = (sequence + 1) & 0xFFFF;
    }
}
