package dev.sluice.media.fec;

import io.netty.buffer.ByteBuf;

/**
 * The payload of a FlexFEC packet of draft-ietf-payload-flexible-fec-scheme-03 section 4.2, which
 * libwebrtc speaks under the name {@code flexfec-03}. The streams are named in the payload, and a K
 * bit ends the mask where it is set, after 15, 46 or 109 packets.
 *
 * <pre>
 *    0                   1                   2                   3
 *    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |R|F|P|X|  CC   |M| PT recovery |        length recovery        |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                          TS recovery                          |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |   SSRC count  |                    reserved                   |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                             SSRC                              |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |            SN base            |K|        mask [0-14]          |  F = 0
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |K|                        mask [15-45]                         |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |K|                       mask [46-108]                         |
 *   |                                                               |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * <p>As in libwebrtc, one stream is protected, and packets with the R or the F bit are refused.
 */
final class FlexFec03Payload {

    static final int MASK_OFFSET = 18;

    private static final int SHORT_MASK_BITS = 15;
    private static final int LONG_MASK_BITS = 46;
    private static final int SHORT_MASK_SIZE_BYTES = 2;
    private static final int LONG_MASK_SIZE_BYTES = 6;
    private static final int LONGEST_MASK_SIZE_BYTES = 14;

    private static final int TYPE_FLAGS = 0xC000;
    private static final int LENGTH_OFFSET = 2;
    private static final int TIMESTAMP_OFFSET = 4;
    private static final int SSRC_COUNT_OFFSET = 8;
    private static final int SSRC_OFFSET = 12;
    private static final int BASE_OFFSET = 16;
    private static final int FIRST_K = 0x8000;
    private static final int SECOND_K = 0x8000_0000;

    private FlexFec03Payload() {}

    static boolean read(ByteBuf payload, int index, int sizeBytes, FecHeader header) {
        header.clear();
        if (sizeBytes < MASK_OFFSET + SHORT_MASK_SIZE_BYTES
                || (payload.getUnsignedShort(index) & TYPE_FLAGS) != 0
                || payload.getUnsignedByte(index + SSRC_COUNT_OFFSET) != 1) {
            return false;
        }
        header.recovery(
                payload.getUnsignedShort(index),
                payload.getUnsignedShort(index + LENGTH_OFFSET),
                payload.getInt(index + TIMESTAMP_OFFSET));
        int maskSize = maskSizeBytes(payload, index + MASK_OFFSET, sizeBytes - MASK_OFFSET);
        if (maskSize == 0) {
            return false;
        }
        int headerSize = MASK_OFFSET + maskSize;
        header.data(index + headerSize, sizeBytes - headerSize);
        long ssrc = payload.getUnsignedInt(index + SSRC_OFFSET);
        int base = payload.getUnsignedShort(index + BASE_OFFSET);
        return readMask(payload, index + MASK_OFFSET, maskSize, ssrc, base, header)
                && header.packetCount() > 0;
    }

    /** 0 when no K bit ends the mask within the payload. */
    private static int maskSizeBytes(ByteBuf payload, int index, int available) {
        if ((payload.getShort(index) & FIRST_K) != 0) {
            return SHORT_MASK_SIZE_BYTES;
        }
        if (available < LONG_MASK_SIZE_BYTES) {
            return 0;
        }
        if (payload.getInt(index + SHORT_MASK_SIZE_BYTES) < 0) {
            return LONG_MASK_SIZE_BYTES;
        }
        return available >= LONGEST_MASK_SIZE_BYTES
                        && payload.getLong(index + LONG_MASK_SIZE_BYTES) < 0
                ? LONGEST_MASK_SIZE_BYTES
                : 0;
    }

    private static boolean readMask(
            ByteBuf payload, int index, int maskSize, long ssrc, int base, FecHeader header) {
        long first = (long) payload.getUnsignedShort(index) << (Long.SIZE - SHORT_MASK_BITS);
        long second =
                maskSize < LONG_MASK_SIZE_BYTES
                        ? 0
                        : payload.getUnsignedInt(index + SHORT_MASK_SIZE_BYTES) << 33;
        long third =
                maskSize < LONGEST_MASK_SIZE_BYTES
                        ? 0
                        : payload.getLong(index + LONG_MASK_SIZE_BYTES) << 1;
        return header.protectMasked(ssrc, base, first)
                && header.protectMasked(ssrc, base + SHORT_MASK_BITS, second)
                && header.protectMasked(ssrc, base + LONG_MASK_BITS, third);
    }

    static int headerSizeBytes(long mask) {
        if (mask << SHORT_MASK_BITS == 0) {
            return MASK_OFFSET + SHORT_MASK_SIZE_BYTES;
        }
        return mask << LONG_MASK_BITS == 0
                ? MASK_OFFSET + LONG_MASK_SIZE_BYTES
                : MASK_OFFSET + LONGEST_MASK_SIZE_BYTES;
    }

    static void writeHeader(ByteBuf out, XorBlock block, long ssrc, int base, long mask) {
        out.writeShort(block.flags());
        out.writeShort(block.length());
        out.writeInt(block.timestamp());
        out.writeByte(1);
        out.writeMedium(0);
        out.writeInt((int) ssrc);
        out.writeShort(base);
        int size = headerSizeBytes(mask) - MASK_OFFSET;
        int first = (int) (mask >>> (Long.SIZE - SHORT_MASK_BITS));
        out.writeShort(size == SHORT_MASK_SIZE_BYTES ? first | FIRST_K : first);
        if (size >= LONG_MASK_SIZE_BYTES) {
            int second = (int) ((mask << SHORT_MASK_BITS) >>> 33);
            out.writeInt(size == LONG_MASK_SIZE_BYTES ? second | SECOND_K : second);
        }
        if (size == LONGEST_MASK_SIZE_BYTES) {
            out.writeLong(((mask << LONG_MASK_BITS) >>> 1) | Long.MIN_VALUE);
        }
    }
}
