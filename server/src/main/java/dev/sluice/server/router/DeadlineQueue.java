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

        @Override
        public int compareTo(Entry other) {
            return Long.compare(deadlineNanos, other.deadlineNanos);
        }
    }

    private final PriorityQueue<Entry> entries = new PriorityQueue<>();

    /** Makes sure that it is polled at its next deadline or before. */
    void arm(Timed timed) {
        armAt(timed.nextDeadlineNanos(), timed);
    }

    /** Makes sure that it is polled then or before, whatever its deadline. */
    void armAt(long deadlineNanos, Timed timed) {
        if (deadlineNanos < timed.armedNanos) {
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
            if (head.timed().armedNanos == head.deadlineNanos()) {
                head.timed().armedNanos = Deadline.NEVER;
                return head.timed();
            }
        }
        return null;
    }

    void forget(Timed timed) {
        timed.armedNanos = Deadline.NEVER;
        entries.removeIf(entry -> entry.timed().equals(timed));
    }

    long nextDeadlineNanos() {
        Entry head = entries.peek();
        return head == null ? Deadline.NEVER : head.deadlineNanos();
    }
}
