package dev.sluice.load.media;

/** When a video has a key frame: at its start, in each period, and soon after somebody asks. */
public final class KeyFrameSchedule {

    /** Requests are answered at most so often, as libwebrtc does. */
    static final long MIN_INTERVAL_NANOS = 300_000_000L;

    private final long periodNanos;
    private boolean hasBegun;
    private boolean isRequested;
    private long lastNanos;

    /**
     * @param periodNanos from one key frame to the next that nobody asked for
     */
    public KeyFrameSchedule(long periodNanos) {
        this.periodNanos = periodNanos;
    }

    /** A viewer, or the server, needs a key frame. */
    public void onRequest() {
        isRequested = true;
    }

    /** Whether the frame of now is a key frame; it counts as sent then. */
    public boolean takes(long nowNanos) {
        long sinceNanos = nowNanos - lastNanos;
        boolean isDue =
                !hasBegun
                        || sinceNanos >= periodNanos
                        || (isRequested && sinceNanos >= MIN_INTERVAL_NANOS);
        if (isDue) {
            hasBegun = true;
            isRequested = false;
            lastNanos = nowNanos;
        }
        return isDue;
    }
}
