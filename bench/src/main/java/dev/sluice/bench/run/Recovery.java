package dev.sluice.bench.run;

import java.util.ArrayList;
import java.util.List;

/** What viewers received over time, and how long it took to be as before a disturbance. */
final class Recovery {

    /** As before: but for the rate's own ups and downs within a second. */
    private static final double SHARE = 0.9;

    private static final double NANOS_PER_SECOND = 1e9;

    private record Moment(long nanos, double packetsPerSecond) {}

    private final List<Moment> moments = new ArrayList<>();

    /** A figure of the second that ends now. */
    synchronized void add(long nowNanos, double packetsPerSecond) {
        moments.add(new Moment(nowNanos, packetsPerSecond));
    }

    /** The median rate between two moments. */
    synchronized double usual(long fromNanos, long toNanos) {
        return Spread.of(
                        moments.stream()
                                .filter(one -> one.nanos() >= fromNanos && one.nanos() <= toNanos)
                                .mapToDouble(Moment::packetsPerSecond))
                .median();
    }

    /** The least rate between two moments. */
    synchronized double least(long fromNanos, long toNanos) {
        return Spread.of(
                        moments.stream()
                                .filter(one -> one.nanos() >= fromNanos && one.nanos() <= toNanos)
                                .mapToDouble(Moment::packetsPerSecond))
                .least();
    }

    /**
     * Seconds from the end of the disturbance to the end of the first second that is as before; not
     * a number when there was none.
     */
    synchronized double seconds(double usual, long endNanos) {
        return moments.stream()
                .filter(one -> one.nanos() > endNanos)
                .filter(one -> one.packetsPerSecond() >= SHARE * usual)
                .mapToDouble(one -> (one.nanos() - endNanos) / NANOS_PER_SECOND)
                .findFirst()
                .orElse(Double.NaN);
    }
}
