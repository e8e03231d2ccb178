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

    private static final int LONGS = 2;
    private static final int NUMBER = 0;

    /** A bit for each layer: the forwarded ones in the upper half, the seen ones in the lower. */
    private static final int LAYERS = 1;

    private static final int FORWARDED_SHIFT = 32;
    private static final long[] NO_FRAMES = {};

    /** Made with the first frame: most streams name no frames. */
    private long[] frames = NO_FRAMES;

    void clear() {
        Arrays.fill(frames, 0);
    }

    /**
     * What became of a frame.
     *
     * @param layer 0 to 31
     */
    Fate of(long number, int layer) {
        int at = at(number);
        if (frames.length == 0 || frames[at + NUMBER] != number) {
            return Fate.UNKNOWN;
        }
        long layers = frames[at + LAYERS] >>> layer;
        if ((layers & 1) == 0) {
            return Fate.UNKNOWN;
        }
        return (layers >>> FORWARDED_SHIFT & 1) == 0 ? Fate.DROPPED : Fate.FORWARDED;
    }

    void record(long number, int layer, boolean isForwarded) {
        if (frames.length == 0) {
            frames = new long[LONGS * CAPACITY];
        }
        int at = at(number);
        if (frames[at + NUMBER] != number) {
            frames[at + NUMBER] = number;
            frames[at + LAYERS] = 0;
        }
        frames[at + LAYERS] |= 1L << layer | (isForwarded ? 1L << (layer + FORWARDED_SHIFT) : 0);
    }

    private static int at(long number) {
        return LONGS * ((int) number & CAPACITY - 1);
    }
}
