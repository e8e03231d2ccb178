package dev.sluice.media.bwe;

/**
 * The least value of the last one to two windows; a window is over once it has both its length in
 * time and its count of values.
 */
final class WindowedMinimum {

    private final long windowNanos;
    private final int windowCount;
    private int count;
    private boolean empty = true;
    private long windowStartNanos;
    private long previous;
    private long current;

    WindowedMinimum(long windowNanos, int windowCount) {
        this.windowCount = windowCount;
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
        if (empty) {
            empty = false;
            previous = value;
            begin(value, nowNanos);
        } else if (count >= windowCount && nowNanos - windowStartNanos >= windowNanos) {
            previous = current;
            begin(value, nowNanos);
        } else {
            current = Math.min(current, value);
            count++;
        }
    }

    private void begin(long value, long nowNanos) {
        current = value;
        windowStartNanos = nowNanos;
        count = 1;
    }

    void clear() {
        empty = true;
    }
}
