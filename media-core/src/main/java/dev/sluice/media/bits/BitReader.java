package dev.sluice.media.bits;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Reads bits, the most significant first. Past the end all bits read as 0 and {@link #overrun}
 * tells it. Reusable; allocates nothing.
 */
public final class BitReader {

    private ByteBuf buffer = Unpooled.EMPTY_BUFFER;
    private long begin;
    private long next;
    private long end;

    /** Begins at the absolute byte {@code index}; the buffer is borrowed until {@link #release}. */
    public void wrap(ByteBuf bytes, int index, int lengthBytes) {
        buffer = bytes;
        begin = (long) index * Byte.SIZE;
        next = begin;
        end = begin + (long) lengthBytes * Byte.SIZE;
    }

    /** Lets go of the buffer. */
    public void release() {
        wrap(Unpooled.EMPTY_BUFFER, 0, 0);
    }

    /** Whether more was read or skipped than there is. */
    public boolean overrun() {
        return next > end;
    }

    /** How many bits were read and skipped. */
    public long position() {
        return next - begin;
    }

    /** The next bit, 0 or 1. */
    public int bit() {
        long at = next++;
        if (at >= end) {
            return 0;
        }
        int shift = Byte.SIZE - 1 - (int) (at % Byte.SIZE);
        return buffer.getByte((int) (at / Byte.SIZE)) >> shift & 1;
    }

    /** Whether the next bit is 1. */
    public boolean flag() {
        return bit() == 1;
    }

    /** {@code f(n)} with a count from 0 to 32: unsigned, so 32 bits need a mask. */
    public int bits(int count) {
        int value = 0;
        for (int i = 0; i < count; i++) {
            value = value << 1 | bit();
        }
        return value;
    }

    /**
     * {@code ns(n)} of the AV1 specification, section 4.10.7: one of {@code count} values, 0 to
     * {@code count - 1}; the lower ones take one bit less where the count is no power of two.
     *
     * @param count at least 1
     */
    public int nonSymmetric(int count) {
        int width = Integer.SIZE - Integer.numberOfLeadingZeros(count);
        int shortCodes = (1 << width) - count;
        int value = bits(width - 1);
        return value < shortCodes ? value : (value << 1) - shortCodes + bit();
    }

    /** Steps over {@code count} bits. */
    public void skip(int count) {
        next += count;
    }
}
