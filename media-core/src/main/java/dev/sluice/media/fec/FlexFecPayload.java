package dev.sluice.media.fec;

import dev.sluice.media.rtp.RtpPacket;

import io.netty.buffer.ByteBuf;

/**
 * The payload of a FlexFEC packet, RFC 8627 section 4.2.2. The streams are the packet's CSRCs; each
 * has a part with its base and its mask or its row and column.
 *
 * <pre>
 *    0                   1                   2                   3
 *    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |R|F|P|X|  CC   |M| PT recovery |        length recovery        |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                          TS recovery                          |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |           SN base_i           |k|        mask [0-14]          |  F = 0
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |k|                   mask [15-45], where k = 1                 |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                    mask [46-109], where k = 1                 |
 *   |                                                               |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |           SN base_i           |  L (columns)  |    D (rows)   |  F = 1
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * <p>With R = 1 and F = 0 the payload is one packet sent again: R and F are where its version was.
 */
final class FlexFecPayload {

    static final int FIXED_SIZE_BYTES = 8;

    private static final int RETRANSMISSION_BIT = 0x80;
    private static final int FIXED_MASK_BIT = 0x40;
    private static final int LENGTH_OFFSET = 2;
    private static final int TIMESTAMP_OFFSET = 4;

    private static final int BASE_SIZE_BYTES = 2;
    private static final int SHORT_MASK_BITS = 15;
    private static final int LONG_MASK_BITS = 46;
    private static final int SHORT_MASK_SIZE_BYTES = 2;
    private static final int LONG_MASK_SIZE_BYTES = 6;
    private static final int LONGEST_MASK_SIZE_BYTES = 14;
    private static final int FIRST_K = 0x8000;
    private static final int SECOND_K = 0x8000_0000;
    private static final int MALFORMED = -1;

    private FlexFecPayload() {}

    static boolean read(
            ByteBuf payload, int index, int sizeBytes, long[] sources, FecHeader header) {
        header.clear();
        if (sizeBytes < FIXED_SIZE_BYTES) {
            return false;
        }
        int type = payload.getByte(index) & (RETRANSMISSION_BIT | FIXED_MASK_BIT);
        if ((type & RETRANSMISSION_BIT) != 0) {
            header.retransmission(index, sizeBytes);
            return type == RETRANSMISSION_BIT && sizeBytes >= RtpPacket.FIXED_HEADER_SIZE_BYTES;
        }
        header.recovery(
                payload.getUnsignedShort(index),
                payload.getUnsignedShort(index + LENGTH_OFFSET),
                payload.getInt(index + TIMESTAMP_OFFSET));
        int at = index + FIXED_SIZE_BYTES;
        int end = index + sizeBytes;
        for (long source : sources) {
            at =
                    type == FIXED_MASK_BIT
                            ? readFixed(payload, at, end, source, header)
                            : readMask(payload, at, end, source, header);
            if (at == MALFORMED) {
                return false;
            }
        }
        header.data(at, end - at);
        return header.packetCount() > 0;
    }

    /**
     * The index behind the part of one stream, or {@link #MALFORMED}. D of 0 and 1 say that L
     * packets in a row are protected; else D packets, each L after the one before.
     */
    private static int readFixed(ByteBuf payload, int at, int end, long ssrc, FecHeader header) {
        if (end - at < BASE_SIZE_BYTES + 2) {
            return MALFORMED;
        }
        int base = payload.getUnsignedShort(at);
        int columns = payload.getUnsignedByte(at + BASE_SIZE_BYTES);
        int rows = payload.getUnsignedByte(at + BASE_SIZE_BYTES + 1);
        boolean isRow = rows <= 1;
        boolean isRight =
                columns > 0
                        && header.protectEvery(
                                ssrc, base, isRow ? 1 : columns, isRow ? columns : rows);
        return isRight ? at + BASE_SIZE_BYTES + 2 : MALFORMED;
    }

    private static int readMask(ByteBuf payload, int at, int end, long ssrc, FecHeader header) {
        int mask = at + BASE_SIZE_BYTES;
        int size = maskSizeBytes(payload, mask, end - mask);
        if (size == MALFORMED) {
            return MALFORMED;
        }
        int base = payload.getUnsignedShort(at);
        long first = (long) payload.getUnsignedShort(mask) << (Long.SIZE - SHORT_MASK_BITS);
        long second =
                size < LONG_MASK_SIZE_BYTES
                        ? 0
                        : payload.getUnsignedInt(mask + SHORT_MASK_SIZE_BYTES) << 33;
        long third =
                size < LONGEST_MASK_SIZE_BYTES ? 0 : payload.getLong(mask + LONG_MASK_SIZE_BYTES);
        boolean isRight =
                header.protectMasked(ssrc, base, first)
                        && header.protectMasked(ssrc, base + SHORT_MASK_BITS, second)
                        && header.protectMasked(ssrc, base + LONG_MASK_BITS, third);
        return isRight ? mask + size : MALFORMED;
    }

    private static int maskSizeBytes(ByteBuf payload, int index, int available) {
        if (available < SHORT_MASK_SIZE_BYTES) {
            return MALFORMED;
        }
        if ((payload.getShort(index) & FIRST_K) == 0) {
            return SHORT_MASK_SIZE_BYTES;
        }
        if (available < LONG_MASK_SIZE_BYTES) {
            return MALFORMED;
        }
        if (payload.getInt(index + SHORT_MASK_SIZE_BYTES) >= 0) {
            return LONG_MASK_SIZE_BYTES;
        }
        return available >= LONGEST_MASK_SIZE_BYTES ? LONGEST_MASK_SIZE_BYTES : MALFORMED;
    }

    static int headerSizeBytes(long mask) {
        return FIXED_SIZE_BYTES + BASE_SIZE_BYTES + maskSizeBytes(mask);
    }

    private static int maskSizeBytes(long mask) {
        if (mask << SHORT_MASK_BITS == 0) {
            return SHORT_MASK_SIZE_BYTES;
        }
        return mask << LONG_MASK_BITS == 0 ? LONG_MASK_SIZE_BYTES : LONGEST_MASK_SIZE_BYTES;
    }

    static void writeHeader(ByteBuf out, XorBlock block, int base, long mask) {
        out.writeShort(block.flags());
        out.writeShort(block.length());
        out.writeInt(block.timestamp());
        writeStream(out, base, mask);
    }

    /** Appends the part of one stream. */
    static void writeStream(ByteBuf out, int base, long mask) {
        out.writeShort(base);
        int size = maskSizeBytes(mask);
        int first = (int) (mask >>> (Long.SIZE - SHORT_MASK_BITS));
        out.writeShort(size > SHORT_MASK_SIZE_BYTES ? first | FIRST_K : first);
        if (size >= LONG_MASK_SIZE_BYTES) {
            int second = (int) ((mask << SHORT_MASK_BITS) >>> 33);
            out.writeInt(size > LONG_MASK_SIZE_BYTES ? second | SECOND_K : second);
        }
        if (size == LONGEST_MASK_SIZE_BYTES) {
            out.writeLong(mask << LONG_MASK_BITS);
        }
    }
}
