package dev.sluice.media.pacing;

import dev.sluice.media.time.Deadline;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What waits in a pacer, in which order and until when it goes: one queue for each priority, and
 * what all of them hold together.
 */
final class SendQueue<T> {

    private static final PacketPriority[] PRIORITIES = PacketPriority.values();

    private final List<PacketFifo<T>> fifos = new ArrayList<>();
    private final long maxWaitNanos;
    private int packets;
    private long bytes;

    /** The waits of all packets together, as of {@link #agedNanos}. */
    private double waitsNanos;

    private long agedNanos;

    /**
     * @param maxWaitNanos how long a packet may wait at most
     */
    SendQueue(long maxWaitNanos, long nowNanos) {
        this.maxWaitNanos = maxWaitNanos;
        agedNanos = nowNanos;
        for (int i = 0; i < PRIORITIES.length; i++) {
            fifos.add(new PacketFifo<>());
        }
    }

    int packets() {
        return packets;
    }

    long bytes() {
        return bytes;
    }

    boolean isEmpty() {
        return packets == 0;
    }

    @SuppressWarnings("EnumOrdinal") // the order of declaration is the order of sending
    void add(T packet, int sizeBytes, PacketPriority priority, long nowNanos) {
        age(nowNanos);
        fifos.get(priority.ordinal()).add(packet, sizeBytes, agedNanos);
        packets++;
        bytes += sizeBytes;
    }

    /** The queue with the most urgent packet; there has to be one. */
    PacketFifo<T> mostUrgent() {
        for (int i = 0; i < fifos.size(); i++) { // an iterator would be garbage
            PacketFifo<T> fifo = fifos.get(i);
            if (!fifo.isEmpty()) {
                return fifo;
            }
        }
        throw new IllegalStateException("The queue is empty, expected a packet");
    }

    /** The queue whose packet goes next: one that is overdue, else the most urgent. */
    PacketFifo<T> next(long nowNanos) {
        return isOverdue(nowNanos) ? oldest() : mostUrgent();
    }

    /** Whether a packet has waited for as long as it may; there has to be one. */
    boolean isOverdue(long nowNanos) {
        return Deadline.isDue(overdueNanos(), nowNanos);
    }

    /** When the first packet has waited for as long as it may; there has to be one. */
    long overdueNanos() {
        return oldest().firstEnqueuedNanos() + maxWaitNanos;
    }

    /** How long the oldest packet has waited, 0 when none waits. */
    long oldestWaitNanos(long nowNanos) {
        return isEmpty() ? 0 : Math.max(0, nowNanos - oldest().firstEnqueuedNanos());
    }

    /** The queue with the packet that has waited longest; there has to be one. */
    private PacketFifo<T> oldest() {
        PacketFifo<T> oldest = mostUrgent();
        for (int i = 0; i < fifos.size(); i++) {
            PacketFifo<T> fifo = fifos.get(i);
            if (!fifo.isEmpty() && fifo.firstEnqueuedNanos() - oldest.firstEnqueuedNanos() < 0) {
                oldest = fifo;
            }
        }
        return oldest;
    }

    /** Takes the first packet out of a queue that was asked for here. */
    T remove(PacketFifo<T> fifo, long nowNanos) {
        age(nowNanos);
        packets--;
        bytes -= fifo.firstSizeBytes();
        waitsNanos -= agedNanos - fifo.firstEnqueuedNanos();
        if (packets == 0) {
            waitsNanos = 0;
        }
        return fifo.remove();
    }

    /** How long the packets may still wait on average; less than 0 when that is over. */
    double meanLeftNanos(long nowNanos) {
        age(nowNanos);
        return maxWaitNanos - (packets == 0 ? 0 : waitsNanos / packets);
    }

    void clear(long nowNanos, Consumer<? super T> dropped) {
        while (!isEmpty()) {
            dropped.accept(remove(mostUrgent(), nowNanos));
        }
    }

    private void age(long nowNanos) {
        if (nowNanos - agedNanos > 0) {
            waitsNanos += (double) packets * (nowNanos - agedNanos);
            agedNanos = nowNanos;
        }
    }
}
