package dev.sluice.media.pacing;

import dev.sluice.media.bwe.Probe;
import dev.sluice.media.time.Deadline;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;

/**
 * The probes that wait, and the one that is being sent: when its next packet is due, and how big
 * padding for it should be.
 */
final class ProbeClusters {

    /** More than an estimator asks for at a time; the oldest gives way. */
    static final int MOST_WAITING = 8;

    /** A packet of a probe that is later than this makes the probe measure the sender: given up. */
    static final long MAX_LATENESS_NANOS = 20_000_000;

    /** How long a probe waits for something to be sent. */
    static final long MAX_WAIT_NANOS = 5_000_000_000L;

    /** Padding of less is not worth its headers. */
    static final int MIN_PADDING_BYTES = 200;

    /** About a packet, as padding is asked for by the packet. */
    static final int MAX_PADDING_BYTES = 1200;

    private record Waiting(Probe probe, long sinceNanos) {}

    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private @Nullable Waiting active;
    private boolean started;
    private boolean starved;
    private long startNanos;
    private long sentBytes;
    private int sentPackets;

    void add(Probe probe, long nowNanos) {
        if (waiting.size() == MOST_WAITING) {
            waiting.removeFirst();
        }
        waiting.addLast(new Waiting(probe, nowNanos));
        if (active == null) {
            next();
        }
    }

    /** Whether there is a probe to send, or being sent. */
    boolean hasSome() {
        return active != null;
    }

    /** The probe that packets belong to now, or {@link Probe#NONE}. */
    int activeId() {
        return active == null ? Probe.NONE : active.probe.id();
    }

    /**
     * When the next packet of a probe is to be sent; {@link Deadline#NEVER} when nothing can be.
     */
    long dueNanos() {
        if (active == null || starved) {
            return Deadline.NEVER;
        }
        return started ? plannedNanos(active.probe) : active.sinceNanos;
    }

    /** Ends what has become useless: probes too late in their course, or too old to begin. */
    void expire(long nowNanos) {
        while (active != null && isUseless(active, nowNanos)) {
            next();
        }
    }

    /** How much padding to send now, of about a packet. */
    int paddingBytes() {
        if (active == null) {
            return 0;
        }
        long missing = active.probe.minBytes() - sentBytes;
        return Math.clamp(missing, MIN_PADDING_BYTES, MAX_PADDING_BYTES);
    }

    /** A packet has gone, of whatever kind. */
    void onSent(int sizeBytes, long nowNanos) {
        if (active == null) {
            return;
        }
        if (!started) {
            started = true;
            startNanos = nowNanos;
        }
        sentBytes += sizeBytes;
        sentPackets++;
        if (sentPackets >= active.probe.minPackets() && sentBytes >= active.probe.minBytes()) {
            next();
        }
    }

    /** There was neither media nor padding: the probe waits for media. */
    void onNothingToSend() {
        starved = true;
    }

    /** There is media again. */
    void onMedia() {
        starved = false;
    }

    /** Whether a probe has begun and goes on by its own rate. */
    boolean isRunning() {
        return started && !starved;
    }

    void clear() {
        waiting.clear();
        next();
    }

    private void next() {
        active = waiting.pollFirst();
        started = false;
        starved = false;
        sentBytes = 0;
        sentPackets = 0;
    }

    private boolean isUseless(Waiting one, long nowNanos) {
        return started
                ? nowNanos - plannedNanos(one.probe) > MAX_LATENESS_NANOS
                : nowNanos - one.sinceNanos > MAX_WAIT_NANOS;
    }

    private long plannedNanos(Probe probe) {
        return startNanos + (long) (sentBytes * 8e9 / Math.max(1, probe.bps()));
    }
}
