package dev.sluice.bench.run;

import java.util.ArrayList;
import java.util.List;

/**
 * The share of what is published that viewers received over time, and how long it took to be as
 * before a disturbance.
 */
final class Recovery {

    /** As before: but for what was sent and received on either side of a second's border. */
    private static final double SHARE = 0.9;

    private static final double NANOS_PER_SECOND = 1e9;

    private record Moment(long nanos, double delivered) {}

    private final List<Moment> moments = new ArrayList<>();

    /** A figure of the second that ends now. */
    synchronized void add(long nowNanos, double delivered) {
        moments.add(new Moment(nowNanos, delivered));
    }

    /** The median share between two moments. */
    synchronized double usual(long fromNanos, long toNanos) {
        return Spread.of(
                        moments.stream()
                                .filter(one -> one.nanos() >= fromNanos && one.nanos() <= toNanos)
                                .mapToDouble(Moment::delivered))
                .median();
    }

    /** The least share between two moments. */
    synchronized double least(long fromNanos, long toNanos) {
        return Spread.of(
                        moments.stream()
                                .filter(one -> one.nanos() >= fromNanos && one.nanos() <= toNanos)
                                .mapToDouble(Moment::delivered))
                .least();
    }

    /**
     * Seconds from the end of the disturbance to the end of the first second that is as before; not
     * a number when there was none.
     */
    synchronized double seconds(double usual, long endNanos) {
        return moments.stream()
                .filter(one -> one.nanos() > endNanos)
                .filter(one -> one.delivered() >= SHARE * usual)
                .mapToDouble(one -> (one.nanos() - endNanos) / NANOS_PER_SECOND)
                .findFirst()
                .orElse(Double.NaN);
    }
}
