package dev.sluice.media.fec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * A reusable view of a payload with redundant data, RFC 2198 section 3: the heads of all blocks,
 * then their data in the same order. The last block is the primary one.
 *
 * <pre>
 *    0                   1                   2                   3
 *    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |1|   block PT  |     timestamp offset      |   block length    |  redundant
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |0|   block PT  |                                                  primary
 *   +-+-+-+-+-+-+-+-+
 * </pre>
 */
public final class RedPayload {

    /** More blocks than any sender has reason for; a payload with more is refused. */
    public static final int MAX_BLOCKS = 32;

    /** 14 bits, in ticks of the RTP timestamp. */
    public static final int MAX_TIMESTAMP_OFFSET = 0x3FFF;

    /** 10 bits; the primary block has no such bound. */
    public static final int MAX_REDUNDANT_SIZE_BYTES = 0x3FF;

    static final int REDUNDANT_HEAD_SIZE_BYTES = 4;
    static final int PRIMARY_HEAD_SIZE_BYTES = 1;
    static final int FOLLOW_BIT = 0x80;
    static final int TYPE_MASK = 0x7F;
    static final int LENGTH_BITS = 10;

    private final int[] heads = new int[MAX_BLOCKS];
    private final int[] indexes = new int[MAX_BLOCKS];
    private final int[] sizes = new int[MAX_BLOCKS];
    private ByteBuf buffer = Unpooled.EMPTY_BUFFER;
    private int blockCount;

    /** Looks at a payload; after false the view is empty. */
    public boolean wrap(ByteBuf payload, int index, int sizeBytes) {
        clear();
        int end = index + sizeBytes;
        int dataIndex = readHeads(payload, index, end);
        if (dataIndex < 0 || !placeBlocks(dataIndex, end)) {
            clear();
            return false;
        }
        buffer = payload;
        return true;
    }

    /** The index behind the heads, or -1 when they do not end well. */
    private int readHeads(ByteBuf payload, int index, int end) {
        int at = index;
        while (at < end && blockCount < MAX_BLOCKS) {
            if ((payload.getByte(at) & FOLLOW_BIT) == 0) {
                heads[blockCount++] = payload.getByte(at) << (Integer.SIZE - Byte.SIZE);
                return at + PRIMARY_HEAD_SIZE_BYTES;
            }
            if (end - at < REDUNDANT_HEAD_SIZE_BYTES) {
                return -1;
            }
            heads[blockCount++] = payload.getInt(at);
            at += REDUNDANT_HEAD_SIZE_BYTES;
        }
        return -1;
    }

    private boolean placeBlocks(int dataIndex, int end) {
        int at = dataIndex;
        for (int block = 0; block < blockCount; block++) {
            boolean primary = block == blockCount - 1;
            int size = primary ? end - at : heads[block] & MAX_REDUNDANT_SIZE_BYTES;
            if (size < 0 || size > end - at) {
                return false;
            }
            indexes[block] = at;
            sizes[block] = size;
            at += size;
        }
        return true;
    }

    /** Lets go of the buffer. */
    public void clear() {
        buffer = Unpooled.EMPTY_BUFFER;
        blockCount = 0;
    }

    /** The borrowed buffer, valid as long as its owner keeps it. */
    public ByteBuf buffer() {
        return buffer;
    }

    /** With the primary one, which is the last: at least 1, at most {@link #MAX_BLOCKS}. */
    public int blockCount() {
        return blockCount;
    }

    /** 0 to 127. */
    public int payloadType(int block) {
        return (heads[checked(block)] >>> (Integer.SIZE - Byte.SIZE)) & TYPE_MASK;
    }

    /**
     * How many ticks the block is older than the packet's timestamp, 0 to {@link
     * #MAX_TIMESTAMP_OFFSET}; 0 for the primary one.
     */
    public int timestampOffset(int block) {
        return (heads[checked(block)] >>> LENGTH_BITS) & MAX_TIMESTAMP_OFFSET;
    }

    /** The absolute index of the block's data. */
    public int index(int block) {
        return indexes[checked(block)];
    }

    /** 0 is possible. */
    public int sizeBytes(int block) {
        return sizes[checked(block)];
    }

    private int checked(int block) {
        if (block < 0 || block >= blockCount) {
            throw new IndexOutOfBoundsException("Block " + block + " of " + blockCount);
        }
        return block;
    }
}
