package dev.sluice.media.pacing;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What waits in a pacer: one queue for each priority, and what all of them hold together. */
final class SendQueue<T> {

    private static final PacketPriority[] PRIORITIES = PacketPriority.values();

    private final List<PacketFifo<T>> fifos = new ArrayList<>();
    private int packets;
    private long bytes;

    /** The waits of all packets together, as of {@link #agedNanos}. */
    private double waitsNanos;

    private long agedNanos;

    SendQueue(long nowNanos) {
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

    /** The queue with the packet that has waited longest; there has to be one. */
    PacketFifo<T> oldest() {
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

    /** How long the packets have waited on average. */
    double meanWaitNanos(long nowNanos) {
        age(nowNanos);
        return packets == 0 ? 0 : waitsNanos / packets;
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
