package dev.sluice.video.payload.nal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Reads the bits of a NAL unit's raw byte sequence payload, H.264 sections 7.2, 7.4.1 and 9.1,
 * H.265 sections 7.2, 7.4.2 and 9.2: emulation prevention bytes are stepped over.
 *
 * <p>Past the end all bits read as 0 and {@link #overrun} tells it.
 */
public final class RbspReader {

    private static final int EMULATION_PREVENTION = 0x03;

    /** The longest Exp-Golomb prefix of a value that fits 31 bits. */
    private static final int MAX_LEADING_ZEROS = 30;

    private ByteBuf buffer = Unpooled.EMPTY_BUFFER;
    private int next;
    private int end;
    private int zeros;
    private int current;
    private int bitsLeft;
    private boolean overrun;

    /** Begins with the {@code lengthBytes} bytes at the absolute {@code index}; borrowed. */
    public void wrap(ByteBuf nal, int index, int lengthBytes) {
        buffer = nal;
        next = index;
        end = index + lengthBytes;
        zeros = 0;
        bitsLeft = 0;
        overrun = false;
    }

    /** Whether more was read than there is, or a code was too long. */
    public boolean overrun() {
        return overrun;
    }

    /** The next bit, 0 or 1. */
    public int bit() {
        if (bitsLeft == 0) {
            loadByte();
        }
        bitsLeft--;
        return current >> bitsLeft & 1;
    }

    /** Whether the next bit is 1. */
    public boolean flag() {
        return bit() == 1;
    }

    /** An unsigned number of at most 31 bits. */
    public int bits(int count) {
        int value = 0;
        for (int i = 0; i < count; i++) {
            value = value << 1 | bit();
        }
        return value;
    }

    /** An unsigned number of 32 bits, u(32). */
    public long unsigned32() {
        return (long) bits(16) << 16 | bits(16);
    }

    /** Steps over {@code count} bits. */
    public void skip(int count) {
        for (int i = 0; i < count; i++) {
            bit();
        }
    }

    /** An unsigned Exp-Golomb code, ue(v), below 2^31 - 1. */
    public int unsignedCode() {
        int leadingZeros = 0;
        while (leadingZeros <= MAX_LEADING_ZEROS && bit() == 0) {
            leadingZeros++;
        }
        if (leadingZeros > MAX_LEADING_ZEROS) {
            overrun = true;
            return 0;
        }
        return (1 << leadingZeros) - 1 + bits(leadingZeros);
    }

    /** Steps over an Exp-Golomb code of any value, up to 2^32 - 2. */
    public void skipCode() {
        int leadingZeros = 0;
        while (leadingZeros < Integer.SIZE && bit() == 0) {
            leadingZeros++;
        }
        skip(leadingZeros);
    }

    /** A signed Exp-Golomb code, se(v). */
    public int signedCode() {
        int code = unsignedCode();
        int magnitude = (code >> 1) + (code & 1);
        return (code & 1) == 1 ? magnitude : -magnitude;
    }

    private void loadByte() {
        if (zeros >= 2 && next < end && buffer.getByte(next) == EMULATION_PREVENTION) {
            next++;
            zeros = 0;
        }
        overrun |= next >= end;
        current = next < end ? buffer.getUnsignedByte(next) : 0;
        zeros = current == 0 ? zeros + 1 : 0;
        next++;
        bitsLeft = Byte.SIZE;
    }
}
