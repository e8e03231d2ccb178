package dev.sluice.media.rtp.dependency;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Reads numbers of any width from the highest bit on (appendix A.4.1). Behind the end it gives
 * zeros and remembers that; the caller asks once with {@link #hasOverrun}.
 */
final class BitReader {

    private ByteBuf buffer = Unpooled.EMPTY_BUFFER;
    private int index;
    private int sizeBits;
    private int position;

    void wrap(ByteBuf source, int from, int sizeBytes) {
        buffer = source;
        index = from;
        sizeBits = Byte.SIZE * sizeBytes;
        position = 0;
    }

    void release() {
        buffer = Unpooled.EMPTY_BUFFER;
        sizeBits = 0;
    }

    /** {@code f(n)} with n from 0 to 32, the result unsigned in the low bits. */
    int read(int bits) {
        int value = 0;
        for (int i = 0; i < bits; i++) {
            value = (value << 1) | bit(position + i);
        }
        position += bits;
        return value;
    }

    boolean readFlag() {
        return read(1) == 1;
    }

    /**
     * {@code ns(n)}: one of {@code count} values, 0 to {@code count - 1}; the lower ones take one
     * bit less where the count is no power of two.
     *
     * @param count at least 1
     */
    int readNonSymmetric(int count) {
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(count);
        int shortCodes = (1 << bits) - count;
        int value = read(bits - 1);
        return value < shortCodes ? value : (value << 1) - shortCodes + read(1);
    }

    /** How many bits were read. */
    int position() {
        return position;
    }

    /** Whether more was read than there was. */
    boolean hasOverrun() {
        return position > sizeBits;
    }

    private int bit(int at) {
        if (at >= sizeBits) {
            return 0;
        }
        return (buffer.getByte(index + at / Byte.SIZE) >> (7 - at % Byte.SIZE)) & 1;
    }
}
