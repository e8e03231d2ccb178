package dev.sluice.media.bwe;

/** The least value of the last one to two windows of time. */
final class WindowedMinimum {

    private final long windowNanos;
    private boolean empty = true;
    private long windowStartNanos;
    private long previous;
    private long current;

    WindowedMinimum(long windowNanos) {
        this.windowNanos = windowNanos;
    }

    boolean isEmpty() {
        return empty;
    }

    /** Of no meaning while empty. */
    long minimum() {
        return Math.min(previous, current);
    }

    void add(long value, long nowNanos) {
        if (empty || nowNanos - windowStartNanos >= 2 * windowNanos) {
            empty = false;
            previous = value;
            current = value;
            windowStartNanos = nowNanos;
        } else if (nowNanos - windowStartNanos >= windowNanos) {
            previous = current;
            current = value;
            windowStartNanos += windowNanos;
        } else {
            current = Math.min(current, value);
        }
    }

    void clear() {
        empty = true;
    }
}
