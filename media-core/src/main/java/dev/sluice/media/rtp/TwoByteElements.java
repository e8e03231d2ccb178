package dev.sluice.media.rtp;

import io.netty.buffer.ByteBuf;

/**
 * Extension elements with a two-byte head, RFC 8285 section 4.3.
 *
 * <pre>
 *    0                   1
 *    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+------------------
 *   |       ID      |    length     | length bytes of data
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+------------------
 * </pre>
 */
final class TwoByteElements {

    static final int MAX_ID = 255;
    static final int MAX_SIZE_BYTES = 255;

    private TwoByteElements() {}

    /**
     * The absolute index of the first head at or behind {@code at}, or -1. Zero ids are padding; an
     * element that would pass the end stops the search.
     */
    static int next(ByteBuf buffer, int at, int end) {
        int index = at;
        while (index < end && buffer.getByte(index) == 0) {
            index++;
        }
        if (index + 1 >= end || index + 2 + buffer.getUnsignedByte(index + 1) > end) {
            return -1;
        }
        return index;
    }
}
