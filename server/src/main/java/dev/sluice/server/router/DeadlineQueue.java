package dev.sluice.server.router;

import dev.sluice.media.time.Deadline;

import org.jspecify.annotations.Nullable;

import java.util.PriorityQueue;

/**
 * Who wants to be called next. A deadline that moves later is found out when the earlier one falls
 * due, so that arming costs nothing on most packets.
 */
final class DeadlineQueue {

    private record Entry(long deadlineNanos, Timed timed) implements Comparable<Entry> {

        /** Whether it is the one by which its owner is armed. */
        boolean isArmed() {
            return timed.armedNanos == deadlineNanos;
        }

        @Override
        public int compareTo(Entry other) {
            return Long.compare(deadlineNanos, other.deadlineNanos);
        }
    }

    private final PriorityQueue<Entry> entries = new PriorityQueue<>();

    /** Those who are armed; all other entries are of nobody. */
    private int armed;

    /** Makes sure that it is polled at its next deadline or before. */
    void arm(Timed timed) {
        armAt(timed.nextDeadlineNanos(), timed);
    }

    /** Makes sure that it is polled then or before, whatever its deadline. */
    void armAt(long deadlineNanos, Timed timed) {
        if (deadlineNanos < timed.armedNanos) {
            armed += timed.armedNanos == Deadline.NEVER ? 1 : 0;
            timed.armedNanos = deadlineNanos;
            entries.add(new Entry(deadlineNanos, timed));
        }
    }

    /** The next that is due, disarmed; null when none is. */
    @Nullable Timed poll(long nowNanos) {
        for (Entry head = entries.peek();
                head != null && head.deadlineNanos() <= nowNanos;
                head = entries.peek()) {
            entries.remove();
            if (head.isArmed()) {
                disarm(head.timed());
                return head.timed();
            }
        }
        return null;
    }

    private void disarm(Timed timed) {
        timed.armedNanos = Deadline.NEVER;
        armed--;
    }

    /** Does not poll it any more. */
    void forget(Timed timed) {
        if (timed.armedNanos != Deadline.NEVER) {
            disarm(timed);
        }
        // Not for each of many that end together: that would be their number squared.
        if (entries.size() > 2 * armed) {
            entries.removeIf(entry -> !entry.isArmed());
        }
        for (Entry head = entries.peek(); head != null && !head.isArmed(); head = entries.peek()) {
            entries.remove();
        }
    }

    /** How many entries there are, those of nobody included. */
    int size() {
        return entries.size();
    }

    long nextDeadlineNanos() {
        Entry head = entries.peek();
        return head == null ? Deadline.NEVER : head.deadlineNanos();
    }
}
