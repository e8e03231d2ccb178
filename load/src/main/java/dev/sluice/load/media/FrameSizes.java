package dev.sluice.load.media;

import java.util.random.RandomGenerator;

/**
 * How large the frames of a video are: key frames are several times as large as others, sizes vary,
 * and the mean over some seconds is the rate, however many key frames there are.
 */
public final class FrameSizes {

    /** What a key frame has of the bytes that a frame has on average, at most. */
    static final int KEY_FRAME_FACTOR = 8;

    /** A frame with all headers and a stamp, whatever the rate. */
    static final int MIN_FRAME_BYTES = 128;

    private static final double LEAST_SHARE = 0.3;
    private static final double MOST_SHARE = 1.6;

    /** The standard deviation of frame sizes, as a share of the mean. */
    private static final double VARIATION = 0.2;

    private static final double MOST_DEVIATIONS = 2.5;

    /** In how many seconds a key frame's bytes are saved again by the frames after it. */
    private static final int SAVING_SECONDS = 2;

    private static final int BITS_PER_BYTE = 8;

    private final RandomGenerator random;
    private final double meanBytes;
    private final int savingFrames;

    /** What the frames after it can save at most. */
    private final double mostSavedBytes;

    private double balanceBytes;

    /**
     * @param rateBps of the frames' bytes; packet headers come on top
     * @param framesPerSecond 1 to 240
     */
    public FrameSizes(RandomGenerator random, long rateBps, int framesPerSecond) {
        this.random = random;
        this.meanBytes = (double) rateBps / BITS_PER_BYTE / framesPerSecond;
        this.savingFrames = SAVING_SECONDS * framesPerSecond;
        this.mostSavedBytes = (1 - LEAST_SHARE) * meanBytes * savingFrames;
    }

    /** The size of the next frame in bytes. */
    public int next(boolean isKeyFrame) {
        double deviations = Math.clamp(random.nextGaussian(), -MOST_DEVIATIONS, MOST_DEVIATIONS);
        double wantedBytes = isKeyFrame ? keyBytes() : deltaBytes();
        int sizeBytes =
                Math.max(MIN_FRAME_BYTES, (int) (wantedBytes * (1 + VARIATION * deviations)));
        balanceBytes += meanBytes - sizeBytes;
        return sizeBytes;
    }

    /** Smaller where there are too few frames to save what it takes. */
    private double keyBytes() {
        double affordable = meanBytes + balanceBytes + mostSavedBytes;
        return Math.clamp(affordable, meanBytes, KEY_FRAME_FACTOR * meanBytes);
    }

    private double deltaBytes() {
        double paced = meanBytes + balanceBytes / savingFrames;
        return Math.clamp(paced, LEAST_SHARE * meanBytes, MOST_SHARE * meanBytes);
    }
}
