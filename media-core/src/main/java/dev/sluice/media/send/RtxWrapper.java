package dev.sluice.media.send;

import dev.sluice.media.rtp.RtpPacket;

import io.netty.buffer.ByteBuf;

/**
 * Makes the retransmissions of one stream, RFC 4588 section 4: the packet as it was sent, in a
 * stream with its own SSRC and sequence numbers, with the original sequence number (OSN) before the
 * payload.
 */
public final class RtxWrapper {

    /** What a retransmission has more than its packet. */
    public static final int OVERHEAD_BYTES = 2;

    private static final int MARKER_BIT = 0x80;

    private final long rtxSsrc;
    private final int rtxPayloadType;
    private int nextSequenceNumber;

    /**
     * @param rtxPayloadType of the negotiated rtx format whose apt is the media's payload type
     * @param firstSequenceNumber 16 bits, to be chosen at random (RFC 3550 section 5.1)
     */
    public RtxWrapper(long rtxSsrc, int rtxPayloadType, int firstSequenceNumber) {
        this.rtxSsrc = rtxSsrc;
        this.rtxPayloadType = rtxPayloadType;
        this.nextSequenceNumber = firstSequenceNumber & 0xFFFF;
    }

    public long rtxSsrc() {
        return rtxSsrc;
    }

    /** The sequence number for a packet of padding on this SSRC, which is then used. */
    public int takeSequenceNumber() {
        int taken = nextSequenceNumber;
        nextSequenceNumber = (nextSequenceNumber + 1) & 0xFFFF;
        return taken;
    }

    /**
     * Appends the retransmission of a packet to {@code out}, which must have room for its size and
     * {@link #OVERHEAD_BYTES}.
     *
     * @param media the packet as the viewer should have got it, in the clear
     */
    public void wrap(RtpPacket media, ByteBuf out) {
        wrap(media, rtxPayloadType, out);
    }

    /** As {@link #wrap(RtpPacket, ByteBuf)}, with the rtx format of another media format. */
    public void wrap(RtpPacket media, int rtxPayloadType, ByteBuf out) {
        ByteBuf from = media.buffer();
        int payloadIndex = media.payloadIndex();
        int start = payloadIndex - media.headerSizeBytes();
        out.writeByte(from.getByte(start));
        out.writeByte((media.marker() ? MARKER_BIT : 0) | rtxPayloadType);
        out.writeShort(takeSequenceNumber());
        out.writeInt((int) media.timestamp());
        out.writeInt((int) rtxSsrc);
        int restIndex = start + RtpPacket.FIXED_HEADER_SIZE_BYTES;
        out.writeBytes(from, restIndex, payloadIndex - restIndex);
        out.writeShort(media.sequenceNumber());
        out.writeBytes(from, payloadIndex, media.payloadSizeBytes() + media.paddingSizeBytes());
    }
}
