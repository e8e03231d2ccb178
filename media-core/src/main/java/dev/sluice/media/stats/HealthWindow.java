package dev.sluice.media.stats;

/** Sums of the last ten seconds, in slots of one second; the running one is the tenth. */
final class HealthWindow {

    static final int SLOTS = 10;
    static final long SLOT_NANOS = 1_000_000_000L;

    private final Slot[] slots = new Slot[SLOTS];

    /** What one second brought. */
    private static final class Slot {

        private long second = Long.MIN_VALUE;
        private long rttSumNanos;
        private int rttCount;
        private long jitterSumNanos;
        private int jitterCount;
        private long expected;
        private long lost;

        private void begin(long nowSecond) {
            second = nowSecond;
            rttSumNanos = 0;
            rttCount = 0;
            jitterSumNanos = 0;
            jitterCount = 0;
            expected = 0;
            lost = 0;
        }
    }

    HealthWindow() {
        for (int i = 0; i < SLOTS; i++) {
            slots[i] = new Slot();
        }
    }

    void onRtt(long rttNanos, long nowNanos) {
        Slot slot = slot(nowNanos);
        slot.rttSumNanos += rttNanos;
        slot.rttCount++;
    }

    void onJitter(long jitterNanos, long nowNanos) {
        Slot slot = slot(nowNanos);
        slot.jitterSumNanos += jitterNanos;
        slot.jitterCount++;
    }

    void onPackets(long expected, long lost, long nowNanos) {
        Slot slot = slot(nowNanos);
        slot.expected += expected;
        slot.lost += lost;
    }

    private Slot slot(long nowNanos) {
        long second = Math.floorDiv(nowNanos, SLOT_NANOS);
        Slot slot = slots[Math.floorMod(second, SLOTS)];
        if (slot.second != second) {
            slot.begin(second);
        }
        return slot;
    }

    /** The mean round trip, or {@link HealthReport#UNKNOWN}. */
    long rttNanos(long nowNanos) {
        long sum = 0;
        long count = 0;
        for (Slot slot : slots) {
            if (isInside(slot, nowNanos)) {
                sum += slot.rttSumNanos;
                count += slot.rttCount;
            }
        }
        return count == 0 ? HealthReport.UNKNOWN : sum / count;
    }

    /** The mean jitter, or {@link HealthReport#UNKNOWN}. */
    long jitterNanos(long nowNanos) {
        long sum = 0;
        long count = 0;
        for (Slot slot : slots) {
            if (isInside(slot, nowNanos)) {
                sum += slot.jitterSumNanos;
                count += slot.jitterCount;
            }
        }
        return count == 0 ? HealthReport.UNKNOWN : sum / count;
    }

    /** The share of packets lost, 0 to 1, or {@link HealthReport#UNKNOWN}. */
    double lossRatio(long nowNanos) {
        long expected = 0;
        long lost = 0;
        for (Slot slot : slots) {
            if (isInside(slot, nowNanos)) {
                expected += slot.expected;
                lost += slot.lost;
            }
        }
        return expected <= 0
                ? HealthReport.UNKNOWN
                : Math.clamp((double) lost / expected, 0.0, 1.0);
    }

    private static boolean isInside(Slot slot, long nowNanos) {
        long second = Math.floorDiv(nowNanos, SLOT_NANOS);
        return slot.second > second - SLOTS && slot.second <= second;
    }
}
