package dev.sluice.video.payload;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Reads bits, the most significant first. Past the end all bits read as 0 and {@link #overrun}
 * tells it.
 */
public final class BitReader {

    private ByteBuf buffer = Unpooled.EMPTY_BUFFER;
    private long next;
    private long end;

    /** Begins at the absolute byte {@code index}. */
    public void wrap(ByteBuf bytes, int index, int lengthBytes) {
        buffer = bytes;
        next = (long) index * Byte.SIZE;
        end = next + (long) lengthBytes * Byte.SIZE;
    }

    /** Whether more was read or skipped than there is. */
    public boolean overrun() {
        return next > end;
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

    /** An unsigned number of {@code count} bits, at most 31. */
    public int bits(int count) {
        int value = 0;
        for (int i = 0; i < count; i++) {
            value = value << 1 | bit();
        }
        return value;
    }

    /** Steps over {@code count} bits. */
    public void skip(int count) {
        next += count;
    }
}
