package dev.sluice.bench.rmcat;

import dev.sluice.media.sim.FlowPath;
import dev.sluice.media.time.Deadline;

import java.util.BitSet;

/**
 * One transfer by TCP as a competitor: Reno (RFC 5681) with selective acknowledgements (RFC 6675),
 * an initial window of ten segments (RFC 6928), and the timer of RFC 6298. Every segment is
 * acknowledged; there is no handshake.
 */
final class RenoSender implements Actor {

    static final int SEGMENT_BYTES = 1000;

    private static final int HEADER_BYTES = 40;
    private static final int ACK_BYTES = 60;
    private static final int INITIAL_WINDOW = 10;
    private static final int DUPLICATE_THRESHOLD = 3;
    private static final long MIN_RTO_NANOS = 1_000_000_000;
    private static final long MAX_RTO_NANOS = 60_000_000_000L;

    /** What a segment carries: its number, and when it was sent. */
    private record Segment(int number, long sentNanos) {}

    /** What an acknowledgement says: all below `next` has come, and this segment. */
    private record Ack(int next, Segment segment) {}

    private final Link data;
    private final Link acks;
    private final FlowPath dataPath;
    private final FlowPath ackPath;
    private final Trace trace;
    private final int segments;

    private final BitSet received = new BitSet();
    private final BitSet sacked = new BitSet();
    private final BitSet lost = new BitSet();
    private final BitSet retransmitted = new BitSet();
    private int nextExpected;
    private int unacknowledged;
    private int nextNew;
    private int highestSacked = -1;
    private int recoveryEnd = -1;
    private double windowSegments = INITIAL_WINDOW;
    private double thresholdSegments = Double.MAX_VALUE;
    private double smoothedRttNanos;
    private double rttVariationNanos;
    private long rtoNanos = MIN_RTO_NANOS;
    private long timeoutNanos = Deadline.NEVER;

    /**
     * @param segments how many to transfer
     */
    RenoSender(MediaFlow.Route route, Trace trace, int segments) {
        data = route.media();
        acks = route.feedback();
        dataPath = route.mediaPath();
        ackPath = route.feedbackPath();
        this.trace = trace;
        this.segments = segments;
    }

    void start(long nowNanos) {
        fillWindow(nowNanos);
    }

    boolean isDone() {
        return unacknowledged == segments;
    }

    @Override
    public long nextNanos() {
        return timeoutNanos;
    }

    /** The retransmission timer has run out. */
    @Override
    public void act(long nowNanos) {
        if (!Deadline.isDue(timeoutNanos, nowNanos)) {
            return;
        }
        thresholdSegments = Math.max(2, flightSegments() / 2.0);
        windowSegments = 1;
        recoveryEnd = -1;
        rtoNanos = Math.min(2 * rtoNanos, MAX_RTO_NANOS);
        retransmitted.clear();
        for (int i = unacknowledged; i < nextNew; i++) {
            lost.set(i, !sacked.get(i));
        }
        timeoutNanos = nowNanos + rtoNanos;
        fillWindow(nowNanos);
    }

    private void onSegment(Packet<Segment> packet, long queuedNanos, long nowNanos) {
        trace.onArrival(packet.sizeBytes(), queuedNanos, nowNanos);
        received.set(packet.content().number());
        nextExpected = received.nextClearBit(nextExpected);
        acks.send(
                new Packet<>(new Ack(nextExpected, packet.content()), ACK_BYTES, this::onAck),
                ackPath,
                nowNanos);
    }

    private void onAck(Packet<Ack> packet, long queuedNanos, long nowNanos) {
        Ack ack = packet.content();
        if (isDone()) {
            return;
        }
        measureRtt((double) nowNanos - ack.segment().sentNanos());
        int before = unacknowledged;
        unacknowledged = Math.max(unacknowledged, ack.next());
        sacked.set(ack.segment().number());
        lost.clear(ack.segment().number());
        lost.clear(0, unacknowledged);
        highestSacked = Math.max(highestSacked, ack.segment().number());
        if (recoveryEnd >= 0 && unacknowledged >= recoveryEnd) {
            recoveryEnd = -1;
        }
        findLosses();
        if (recoveryEnd < 0 && unacknowledged > before) {
            grow();
        }
        timeoutNanos = isDone() ? Deadline.NEVER : nowNanos + rtoNanos;
        fillWindow(nowNanos);
    }

    /**
     * RFC 6675: a segment is lost when three above it have come. The window is cut once for all
     * losses of one window; a lost retransmission waits for the timer.
     */
    private void findLosses() {
        int above = 0;
        boolean found = false;
        for (int i = highestSacked; i >= unacknowledged; i--) {
            if (sacked.get(i)) {
                above++;
            } else if (above >= DUPLICATE_THRESHOLD && !lost.get(i) && !retransmitted.get(i)) {
                lost.set(i);
                found = true;
            }
        }
        if (found && recoveryEnd < 0) {
            thresholdSegments = Math.max(2, flightSegments() / 2.0);
            windowSegments = thresholdSegments;
            recoveryEnd = nextNew;
        }
    }

    private void grow() {
        windowSegments += windowSegments < thresholdSegments ? 1 : 1 / windowSegments;
    }

    private int flightSegments() {
        int flight = 0;
        for (int i = unacknowledged; i < nextNew; i++) {
            flight += sacked.get(i) || lost.get(i) ? 0 : 1;
        }
        return flight;
    }

    private void fillWindow(long nowNanos) {
        int flight = flightSegments();
        while (flight < (int) windowSegments) {
            int retransmission = lost.nextSetBit(unacknowledged);
            if (retransmission >= 0) {
                lost.clear(retransmission);
                retransmitted.set(retransmission);
                send(retransmission, nowNanos);
            } else if (nextNew < segments) {
                send(nextNew++, nowNanos);
            } else {
                return;
            }
            flight++;
        }
    }

    private void send(int number, long nowNanos) {
        var packet =
                new Packet<>(
                        new Segment(number, nowNanos),
                        SEGMENT_BYTES + HEADER_BYTES,
                        this::onSegment);
        trace.onSent(!data.send(packet, dataPath, nowNanos), nowNanos);
        if (timeoutNanos == Deadline.NEVER) {
            timeoutNanos = nowNanos + rtoNanos;
        }
    }

    /** RFC 6298 section 2. */
    private void measureRtt(double rttNanos) {
        if (smoothedRttNanos == 0) {
            smoothedRttNanos = rttNanos;
            rttVariationNanos = rttNanos / 2;
        } else {
            rttVariationNanos += (Math.abs(smoothedRttNanos - rttNanos) - rttVariationNanos) / 4;
            smoothedRttNanos += (rttNanos - smoothedRttNanos) / 8;
        }
        double rto = smoothedRttNanos + 4 * rttVariationNanos;
        rtoNanos = Math.clamp((long) rto, MIN_RTO_NANOS, MAX_RTO_NANOS);
    }
}
