package dev.sluice.media.bwe;

import java.util.Arrays;

/**
 * The last spans of sending with what was lost of them, as the loss-based controller looks at them:
 * each at least 250 ms long, the latest 15, younger ones weighing more.
 */
final class LossObservations {

    static final int WINDOW = 15;

    static final long MIN_DURATION_NANOS = 250_000_000;

    private static final double WEIGHT_FACTOR = 0.9;

    /** Before so many there is no telling an outlier. */
    private static final int MIN_COUNT_FOR_OUTLIERS = 4;

    /** A span sent at so many times the median rate is a real attempt, not an outlier. */
    private static final double SURGE_FACTOR = 2;

    private static final double BITS_PER_BYTE = 8;

    private final double[] weights = new double[WINDOW];
    private final double[] sizesKilobytes = new double[WINDOW];
    private final double[] lostKilobytes = new double[WINDOW];
    private final double[] ratesBps = new double[WINDOW];
    private final double[] sortedBps = new double[WINDOW];
    private long count;
    private int latest = -1;
    private boolean hasStarted;
    private long lastSentNanos;
    private long partialBytes;
    private long partialLostBytes;
    private double lossRatio;

    LossObservations() {
        for (int age = 0; age < WINDOW; age++) {
            weights[age] = Math.pow(WEIGHT_FACTOR, age);
        }
    }

    /** Observations completed since the start. */
    long count() {
        return count;
    }

    /** How many are kept; ages run from 0, the latest, to below it. */
    int kept() {
        return (int) Math.min(count, WINDOW);
    }

    double weight(int age) {
        return weights[age];
    }

    double lostKilobytes(int age) {
        return lostKilobytes[slot(age)];
    }

    double receivedKilobytes(int age) {
        return sizesKilobytes[slot(age)] - lostKilobytes[slot(age)];
    }

    double sizeKilobytes(int age) {
        return sizesKilobytes[slot(age)];
    }

    /** The rate at which it was sent. */
    double rateBps(int age) {
        return ratesBps[slot(age)];
    }

    /** The share of bytes lost over the window, without its best and worst observation. */
    double lossRatio() {
        return lossRatio;
    }

    /** When the last packet of the latest observation was sent. */
    long lastSentNanos() {
        return lastSentNanos;
    }

    /** Adds what a feedback says; true when that completes an observation. */
    boolean onResults(PacketResults results) {
        if (results.size() == 0) {
            return false;
        }
        long latestNanos = addToPartial(results);
        long durationNanos = latestNanos - lastSentNanos;
        if (durationNanos < MIN_DURATION_NANOS) {
            return false;
        }
        complete(durationNanos);
        lastSentNanos = latestNanos;
        return true;
    }

    private long addToPartial(PacketResults results) {
        long earliest = Long.MAX_VALUE;
        long latest = Long.MIN_VALUE;
        for (int i = 0; i < results.size(); i++) {
            earliest = Math.min(earliest, results.sentNanos(i));
            latest = Math.max(latest, results.sentNanos(i));
            count(results, i);
        }
        if (!hasStarted) {
            hasStarted = true;
            lastSentNanos = earliest;
        }
        return latest;
    }

    /** A packet that came after all was counted when it was reported lost. */
    private void count(PacketResults results, int index) {
        int bytes = results.sizeBytes(index);
        if (results.isCorrection(index)) {
            partialLostBytes = Math.max(0, partialLostBytes - bytes);
            return;
        }
        partialBytes += bytes;
        if (!results.isReceived(index)) {
            partialLostBytes += bytes;
        }
    }

    private void complete(long durationNanos) {
        count++;
        latest = (latest + 1) % WINDOW;
        sizesKilobytes[latest] = partialBytes / 1e3;
        lostKilobytes[latest] = Math.min(partialLostBytes, partialBytes) / 1e3;
        ratesBps[latest] = partialBytes * BITS_PER_BYTE * 1e9 / durationNanos;
        partialBytes = 0;
        partialLostBytes = 0;
        lossRatio = averageLossRatio();
    }

    private double averageLossRatio() {
        double total = 0;
        double lost = 0;
        int worst = 0;
        int best = 0;
        for (int age = 0; age < kept(); age++) {
            total += weights[age] * sizeKilobytes(age);
            lost += weights[age] * lostKilobytes(age);
            worst = lossRatio(age) > lossRatio(worst) ? age : worst;
            best = lossRatio(age) < lossRatio(best) ? age : best;
        }
        if (count >= MIN_COUNT_FOR_OUTLIERS
                && best != worst
                && rateBps(worst) < SURGE_FACTOR * medianRateBps()) {
            total -= weights[worst] * sizeKilobytes(worst) + weights[best] * sizeKilobytes(best);
            lost -= weights[worst] * lostKilobytes(worst) + weights[best] * lostKilobytes(best);
        }
        return total > 0 ? Math.clamp(lost / total, 0, 1) : 0;
    }

    private double lossRatio(int age) {
        return sizeKilobytes(age) > 0 ? lostKilobytes(age) / sizeKilobytes(age) : 0;
    }

    private double medianRateBps() {
        int kept = kept();
        System.arraycopy(ratesBps, 0, sortedBps, 0, kept);
        Arrays.sort(sortedBps, 0, kept);
        return (sortedBps[(kept - 1) / 2] + sortedBps[kept / 2]) / 2;
    }

    private int slot(int age) {
        int slot = latest - age;
        return slot < 0 ? slot + WINDOW : slot;
    }
}
