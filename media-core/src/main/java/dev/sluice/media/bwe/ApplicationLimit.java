package dev.sluice.media.bwe;

/**
 * Tells whether less is sent than the estimate allows, so that feedback says nothing about the rest
 * of the path: a budget of 65 % of the estimate that sending uses up. libwebrtc's AlrDetector,
 * where the constants are from.
 */
final class ApplicationLimit {

    private static final double USED_SHARE = 0.65;
    private static final double BUDGET_SECONDS = 0.5;
    private static final double START_LEVEL = 0.8;
    private static final double STOP_LEVEL = 0.5;
    private static final double SECONDS_PER_NANO = 1e-9;

    private boolean hasStarted;
    private long lastNanos;
    private double budgetBytes;
    private double bytesPerSecond;
    private boolean limited;
    private long sinceNanos;

    void onEstimate(long bps) {
        bytesPerSecond = USED_SHARE * bps / 8;
    }

    boolean isLimited() {
        return limited;
    }

    /** When the limitation began; of meaning while there is one. */
    long sinceNanos() {
        return sinceNanos;
    }

    /** Bytes leave, or, with 0 of them, time goes by. */
    void onSent(int sizeBytes, long nowNanos) {
        if (!hasStarted) {
            hasStarted = true;
            lastNanos = nowNanos;
            return;
        }
        double fullBytes = bytesPerSecond * BUDGET_SECONDS;
        double seconds = Math.max(0, nowNanos - lastNanos) * SECONDS_PER_NANO;
        lastNanos = nowNanos;
        budgetBytes = Math.max(budgetBytes - sizeBytes, -fullBytes);
        budgetBytes = Math.min(budgetBytes + bytesPerSecond * seconds, fullBytes);
        if (!limited && budgetBytes > START_LEVEL * fullBytes) {
            limited = true;
            sinceNanos = nowNanos;
        } else if (limited && budgetBytes < STOP_LEVEL * fullBytes) {
            limited = false;
        }
    }
}
