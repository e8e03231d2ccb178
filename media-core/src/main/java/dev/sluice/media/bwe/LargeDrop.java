package dev.sluice.media.bwe;

/** Remembers a large drop of the estimate: what was there before may soon be there again. */
final class LargeDrop {

    private static final double LARGE = 0.66;
    private static final long MEMORY_NANOS = 5_000_000_000L;
    private static final double SHARE_TO_TRY = 0.85;
    private static final long MIN_INTERVAL_NANOS = 5_000_000_000L;

    private boolean isRemembered;
    private long dropNanos;
    private long beforeBps;
    private boolean hasProbed;
    private long lastProbeNanos;

    /** Whether the estimate falls by so much. */
    static boolean isFrom(long beforeBps, long bps) {
        return bps < LARGE * beforeBps;
    }

    /** The estimate has fallen from this. */
    void onDrop(long fromBps, long nowNanos) {
        isRemembered = true;
        dropNanos = nowNanos;
        beforeBps = fromBps;
    }

    /** What to probe for, in bit/s; 0 when there was no drop of late, or it was probed for. */
    long suggestedBps(long nowNanos) {
        boolean isRecent = isRemembered && nowNanos - dropNanos < MEMORY_NANOS;
        boolean isRare = !hasProbed || nowNanos - lastProbeNanos > MIN_INTERVAL_NANOS;
        return isRecent && isRare ? (long) (SHARE_TO_TRY * beforeBps) : 0;
    }

    /** It is probed for now. */
    void onProbe(long nowNanos) {
        isRemembered = false;
        hasProbed = true;
        lastProbeNanos = nowNanos;
    }
}
