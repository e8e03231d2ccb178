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

    /** Of no meaning while empty. */
    long minimum() {
        return Math.min(previous, current);
    }

    void add(long value, long nowNanos) {
        if (empty || nowNanos - windowStartNanos >= windowNanos) {
            previous = empty ? value : current;
            current = value;
            windowStartNanos = nowNanos;
            empty = false;
        } else {
            current = Math.min(current, value);
        }
    }

    void clear() {
        empty = true;
    }
}
