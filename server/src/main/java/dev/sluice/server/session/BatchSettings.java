package dev.sluice.server.session;

/**
 * How packets to one viewer that leave at the same time are handed to the kernel.
 *
 * @param maxSegments the most packets of one size that go as one segmented send, 1 to 64; 1 is none
 * @param equalize whether video packets that differ by a few bytes are padded to one size for that
 */
public record BatchSettings(int maxSegments, boolean equalize) {

    /** What the kernel takes at most (UDP_MAX_SEGMENTS). */
    public static final int MAX_SEGMENTS = 64;

    /**
     * @throws IllegalArgumentException when the segments are out of range
     */
    public BatchSettings {
        if (maxSegments < 1 || maxSegments > MAX_SEGMENTS) {
            throw new IllegalArgumentException(
                    "maxSegments is " + maxSegments + ", expected 1 to " + MAX_SEGMENTS);
        }
    }
}
