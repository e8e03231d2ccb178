package dev.sluice.media.rtp;

import io.netty.buffer.ByteBuf;

/**
 * Extension elements with a one-byte head, RFC 8285 section 4.2.
 *
 * <pre>
 *    0 1 2 3 4 5 6 7
 *   +-+-+-+-+-+-+-+-+------------------
 *   |  ID   |  len  | len + 1 bytes of data
 *   +-+-+-+-+-+-+-+-+------------------
 * </pre>
 */
final class OneByteElements {

    static final int MAX_ID = 14;
    static final int MAX_SIZE_BYTES = 16;

    private static final int STOP_ID = 15;

    private OneByteElements() {}

    /**
     * The absolute index of the first head at or behind {@code at}, or -1. Zero bytes are padding;
     * id 15, id 0 with a length, and an element that would pass the end stop the search.
     */
    static int next(ByteBuf buffer, int at, int end) {
        int index = at;
        while (index < end && buffer.getByte(index) == 0) {
            index++;
        }
        if (index >= end) {
            return -1;
        }
        int head = buffer.getUnsignedByte(index);
        int id = head >>> 4;
        boolean fits = index + 2 + (head & 0x0F) <= end;
        return fits && id != 0 && id != STOP_ID ? index : -1;
    }
}
