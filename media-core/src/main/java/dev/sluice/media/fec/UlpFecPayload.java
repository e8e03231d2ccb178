package dev.sluice.media.fec;

import io.netty.buffer.ByteBuf;

/**
 * The payload of a ULPFEC packet, RFC 5109 section 7: the FEC header, then for each level its
 * header and the exclusive or of the packets' bytes behind their fixed RTP headers.
 *
 * <pre>
 *    0                   1                   2                   3
 *    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |E|L|P|X|  CC   |M| PT recovery |            SN base            |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                          TS recovery                          |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |        length recovery        |       protection length       |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |             mask              |  mask, continued, where L = 1 |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+                               |
 *   |                                                               |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * <p>All levels are checked; only the first is of use here, because nobody sends packets that are
 * protected in part.
 */
final class UlpFecPayload {

    static final int FEC_HEADER_SIZE_BYTES = 10;
    static final int MASK_BITS = 48;

    private static final int LONG_MASK_FLAG = 0x4000;
    private static final int BASE_OFFSET = 2;
    private static final int TIMESTAMP_OFFSET = 4;
    private static final int LENGTH_OFFSET = 8;
    private static final int PROTECTION_LENGTH_SIZE_BYTES = 2;
    private static final int SHORT_MASK_SIZE_BYTES = 2;
    private static final int LONG_MASK_SIZE_BYTES = 6;

    private UlpFecPayload() {}

    static boolean read(
            ByteBuf payload, int index, int sizeBytes, long[] sources, FecHeader header) {
        header.clear();
        if (sizeBytes < FEC_HEADER_SIZE_BYTES || sources.length != 1) {
            return false;
        }
        int flags = payload.getUnsignedShort(index);
        int maskSize = (flags & LONG_MASK_FLAG) == 0 ? SHORT_MASK_SIZE_BYTES : LONG_MASK_SIZE_BYTES;
        header.recovery(
                flags,
                payload.getUnsignedShort(index + LENGTH_OFFSET),
                payload.getInt(index + TIMESTAMP_OFFSET));
        int levelSize = PROTECTION_LENGTH_SIZE_BYTES + maskSize;
        int level = index + FEC_HEADER_SIZE_BYTES;
        int end = index + sizeBytes;
        if (end - level < levelSize) {
            return false;
        }
        int base = payload.getUnsignedShort(index + BASE_OFFSET);
        long mask = mask(payload, level + PROTECTION_LENGTH_SIZE_BYTES, maskSize);
        header.data(level + levelSize, payload.getUnsignedShort(level));
        int levels = countLevels(payload, level, end, levelSize);
        header.levels(levels);
        return levels > 0 && mask != 0 && header.protectMasked(sources[0], base, mask);
    }

    private static long mask(ByteBuf payload, int index, int sizeBytes) {
        long first = (long) payload.getUnsignedShort(index) << MASK_BITS;
        return sizeBytes == SHORT_MASK_SIZE_BYTES
                ? first
                : first | (payload.getUnsignedInt(index + SHORT_MASK_SIZE_BYTES) << Short.SIZE);
    }

    /** 0 when a level is longer than the payload. */
    private static int countLevels(ByteBuf payload, int firstLevel, int end, int levelSize) {
        int levels = 0;
        int at = firstLevel;
        while (end - at >= levelSize) {
            int length = payload.getUnsignedShort(at);
            at += levelSize + length;
            if (at > end) {
                return 0;
            }
            levels++;
        }
        return levels;
    }

    static int headerSizeBytes(long mask) {
        int maskSize = isShort(mask) ? SHORT_MASK_SIZE_BYTES : LONG_MASK_SIZE_BYTES;
        return FEC_HEADER_SIZE_BYTES + PROTECTION_LENGTH_SIZE_BYTES + maskSize;
    }

    static void writeHeader(ByteBuf out, XorBlock block, int base, long mask) {
        out.writeShort(isShort(mask) ? block.flags() : block.flags() | LONG_MASK_FLAG);
        out.writeShort(base);
        out.writeInt(block.timestamp());
        out.writeShort(block.length());
        out.writeShort(block.sizeBytes());
        out.writeShort((int) (mask >>> MASK_BITS));
        if (!isShort(mask)) {
            out.writeInt((int) (mask >>> Short.SIZE));
        }
    }

    private static boolean isShort(long mask) {
        return mask << Short.SIZE == 0;
    }
}
