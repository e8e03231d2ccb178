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
     * The absolute index of the data with this id, or -1. An element that would pass the block's
     * end ends the search.
     */
    static int find(ByteBuf buffer, int index, int sizeBytes, int id) {
        int end = index + sizeBytes;
        int at = index;
        while (at + 1 < end) {
            int elementId = buffer.getUnsignedByte(at);
            if (elementId == 0) {
                at++; // one byte of padding
                continue;
            }
            int next = at + 2 + buffer.getUnsignedByte(at + 1);
            if (next > end) {
                return -1;
            }
            if (elementId == id) {
                return at + 2;
            }
            at = next;
        }
        return -1;
    }
}
