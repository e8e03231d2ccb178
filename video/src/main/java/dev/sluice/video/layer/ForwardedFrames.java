package dev.sluice.video.layer;

import java.util.Arrays;

/** Which of the latest frames a viewer was given: by picture or frame number, and spatial layer. */
final class ForwardedFrames {

    enum Fate {
        /** No packet of it came, or it is too long ago. */
        UNKNOWN,
        FORWARDED,
        DROPPED
    }

    /** More than the pictures that a VP9 frame can refer back to, 127. */
    private static final int CAPACITY = 256;

    private final long[] numbers = new long[CAPACITY];
    private final int[] seen = new int[CAPACITY];
    private final int[] forwarded = new int[CAPACITY];

    ForwardedFrames() {
        clear();
    }

    void clear() {
        Arrays.fill(numbers, -1);
    }

    /**
     * What became of a frame.
     *
     * @param layer 0 to 31
     */
    Fate of(long number, int layer) {
        int slot = slot(number);
        if (numbers[slot] != number || (seen[slot] >>> layer & 1) == 0) {
            return Fate.UNKNOWN;
        }
        return (forwarded[slot] >>> layer & 1) == 0 ? Fate.DROPPED : Fate.FORWARDED;
    }

    void record(long number, int layer, boolean isForwarded) {
        int slot = slot(number);
        if (numbers[slot] != number) {
            numbers[slot] = number;
            seen[slot] = 0;
            forwarded[slot] = 0;
        }
        seen[slot] |= 1 << layer;
        forwarded[slot] |= isForwarded ? 1 << layer : 0;
    }

    private static int slot(long number) {
        return (int) number & CAPACITY - 1;
    }
}
