package dev.sluice.media.receive;

import dev.sluice.media.time.Deadline;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Asks for missing packets (RFC 4585 6.2.1): not before reordering is ruled out, once a round trip,
 * a bounded number of times. Gives up with a request for a key frame.
 */
public final class NackRequester {

    /** A packet may come late by this much before it counts as lost. */
    private static final long REORDER_NANOS = 10_000_000L;

    /** Between two requests while the round trip is unknown. */
    private static final long DEFAULT_RTT_NANOS = 100_000_000L;

    private static final long MIN_RETRY_NANOS = 20_000_000L;
    private static final int MAX_RETRIES = 10;

    /** Missing packets that are followed; more at once are not worth their repair. */
    private static final int MAX_MISSING = 500;

    /** A gap that repair cannot close in useful time. */
    private static final int MAX_GAP = 1000;

    private static final class Missing {
        long nextNanos;
        int retries;

        Missing(long nextNanos) {
            this.nextNanos = nextNanos;
        }
    }

    /** Takes the requests. */
    public interface Sink {

        /** Sequence numbers, 0..65535, in order. */
        void nack(List<Integer> lostSequenceNumbers);

        /** Repair has been given up. */
        void keyFrameNeeded();
    }

    private final TreeMap<Long, Missing> missing = new TreeMap<>();
    private long highest = -1;
    private long rttNanos = DEFAULT_RTT_NANOS;
    private long nextNanos = Deadline.NEVER;
    private boolean givenUp;

    /** The measured round trip to the sender, in nanoseconds. */
    public void onRtt(long measuredNanos) {
        rttNanos = measuredNanos;
    }

    /** Takes note of a packet that arrived, by its extended sequence number. */
    public void onPacket(long sequence, long nowNanos) {
        if (highest < 0) {
            highest = sequence;
        } else if (sequence <= highest) {
            missing.remove(sequence);
        } else {
            onGap(sequence, nowNanos);
            highest = sequence;
        }
    }

    private void onGap(long sequence, long nowNanos) {
        if (sequence - highest > MAX_GAP) {
            giveUp(nowNanos);
            return;
        }
        for (long lost = highest + 1; lost < sequence; lost++) {
            missing.put(lost, new Missing(nowNanos + REORDER_NANOS));
            nextNanos = Math.min(nextNanos, nowNanos + REORDER_NANOS);
        }
        if (missing.size() > MAX_MISSING) {
            giveUp(nowNanos);
        }
    }

    private void giveUp(long nowNanos) {
        missing.clear();
        givenUp = true;
        nextNanos = nowNanos;
    }

    /** Forgets everything: the source began anew. */
    void restart() {
        missing.clear();
        highest = -1;
        nextNanos = Deadline.NEVER;
    }

    public void onDeadline(long nowNanos, Sink out) {
        if (!Deadline.isDue(nextNanos, nowNanos)) {
            return;
        }
        List<Integer> lost = collectDue(nowNanos);
        if (!lost.isEmpty()) {
            out.nack(lost);
        }
        if (givenUp) {
            givenUp = false;
            out.keyFrameNeeded();
        }
    }

    private List<Integer> collectDue(long nowNanos) {
        List<Integer> lost = new ArrayList<>();
        nextNanos = Deadline.NEVER;
        Iterator<Map.Entry<Long, Missing>> entries = missing.entrySet().iterator();
        while (entries.hasNext()) {
            Map.Entry<Long, Missing> entry = entries.next();
            Missing state = entry.getValue();
            if (state.nextNanos <= nowNanos) {
                if (state.retries == MAX_RETRIES) {
                    givenUp = true;
                    entries.remove();
                    continue;
                }
                state.retries++;
                state.nextNanos = nowNanos + Math.max(MIN_RETRY_NANOS, rttNanos);
                lost.add((int) (entry.getKey() & 0xFFFF));
            }
            nextNanos = Math.min(nextNanos, state.nextNanos);
        }
        return lost;
    }

    public long nextDeadlineNanos() {
        return nextNanos;
    }
}
