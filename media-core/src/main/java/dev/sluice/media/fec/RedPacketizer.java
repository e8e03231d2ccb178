package dev.sluice.media.fec;

import io.netty.buffer.ByteBuf;

/**
 * Sends each payload once more with the ones that follow it, RFC 2198: keeps copies of the last
 * payloads of a stream and writes them, oldest first, before the new one. Allocates nothing after
 * construction.
 *
 * <p>A payload that is too old (14 bits of ticks) or too long (10 bits of bytes) to be a redundant
 * block is left out, and the oldest ones are where the packet would grow too large.
 */
public final class RedPacketizer {

    /** Leaves room for the primary block. */
    public static final int MAX_REDUNDANCY = RedPayload.MAX_BLOCKS - 1;

    private static final long TIMESTAMP_MASK = 0xFFFF_FFFFL;

    private final int payloadType;
    private final int maxSizeBytes;
    private final byte[][] payloads;
    private final int[] sizes;
    private final long[] timestamps;
    private int count;

    /** Where the next payload goes; the one before it is the newest. */
    private int next;

    /**
     * @param payloadType of the blocks, 0 to 127
     * @param redundancy how many earlier payloads to send again, 1 to {@link #MAX_REDUNDANCY}
     * @param maxSizeBytes of what is written; only a primary block alone may be larger
     */
    public RedPacketizer(int payloadType, int redundancy, int maxSizeBytes) {
        if (redundancy < 1 || redundancy > MAX_REDUNDANCY) {
            throw new IllegalArgumentException(
                    "Redundancy " + redundancy + ", not 1 to " + MAX_REDUNDANCY);
        }
        this.payloadType = payloadType;
        this.maxSizeBytes = maxSizeBytes;
        payloads = new byte[redundancy][RedPayload.MAX_REDUNDANT_SIZE_BYTES];
        sizes = new int[redundancy];
        timestamps = new long[redundancy];
    }

    /**
     * Appends the payload with what precedes it, and remembers it; returns how many redundant
     * blocks it has.
     *
     * @param timestamp of the payload, unsigned 32 bits
     */
    public int packetize(
            ByteBuf out, long timestamp, ByteBuf payload, int index, int payloadSizeBytes) {
        int oldest = oldestThatFits(timestamp, payloadSizeBytes);
        int blocks = 0;
        for (int age = oldest; age >= 1; age--) {
            if (fitsAsBlock(age, timestamp)) {
                int slot = slot(age);
                int offset = (int) offset(slot, timestamp);
                RedWriter.redundantHead(out, payloadType, offset, sizes[slot]);
                blocks++;
            }
        }
        RedWriter.primaryHead(out, payloadType);
        for (int age = oldest; age >= 1; age--) {
            if (fitsAsBlock(age, timestamp)) {
                out.writeBytes(payloads[slot(age)], 0, sizes[slot(age)]);
            }
        }
        out.writeBytes(payload, index, payloadSizeBytes);
        remember(timestamp, payload, index, payloadSizeBytes);
        return blocks;
    }

    /** Forgets what was sent, as where a stream begins anew. */
    public void reset() {
        count = 0;
    }

    /** How many payloads back the packet's size lets the redundancy reach. */
    private int oldestThatFits(long timestamp, int payloadSizeBytes) {
        int size = RedPayload.PRIMARY_HEAD_SIZE_BYTES + payloadSizeBytes;
        for (int age = 1; age <= count; age++) {
            if (fitsAsBlock(age, timestamp)) {
                size += RedPayload.REDUNDANT_HEAD_SIZE_BYTES + sizes[slot(age)];
            }
            if (size > maxSizeBytes) {
                return age - 1;
            }
        }
        return count;
    }

    /** Empty payloads are not worth a head. */
    private boolean fitsAsBlock(int age, long timestamp) {
        int slot = slot(age);
        return sizes[slot] > 0
                && sizes[slot] <= RedPayload.MAX_REDUNDANT_SIZE_BYTES
                && offset(slot, timestamp) <= RedPayload.MAX_TIMESTAMP_OFFSET;
    }

    private long offset(int slot, long timestamp) {
        return (timestamp - timestamps[slot]) & TIMESTAMP_MASK;
    }

    /**
     * @param age 1 for the newest
     */
    private int slot(int age) {
        return Math.floorMod(next - age, payloads.length);
    }

    private void remember(long timestamp, ByteBuf payload, int index, int sizeBytes) {
        sizes[next] = sizeBytes;
        timestamps[next] = timestamp;
        if (sizeBytes <= RedPayload.MAX_REDUNDANT_SIZE_BYTES) {
            payload.getBytes(index, payloads[next], 0, sizeBytes);
        }
        next = (next + 1) % payloads.length;
        count = Math.min(count + 1, payloads.length);
    }
}
