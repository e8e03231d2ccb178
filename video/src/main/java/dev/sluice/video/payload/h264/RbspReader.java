package dev.sluice.video.payload.h264;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Reads the bits of a NAL unit's raw byte sequence payload, H.264 sections 7.2, 7.4.1 and 9.1:
 * emulation prevention bytes are stepped over.
 *
 * <p>Past the end all bits read as 0 and {@link #overrun} tells it.
 */
final class RbspReader {

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

    void wrap(ByteBuf nal, int index, int lengthBytes) {
        buffer = nal;
        next = index;
        end = index + lengthBytes;
        zeros = 0;
        bitsLeft = 0;
        overrun = false;
    }

    /** Whether more was read than there is, or a code was too long. */
    boolean overrun() {
        return overrun;
    }

    int bit() {
        if (bitsLeft == 0) {
            loadByte();
        }
        bitsLeft--;
        return current >> bitsLeft & 1;
    }

    boolean flag() {
        return bit() == 1;
    }

    /** An unsigned number of at most 31 bits. */
    int bits(int count) {
        int value = 0;
        for (int i = 0; i < count; i++) {
            value = value << 1 | bit();
        }
        return value;
    }

    /** An unsigned Exp-Golomb code, ue(v). */
    int unsignedCode() {
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

    /** A signed Exp-Golomb code, se(v). */
    int signedCode() {
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
