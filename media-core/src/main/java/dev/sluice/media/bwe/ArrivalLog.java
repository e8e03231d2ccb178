package dev.sluice.media.bwe;

import dev.sluice.media.rtcp.PacketArrivals;
import dev.sluice.media.rtcp.TransportFeedback;
import dev.sluice.media.seq.SequenceUnwrapper;
import dev.sluice.media.time.Deadline;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * When transport-wide numbered packets arrived, and the feedback that tells the sender (TWCC
 * draft).
 */
public final class ArrivalLog {

    private static final long INTERVAL_NANOS = 100_000_000L;

    /** Arrivals in one feedback packet, so that it stays below the MTU. */
    private static final int MAX_ARRIVALS = 250;

    private static final int MAX_SPAN = 500;
    private static final int MAX_PENDING = 2000;

    private final long senderSsrc;
    private final SequenceUnwrapper unwrapper = new SequenceUnwrapper();
    private final TreeMap<Long, Long> pending = new TreeMap<>();
    private long nextUnreported = -1;
    private long nextNanos = Deadline.NEVER;
    private int feedbackCount;

    public ArrivalLog(long senderSsrc) {
        this.senderSsrc = senderSsrc;
    }

    public void onPacket(int transportSequence, long nowNanos) {
        long sequence = unwrapper.unwrap(transportSequence);
        if (pending.size() >= MAX_PENDING) {
            pending.pollFirstEntry();
        }
        pending.putIfAbsent(sequence, nowNanos);
        nextNanos = Math.min(nextNanos, nowNanos + INTERVAL_NANOS);
    }

    public void onDeadline(long nowNanos, Consumer<TransportFeedback> out) {
        if (!Deadline.isDue(nextNanos, nowNanos)) {
            return;
        }
        while (!pending.isEmpty()) {
            out.accept(next());
        }
        nextNanos = Deadline.NEVER;
    }

    private TransportFeedback next() {
        long first = pending.firstKey();
        boolean continues =
                nextUnreported >= 0 && nextUnreported <= first && first - nextUnreported < MAX_SPAN;
        long base = continues ? nextUnreported : first;
        long firstArrival = pending.firstEntry().getValue();
        long reference = Math.floorDiv(firstArrival, TransportFeedback.REFERENCE_NANOS);
        long clockTicks =
                reference * (TransportFeedback.REFERENCE_NANOS / TransportFeedback.TICK_NANOS);
        var arrivals = new PacketArrivals.Builder();
        long last = base;
        while (!pending.isEmpty() && arrivals.size() < MAX_ARRIVALS) {
            Map.Entry<Long, Long> entry = pending.firstEntry();
            long ticks = Math.floorDiv(entry.getValue(), TransportFeedback.TICK_NANOS);
            long delta = ticks - clockTicks;
            if (delta != (short) delta || entry.getKey() - base >= MAX_SPAN) {
                break;
            }
            arrivals.add((int) (entry.getKey() - base), (int) delta);
            clockTicks = ticks;
            last = entry.getKey();
            pending.pollFirstEntry();
        }
        nextUnreported = Math.max(nextUnreported, last + 1);
        return new TransportFeedback(
                senderSsrc,
                0,
                (int) (base & 0xFFFF),
                (int) (last - base + 1),
                (int) (reference << 40 >> 40),
                feedbackCount++ & 0xFF,
                arrivals.build());
    }

    public long nextDeadlineNanos() {
        return nextNanos;
    }
}
