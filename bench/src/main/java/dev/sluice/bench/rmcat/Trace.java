package dev.sluice.bench.rmcat;

import java.util.Arrays;

/** What happened to one flow, in bins of {@link #BIN_NANOS}. Times start at 0. */
final class Trace {

    static final long BIN_NANOS = 100_000_000;

    private static final double NANOS_PER_SECOND = 1e9;

    private final String name;
    private final long[] sentPackets;
    private final long[] lostPackets;
    private final long[] receivedBytes;
    private final long[] targetBps;
    private long[] arrivalsNanos = new long[4096];
    private int[] waitsMicros = new int[4096];
    private int arrivals;

    Trace(String name, long durationNanos) {
        this.name = name;
        int bins = (int) (durationNanos / BIN_NANOS) + 1;
        sentPackets = new long[bins];
        lostPackets = new long[bins];
        receivedBytes = new long[bins];
        targetBps = new long[bins];
    }

    String name() {
        return name;
    }

    void onSent(boolean lost, long nowNanos) {
        sentPackets[bin(nowNanos)]++;
        lostPackets[bin(nowNanos)] += lost ? 1 : 0;
    }

    void onArrival(int sizeBytes, long queuedNanos, long nowNanos) {
        receivedBytes[bin(nowNanos)] += sizeBytes;
        if (arrivals == arrivalsNanos.length) {
            arrivalsNanos = Arrays.copyOf(arrivalsNanos, 2 * arrivals);
            waitsMicros = Arrays.copyOf(waitsMicros, 2 * arrivals);
        }
        arrivalsNanos[arrivals] = nowNanos;
        waitsMicros[arrivals++] = (int) (queuedNanos / 1000);
    }

    void target(long bps, long nowNanos) {
        targetBps[bin(nowNanos)] = bps;
    }

    /** The received rate over a span. */
    double rateBps(double fromSeconds, double toSeconds) {
        return sum(receivedBytes, fromSeconds, toSeconds) * 8.0 / (toSeconds - fromSeconds);
    }

    /** The least received rate of all windows within a span, each a second after the one before. */
    double leastRateBps(double fromSeconds, double toSeconds, double windowSeconds) {
        double least = Double.MAX_VALUE;
        for (double from = fromSeconds; from + windowSeconds <= toSeconds; from++) {
            least = Math.min(least, rateBps(from, from + windowSeconds));
        }
        return least;
    }

    /** The last target told within a bin, 0 when none was. */
    long targetBps(double seconds) {
        return targetBps[bin((long) (seconds * NANOS_PER_SECOND))];
    }

    /** Of the packets sent in a span, the share that was lost, 0 to 1. */
    double lossRatio(double fromSeconds, double toSeconds) {
        long sent = sum(sentPackets, fromSeconds, toSeconds);
        return sent == 0 ? 0 : (double) sum(lostPackets, fromSeconds, toSeconds) / sent;
    }

    /** How long packets waited at the bottleneck that arrived in the spans, sorted. */
    double[] waitsMillis(Span... spans) {
        double[] millis = new double[arrivals];
        int count = 0;
        for (int i = 0; i < arrivals; i++) {
            for (Span span : spans) {
                if (span.contains(arrivalsNanos[i] / NANOS_PER_SECOND)) {
                    millis[count++] = waitsMicros[i] / 1e3;
                }
            }
        }
        double[] sorted = Arrays.copyOf(millis, count);
        Arrays.sort(sorted);
        return sorted;
    }

    /** The longest wait of packets that arrived in a span, 0 when none did. */
    double longestWaitMillis(double fromSeconds, double toSeconds) {
        double[] waits = waitsMillis(new Span(fromSeconds, toSeconds));
        return waits.length == 0 ? 0 : waits[waits.length - 1];
    }

    private static long sum(long[] bins, double fromSeconds, double toSeconds) {
        long sum = 0;
        for (int i = firstBin(fromSeconds); i < firstBin(toSeconds) && i < bins.length; i++) {
            sum += bins[i];
        }
        return sum;
    }

    private static int firstBin(double seconds) {
        return (int) Math.round(seconds * NANOS_PER_SECOND / BIN_NANOS);
    }

    private int bin(long nowNanos) {
        return (int) Math.min(nowNanos / BIN_NANOS, sentPackets.length - 1);
    }
}
