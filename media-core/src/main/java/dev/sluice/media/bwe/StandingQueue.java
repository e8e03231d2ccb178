package dev.sluice.media.bwe;

/**
 * Sees the queue that stands in the path: by how much the least delay of the last moments exceeds
 * the least delay of the last minute. An addition to Google congestion control, whose trend tells
 * nothing of a queue that is full and stays so.
 *
 * <p>A queue that does not shrink although this flow sends less is somebody else's. It is left
 * alone for a while then, so that flows which fill queues do not starve this one.
 */
final class StandingQueue {

    /** More than this is congestion. */
    static final long LIMIT_NANOS = 60_000_000;

    /** Less than this is no queue: an attempt has succeeded. */
    private static final long EMPTY_NANOS = 25_000_000;

    /** How long the attempt to empty the queue goes on, at most. */
    static final long ATTEMPT_NANOS = 3_000_000_000L;

    /** Decreases of the rate in one attempt: to 0.6 of it. */
    private static final int MAX_DECREASES = 3;

    private static final long FIRST_PAUSE_NANOS = 15_000_000_000L;
    private static final long MAX_PAUSE_NANOS = 120_000_000_000L;

    /** The base is forgotten after one to two of these, as clocks drift and paths change. */
    private static final long BASE_NANOS = 30_000_000_000L;

    private final RecentMinimum recent = new RecentMinimum();
    private final WindowedMinimum base = new WindowedMinimum(BASE_NANOS);
    private boolean attempting;
    private long attemptStartNanos;
    private int decreases;
    private boolean pausing;
    private long pauseEndNanos;
    private long pauseNanos = FIRST_PAUSE_NANOS;

    /** A packet arrived; the times are of different clocks. */
    void onPacket(long sentNanos, long arrivalNanos) {
        long delayNanos = arrivalNanos - sentNanos;
        recent.add(delayNanos, arrivalNanos);
        base.add(delayNanos, arrivalNanos);
    }

    /** How long packets wait at least, of late. */
    long queueNanos() {
        return recent.isEmpty() ? 0 : recent.minimum() - base.minimum();
    }

    /** Whether the rate must not grow because of the queue. */
    boolean isCongested() {
        return attempting;
    }

    /** Whether the rate should fall because of the queue. */
    boolean wantsDecrease() {
        return attempting && decreases < MAX_DECREASES;
    }

    /**
     * The rate fell because of the queue.
     *
     * @param isOwn so little arrived of what was sent that the queue must be this flow's: the
     *     attempt begins anew
     */
    void onDecrease(boolean isOwn, long nowNanos) {
        if (isOwn) {
            attemptStartNanos = nowNanos;
        } else {
            decreases++;
        }
    }

    /** All packets of a feedback are in. */
    void onFeedback(long nowNanos) {
        if (attempting) {
            judge(nowNanos);
        } else if (!pausing) {
            begin(nowNanos);
        } else if (pauseEndNanos - nowNanos <= 0) {
            pausing = false;
        }
    }

    private void judge(long nowNanos) {
        if (queueNanos() < EMPTY_NANOS) {
            attempting = false;
            pauseNanos = FIRST_PAUSE_NANOS;
        } else if (nowNanos - attemptStartNanos > ATTEMPT_NANOS) {
            attempting = false;
            if (queueNanos() > LIMIT_NANOS) {
                pause(nowNanos);
            }
        }
    }

    void reset() {
        recent.clear();
        base.clear();
        attempting = false;
        pausing = false;
        pauseNanos = FIRST_PAUSE_NANOS;
    }

    private void begin(long nowNanos) {
        attempting = queueNanos() > LIMIT_NANOS;
        attemptStartNanos = nowNanos;
        decreases = 0;
    }

    private void pause(long nowNanos) {
        pausing = true;
        pauseEndNanos = nowNanos + pauseNanos;
        pauseNanos = Math.min(2 * pauseNanos, MAX_PAUSE_NANOS);
    }
}
