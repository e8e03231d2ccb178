package dev.sluice.media.bwe;

/**
 * Tells whether less is sent than the estimate allows, so that feedback says nothing about the rest
 * of the path: a budget of 65 % of the estimate that sending uses up. libwebrtc's AlrDetector,
 * where the constants are from.
 */
final class ApplicationLimit {

    private static final double USED_SHARE = 0.65;
    private static final double BUDGET_NANOS = 0.5e9;
    private static final double START_LEVEL = 0.8;
    private static final double STOP_LEVEL = 0.5;
    private static final double BITS_PER_SECOND = 8e9; // of a byte per nanosecond

    private boolean hasStarted;
    private long lastNanos;
    private double budgetBytes;
    private double bytesPerNano;
    private double fullBytes;
    private boolean limited;

    void onEstimate(long bps) {
        bytesPerNano = USED_SHARE * bps / BITS_PER_SECOND;
        fullBytes = bytesPerNano * BUDGET_NANOS;
    }

    boolean isLimited() {
        return limited;
    }

    /** Bytes leave, or, with 0 of them, time goes by. */
    void onSent(int sizeBytes, long nowNanos) {
        if (!hasStarted) {
            hasStarted = true;
            lastNanos = nowNanos;
            return;
        }
        long nanos = Math.max(0, nowNanos - lastNanos);
        lastNanos = nowNanos;
        budgetBytes = Math.max(budgetBytes - sizeBytes, -fullBytes);
        budgetBytes = Math.min(budgetBytes + bytesPerNano * nanos, fullBytes);
        if (!limited && budgetBytes > START_LEVEL * fullBytes) {
            limited = true;
        } else if (limited && budgetBytes < STOP_LEVEL * fullBytes) {
            limited = false;
        }
    }
}
