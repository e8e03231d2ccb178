package dev.sluice.server.router;

import dev.sluice.media.time.Deadline;

import org.jspecify.annotations.Nullable;

import java.util.PriorityQueue;

/**
 * Which peer wants to be called next. A deadline that moves later is found out when the earlier one
 * falls due, so that arming costs nothing on most packets.
 */
final class DeadlineQueue {

    private record Entry(long deadlineNanos, Peer peer) implements Comparable<Entry> {

        @Override
        public int compareTo(Entry other) {
            return Long.compare(deadlineNanos, other.deadlineNanos);
        }
    }

    private final PriorityQueue<Entry> entries = new PriorityQueue<>();

    /** Makes sure that the peer is polled at its next deadline or before. */
    void arm(Peer peer) {
        long deadlineNanos = peer.nextDeadlineNanos();
        if (deadlineNanos < peer.armedNanos) {
            peer.armedNanos = deadlineNanos;
            entries.add(new Entry(deadlineNanos, peer));
        }
    }

    /** The next peer that is due, disarmed; null when none is. */
    @Nullable Peer poll(long nowNanos) {
        for (Entry head = entries.peek();
                head != null && head.deadlineNanos() <= nowNanos;
                head = entries.peek()) {
            entries.remove();
            if (head.peer().armedNanos == head.deadlineNanos()) {
                head.peer().armedNanos = Deadline.NEVER;
                return head.peer();
            }
        }
        return null;
    }

    void forget(Peer peer) {
        peer.armedNanos = Deadline.NEVER;
        entries.removeIf(entry -> entry.peer() == peer);
    }

    long nextDeadlineNanos() {
        Entry head = entries.peek();
        return head == null ? Deadline.NEVER : head.deadlineNanos();
    }
}
