package dev.sluice.media.bits;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

/**
 * Writes what {@link BitReader} reads over bytes that are there already; or only counts the bits.
 */
public final class BitWriter {

    private @Nullable ByteBuf buffer;
    private int index;
    private int position;

    /** Writes from the absolute index on. */
    public void wrap(ByteBuf target, int at) {
        buffer = target;
        index = at;
        position = 0;
    }

    /** Counts bits and writes none. */
    public void countOnly() {
        buffer = null;
        position = 0;
    }

    public void release() {
        buffer = null;
    }

    /** {@code f(n)}: the lowest {@code bits} bits of the value, 0 to 32 of them. */
    public void write(int value, int bits) {
        for (int i = bits - 1; i >= 0; i--) {
            writeBit((value >>> i) & 1);
        }
    }

    public void writeFlag(boolean flag) {
        writeBit(flag ? 1 : 0);
    }

    /** {@code ns(n)} of a value from 0 to {@code count - 1}. */
    public void writeNonSymmetric(int value, int count) {
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(count);
        int shortCodes = (1 << bits) - count;
        if (value < shortCodes) {
            write(value, bits - 1);
        } else {
            write(value + shortCodes, bits);
        }
    }

    /** Zeros up to the next byte. */
    public void pad() {
        while (position % Byte.SIZE != 0) {
            writeBit(0);
        }
    }

    public void skip(int bits) {
        position += bits;
    }

    /** Rounded up. */
    public int sizeBytes() {
        return (position + Byte.SIZE - 1) / Byte.SIZE;
    }

    private void writeBit(int bit) {
        if (buffer != null) {
            int at = index + position / Byte.SIZE;
            int mask = 0x80 >>> (position % Byte.SIZE);
            int rest = buffer.getByte(at) & ~mask;
            buffer.setByte(at, bit == 0 ? rest : rest | mask);
        }
        position++;
    }
}
