package dev.sluice.media.fec;

import dev.sluice.media.rtp.RtpPacket;

import io.netty.buffer.ByteBuf;

/**
 * Appends the heads of a payload with redundant data, whose layout {@link RedPayload} shows: one
 * for each redundant block, then the primary one; the blocks' data follows in the same order.
 */
public final class RedWriter {

    /** What {@link #wrap} adds to a packet. */
    public static final int OVERHEAD_BYTES = RedPayload.PRIMARY_HEAD_SIZE_BYTES;

    private static final int TYPE_OFFSET = 1;
    private static final int MARKER_BIT = 0x80;
    private static final int PADDING_BIT = 0x20;

    private RedWriter() {}

    /** Appends a packet that carries the given one's payload alone, without its padding. */
    public static void wrap(RtpPacket packet, int redPayloadType, ByteBuf out) {
        int start = out.writerIndex();
        int from = packet.payloadIndex() - packet.headerSizeBytes();
        out.writeBytes(packet.buffer(), from, packet.headerSizeBytes());
        out.setByte(start, out.getByte(start) & ~PADDING_BIT);
        out.setByte(start + TYPE_OFFSET, (packet.marker() ? MARKER_BIT : 0) | redPayloadType);
        primaryHead(out, packet.payloadType());
        out.writeBytes(packet.buffer(), packet.payloadIndex(), packet.payloadSizeBytes());
    }

    /**
     * @param payloadType 0 to 127
     * @param timestampOffset 0 to {@link RedPayload#MAX_TIMESTAMP_OFFSET} ticks
     * @param sizeBytes 0 to {@link RedPayload#MAX_REDUNDANT_SIZE_BYTES}
     */
    public static void redundantHead(
            ByteBuf out, int payloadType, int timestampOffset, int sizeBytes) {
        require(payloadType, RedPayload.TYPE_MASK, "payload type");
        require(timestampOffset, RedPayload.MAX_TIMESTAMP_OFFSET, "timestamp offset");
        require(sizeBytes, RedPayload.MAX_REDUNDANT_SIZE_BYTES, "size");
        out.writeByte(RedPayload.FOLLOW_BIT | payloadType);
        out.writeMedium((timestampOffset << RedPayload.LENGTH_BITS) | sizeBytes);
    }

    /** The last head. */
    public static void primaryHead(ByteBuf out, int payloadType) {
        require(payloadType, RedPayload.TYPE_MASK, "payload type");
        out.writeByte(payloadType);
    }

    private static void require(int value, int max, String name) {
        if (value < 0 || value > max) {
            throw new IllegalArgumentException(
                    "The %s of a block is %d, not 0 to %d".formatted(name, value, max));
        }
    }
}
