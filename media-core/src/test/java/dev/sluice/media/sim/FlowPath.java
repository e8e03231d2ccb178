package dev.sluice.media.sim;

import java.util.Random;

/**
 * What the packets of one flow meet behind a {@link SharedBottleneck}: loss, delay and jitter that
 * keep their order.
 *
 * <p>The jitter is that of RFC 8868 section 4.5: bounded, without reordering, of a Gaussian
 * distribution cut off at three standard deviations. It is added to the delay, from 0 up to its
 * bound.
 */
public final class FlowPath {

    private static final double DEVIATIONS = 3;

    private final long delayNanos;
    private final long maxJitterNanos;
    private final double lossRatio;
    private final Random random;
    private long lastArrivalNanos = Long.MIN_VALUE;

    /**
     * @param delayNanos from leaving the bottleneck to arrival
     * @param maxJitterNanos the most that is added to it; the mean is half of that
     * @param lossRatio of packets that vanish, 0 to 1
     */
    public FlowPath(long delayNanos, long maxJitterNanos, double lossRatio, long seed) {
        this.delayNanos = delayNanos;
        this.maxJitterNanos = maxJitterNanos;
        this.lossRatio = lossRatio;
        this.random = new Random(seed);
    }

    boolean loses() {
        return random.nextDouble() < lossRatio;
    }

    long arrivalNanos(long leftNanos) {
        double deviation = Math.clamp(random.nextGaussian(), -DEVIATIONS, DEVIATIONS);
        double share = 0.5 + deviation / (2 * DEVIATIONS);
        long arrivalNanos = leftNanos + delayNanos + (long) (share * maxJitterNanos);
        lastArrivalNanos = Math.max(lastArrivalNanos, arrivalNanos);
        return lastArrivalNanos;
    }
}
