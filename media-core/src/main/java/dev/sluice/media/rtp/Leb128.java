package dev.sluice.media.rtp;

import io.netty.buffer.ByteBuf;

/**
 * Unsigned numbers in groups of seven bits, the lowest first; the top bit of a byte says that more
 * follow.
 */
final class Leb128 {

    /** Five groups hold 32 bits. */
    static final int MAX_SIZE_BYTES = 5;

    private static final int MORE_BIT = 0x80;
    private static final int GROUP_MASK = 0x7F;
    private static final int GROUP_BITS = 7;

    private Leb128() {}

    /**
     * How many bytes the number at the index has, or -1 when it does not end before {@code end}.
     */
    static int sizeBytes(ByteBuf buffer, int index, int end) {
        for (int size = 1; size <= MAX_SIZE_BYTES && index + size <= end; size++) {
            if ((buffer.getByte(index + size - 1) & MORE_BIT) == 0) {
                return size;
            }
        }
        return -1;
    }

    /** The number of {@code sizeBytes} bytes, up to 35 bits. */
    static long read(ByteBuf buffer, int index, int sizeBytes) {
        long value = 0;
        for (int i = 0; i < sizeBytes; i++) {
            value |= (long) (buffer.getByte(index + i) & GROUP_MASK) << (GROUP_BITS * i);
        }
        return value;
    }

    /** Appends a number that is not negative. */
    static void write(ByteBuf out, int value) {
        int left = value;
        while (left > GROUP_MASK) {
            out.writeByte(MORE_BIT | (left & GROUP_MASK));
            left >>>= GROUP_BITS;
        }
        out.writeByte(left);
    }
}
