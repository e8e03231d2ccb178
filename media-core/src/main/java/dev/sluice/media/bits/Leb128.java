package dev.sluice.media.bits;

import io.netty.buffer.ByteBuf;

/**
 * A number of 7 bits a byte, the lowest first, AV1 specification section 4.10.5. As there, it has
 * at most 8 bytes and is below 2^32.
 *
 * <pre>
 *  0 1 2 3 4 5 6 7
 * +-+-+-+-+-+-+-+-+
 * |M|    bits     |   M: another byte follows
 * +-+-+-+-+-+-+-+-+
 * </pre>
 */
public final class Leb128 {

    private static final int MAX_BYTES = 8;
    private static final int MORE = 0x80;
    private static final int BITS = 0x7f;
    private static final int BITS_PER_BYTE = 7;
    private static final long MAX_VALUE = 0xffff_ffffL;

    private long value;
    private int next;

    /**
     * Reads a number at the absolute {@code index}.
     *
     * @return false if it does not end before {@code end}, or within the bounds above
     */
    public boolean wrap(ByteBuf buffer, int index, int end) {
        value = 0;
        for (int i = 0; i < MAX_BYTES && index + i < end; i++) {
            int bits = buffer.getByte(index + i);
            value |= (long) (bits & BITS) << (i * BITS_PER_BYTE);
            if ((bits & MORE) == 0) {
                next = index + i + 1;
                return value <= MAX_VALUE;
            }
        }
        return false;
    }

    /** The number, below 2^32. */
    public long value() {
        return value;
    }

    /** The absolute index after the number. */
    public int next() {
        return next;
    }

    /** The fewest bytes that a number of 0 or more takes, 1 to 5. */
    public static int sizeBytes(int value) {
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(value | 1);
        return Math.ceilDiv(bits, BITS_PER_BYTE);
    }

    /** Appends a number of 0 or more in the fewest bytes. */
    public static void write(ByteBuf out, int value) {
        int rest = value;
        while (rest >>> BITS_PER_BYTE != 0) {
            out.writeByte(MORE | (rest & BITS));
            rest >>>= BITS_PER_BYTE;
        }
        out.writeByte(rest);
    }
}
