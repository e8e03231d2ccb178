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
     * The absolute index of the data with this id, or -1. An element that would pass the block's
     * end ends the search.
     */
    static int find(ByteBuf buffer, int index, int sizeBytes, int id) {
        int end = index + sizeBytes;
        int at = index;
        while (at < end) {
            int head = buffer.getUnsignedByte(at);
            int elementId = head >>> 4;
            if (head == 0) {
                at++; // one byte of padding
                continue;
            }
            int next = at + 2 + (head & 0x0F);
            if (elementId == 0 || elementId == STOP_ID || next > end) {
                return -1;
            }
            if (elementId == id) {
                return at + 1;
            }
            at = next;
        }
        return -1;
    }
}
