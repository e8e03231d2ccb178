package dev.sluice.media.bwe;

/**
 * Puts packets that were sent within 5 ms, or that arrived in a burst, into groups, and compares
 * the times between the ends of groups at both sides. draft-ietf-rmcat-gcc-02 section 5.2; the
 * limits are libwebrtc's.
 */
final class InterArrival {

    static final long GROUP_NANOS = 5_000_000;

    private static final long BURST_GAP_NANOS = 5_000_000;
    private static final long MAX_BURST_NANOS = 100_000_000;

    /** A gap at the receiver that is longer by so much than here is a leap of its clock. */
    private static final long CLOCK_LEAP_NANOS = 3_000_000_000L;

    private static final int MAX_REORDERED_GROUPS = 3;

    private boolean hasCurrent;
    private long firstSentNanos;
    private long lastSentNanos;
    private long firstArrivalNanos;
    private long lastArrivalNanos;
    private long feedbackNanos;
    private boolean hasPrevious;
    private long previousSentNanos;
    private long previousArrivalNanos;
    private long previousFeedbackNanos;
    private int reorderedGroups;
    private long sendDeltaNanos;
    private long arrivalDeltaNanos;

    /** The time between the last packets of two groups when they were sent. */
    long sendDeltaNanos() {
        return sendDeltaNanos;
    }

    /** The time between the last packets of two groups when they arrived. */
    long arrivalDeltaNanos() {
        return arrivalDeltaNanos;
    }

    /** Whether the packet, in the order of arrival, ended a group that can be compared. */
    boolean onPacket(long sentNanos, long arrivalNanos, long nowNanos) {
        boolean compared = false;
        if (!hasCurrent) {
            begin(sentNanos, arrivalNanos);
        } else if (sentNanos - firstSentNanos < 0) {
            return false; // reordered
        } else if (endsGroup(sentNanos, arrivalNanos)) {
            if (hasPrevious && !compare()) {
                return false;
            }
            compared = hasPrevious;
            keepCurrent();
            begin(sentNanos, arrivalNanos);
        } else {
            lastSentNanos = Math.max(lastSentNanos, sentNanos);
        }
        lastArrivalNanos = arrivalNanos;
        feedbackNanos = nowNanos;
        return compared;
    }

    /** Forgets all groups. */
    void reset() {
        hasCurrent = false;
        hasPrevious = false;
        reorderedGroups = 0;
    }

    private void begin(long sentNanos, long arrivalNanos) {
        hasCurrent = true;
        firstSentNanos = sentNanos;
        lastSentNanos = sentNanos;
        firstArrivalNanos = arrivalNanos;
    }

    private void keepCurrent() {
        hasPrevious = true;
        previousSentNanos = lastSentNanos;
        previousArrivalNanos = lastArrivalNanos;
        previousFeedbackNanos = feedbackNanos;
    }

    private boolean endsGroup(long sentNanos, long arrivalNanos) {
        return !isInBurst(sentNanos, arrivalNanos) && sentNanos - firstSentNanos > GROUP_NANOS;
    }

    /** Packets that a queue let go at once tell of one delay only. */
    private boolean isInBurst(long sentNanos, long arrivalNanos) {
        long sendStep = sentNanos - lastSentNanos;
        long arrivalStep = arrivalNanos - lastArrivalNanos;
        if (sendStep == 0) {
            return true;
        }
        return arrivalStep < sendStep
                && arrivalStep <= BURST_GAP_NANOS
                && arrivalNanos - firstArrivalNanos < MAX_BURST_NANOS;
    }

    /** False when the group before does not compare, because of reordering or of a clock's leap. */
    private boolean compare() {
        sendDeltaNanos = lastSentNanos - previousSentNanos;
        arrivalDeltaNanos = lastArrivalNanos - previousArrivalNanos;
        long localDeltaNanos = feedbackNanos - previousFeedbackNanos;
        if (arrivalDeltaNanos - localDeltaNanos >= CLOCK_LEAP_NANOS) {
            reset();
            return false;
        }
        if (arrivalDeltaNanos < 0) {
            if (++reorderedGroups >= MAX_REORDERED_GROUPS) {
                reset();
            }
            return false;
        }
        reorderedGroups = 0;
        return true;
    }
}
