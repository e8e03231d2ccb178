package dev.sluice.load.count;

import java.util.random.RandomGenerator;

/** Drops a share of what a client receives, each packet by itself. */
public final class InjectedLoss {

    private static final double PERCENT = 100;

    private final double share;
    private final RandomGenerator random;
    private long dropped;

    /**
     * @param percent 0 to 100
     */
    public InjectedLoss(double percent, RandomGenerator random) {
        this.share = percent / PERCENT;
        this.random = random;
    }

    /** Whether the packet that came now is to be lost. */
    public boolean drops() {
        boolean drops = share > 0 && random.nextDouble() < share;
        if (drops) {
            dropped++;
        }
        return drops;
    }

    /** Packets that were lost so. */
    public long dropped() {
        return dropped;
    }
}
