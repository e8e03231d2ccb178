package dev.sluice.bench.rmcat;

import java.util.Random;

/**
 * A live video encoder that follows a target rate: the statistical model of RFC 8593 section 5.
 *
 * <p>In steady state the sizes of frames and the intervals between them vary by Laplacian
 * distributions around their means. A new rate is taken over after the encoder's latency; a large
 * change begins a transient phase with a key frame, whose size is compensated by the frames after
 * it.
 */
final class VideoSource {

    /** What varies from test case to test case; RFC 8593 has 150 kbit/s to 1.5 Mbit/s. */
    record Range(long minBps, long maxBps) {}

    /** RFC 8593 table 1: FPS. */
    private static final double FRAMES_PER_SECOND = 30;

    /** RFC 8593 table 1: tau_v, the encoder's reaction latency. */
    private static final long REACTION_NANOS = 200_000_000;

    /** RFC 8593 table 1: K_d, the length of a transient phase in frames. */
    private static final int TRANSIENT_FRAMES = 8;

    /**
     * RFC 8593 table 1: the first frame of a transient phase has 13.5 KB where others have 4.17.
     */
    private static final double KEY_FRAME_SCALE = 13.5 / 4.17;

    /** RFC 8593 table 1: SCALE_t and SCALE_B. */
    private static final double LAPLACE_SCALE = 0.15;

    /** The variation is cut off here, so that no frame has a negative size. */
    private static final double MOST_VARIATION = 0.6;

    /** A change of the rate by more than this begins a transient phase. */
    private static final double LARGE_CHANGE = 0.5;

    private final Range range;
    private final Random random;
    private long rateBps;
    private long nextFrameNanos;
    private long nextReactionNanos;
    private int transientFramesLeft = TRANSIENT_FRAMES;

    VideoSource(Range range, long startNanos, long seed) {
        this.range = range;
        this.random = new Random(seed);
        rateBps = range.minBps();
        nextFrameNanos = startNanos;
        nextReactionNanos = startNanos;
    }

    long nextFrameNanos() {
        return nextFrameNanos;
    }

    /** Begins again with a key frame after a pause. */
    void resume(long nowNanos) {
        nextFrameNanos = nowNanos;
        transientFramesLeft = TRANSIENT_FRAMES;
    }

    long rateBps() {
        return rateBps;
    }

    /**
     * What the encoder is asked for now; it follows when its latency since the last time is over.
     */
    void target(long bps, long nowNanos) {
        if (nowNanos < nextReactionNanos) {
            return;
        }
        long wantedBps = Math.clamp(bps, range.minBps(), range.maxBps());
        if (Math.abs(wantedBps - rateBps) > LARGE_CHANGE * rateBps && transientFramesLeft == 0) {
            transientFramesLeft = TRANSIENT_FRAMES;
        }
        rateBps = wantedBps;
        nextReactionNanos = nowNanos + REACTION_NANOS;
    }

    /** The size of the frame that is due; the next one comes an interval later. */
    int nextFrameBytes() {
        nextFrameNanos += (long) (1e9 / FRAMES_PER_SECOND * (1 + variation()));
        double meanBytes = rateBps / 8.0 / FRAMES_PER_SECOND;
        return (int) Math.max(1, meanBytes * transientScale() * (1 + variation()));
    }

    private double transientScale() {
        if (transientFramesLeft == 0) {
            return 1;
        }
        boolean first = transientFramesLeft-- == TRANSIENT_FRAMES;
        return first
                ? KEY_FRAME_SCALE
                : (TRANSIENT_FRAMES - KEY_FRAME_SCALE) / (TRANSIENT_FRAMES - 1);
    }

    private double variation() {
        double uniform = random.nextDouble() - 0.5;
        double laplace =
                -LAPLACE_SCALE * Math.signum(uniform) * Math.log(1 - 2 * Math.abs(uniform));
        return Math.clamp(laplace, -MOST_VARIATION, MOST_VARIATION);
    }
}
