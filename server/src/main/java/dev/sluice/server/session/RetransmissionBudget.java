package dev.sluice.server.session;

/**
 * Keeps retransmissions to a share of what a viewer's network carries. Where more is lost than
 * that, sending it all again would only lose more: what is not answered is asked for again.
 */
final class RetransmissionBudget {

    private static final double SHARE = 0.5;

    /** What may be sent again at once: so much time's worth, and some packets in any case. */
    private static final double BURST_SECONDS = 0.25;

    private static final double MIN_BURST_BYTES = 24_000;
    private static final double NANOS_PER_SECOND = 1e9;

    private double bytes = MIN_BURST_BYTES;
    private long lastNanos;
    private boolean started;

    /** Whether a packet may be sent again; it is counted as sent then. */
    boolean take(int sizeBytes, long targetBps, long nowNanos) {
        double bytesPerSecond = SHARE * targetBps / Byte.SIZE;
        double elapsed = started ? (nowNanos - lastNanos) / NANOS_PER_SECOND : 0;
        double most = Math.max(MIN_BURST_BYTES, BURST_SECONDS * bytesPerSecond);
        bytes = Math.min(most, bytes + elapsed * bytesPerSecond);
        lastNanos = nowNanos;
        started = true;
        if (bytes < sizeBytes) {
            return false;
        }
        bytes -= sizeBytes;
        return true;
    }
}
