package dev.sluice.media.pacing;

import dev.sluice.media.bwe.Probe;
import dev.sluice.media.time.Deadline;

import java.util.function.Consumer;

/**
 * Spreads the packets to one viewer over time, so that the path's queue stays short: a leaky bucket
 * with priorities, which also sends the probes of the estimator and pads.
 *
 * <p>Packets go in bursts. A burst ends when {@link PacerSettings#burstNanos} at the pacing rate
 * are owed, or after {@link PacerSettings#burstPackets}; the next one begins when 2 ms of it are
 * paid for, or all of it. Over any span of time no more goes than the rate gives, one burst and one
 * packet, with these exceptions:
 *
 * <ul>
 *   <li>Audio goes at once. What it takes is missing to the others.
 *   <li>The rate rises to what empties the queue in time, as a mean, and a packet whose time is
 *       over goes: none waits for longer than {@link PacerSettings#maxQueueNanos}.
 *   <li>A probe goes at its own rate, of media if there is some, and of padding.
 * </ul>
 *
 * Packets of one priority keep their order. Until {@link #rates} is called the first time nothing
 * is held back.
 *
 * @param <T> what the caller sends; kept until it is released or dropped
 */
public final class Pacer<T> {

    /** Where packets go. It may enqueue more from within its methods. */
    public interface Sink<T> {

        /**
         * Sends the packet now.
         *
         * @param probeId of the probe that it belongs to, or {@link Probe#NONE}
         */
        void onRelease(T packet, int probeId, long nowNanos);

        /**
         * Sends about so many bytes of padding now, as one packet if that can be.
         *
         * @param bytes more than 0
         * @param probeId of the probe that it belongs to, or {@link Probe#NONE}
         * @return the bytes sent, 0 when there is nothing to pad with
         */
        int onPaddingWanted(int bytes, int probeId, long nowNanos);
    }

    /** The largest packet: what a UDP datagram can carry. */
    public static final int MAX_PACKET_BYTES = 65_535;

    /** The highest rate, which more is cut to: 100 Gbit/s. */
    public static final long MAX_RATE_BPS = 100_000_000_000L;

    private final PacerSettings settings;
    private final SendQueue<T> queue;
    private final BurstBudget budget;
    private final SteadyPadding padding;
    private final ProbeClusters probes = new ProbeClusters();

    /** Whether there is a rate to fill up to. */
    private boolean pads;

    /** False when nothing waits and there is no probe; else {@link #isBusy} looks. */
    private boolean busy;

    private long lastNanos;

    /** What has gone since there was a rate to fill up to. */
    private long unpaddedBytes;

    private boolean releasing;

    public Pacer(PacerSettings settings, long nowNanos) {
        this.settings = settings;
        queue = new SendQueue<>(settings.maxQueueNanos(), nowNanos);
        budget = new BurstBudget(settings);
        padding = new SteadyPadding(nowNanos);
        lastNanos = nowNanos;
    }

    /**
     * Takes a packet to send, and releases what may go now; often this one.
     *
     * @param sizeBytes 0 to {@link #MAX_PACKET_BYTES}, as the rates count it
     * @throws IllegalArgumentException when the size is out of range
     */
    public void enqueue(
            T packet, int sizeBytes, PacketPriority priority, long nowNanos, Sink<T> out) {
        if (sizeBytes < 0 || sizeBytes > MAX_PACKET_BYTES) {
            throw new IllegalArgumentException(
                    "sizeBytes is " + sizeBytes + ", expected 0 to " + MAX_PACKET_BYTES);
        }
        passTime(nowNanos);
        if (priority == PacketPriority.AUDIO) {
            sendAudio(packet, sizeBytes, out);
        } else if (mayPass(sizeBytes)) {
            pass(packet, sizeBytes, out);
        } else {
            busy = true;
            queue.add(packet, sizeBytes, priority, lastNanos);
            probes.onMedia();
        }
        release(out);
    }

    /** Releases what may go now. */
    public void onDeadline(long nowNanos, Sink<T> out) {
        passTime(nowNanos);
        release(out);
    }

    /** When {@link #onDeadline} is to be called, {@link Deadline#NEVER} when nothing waits. */
    public long nextDeadlineNanos() {
        return isBusy()
                ? Deadline.earlier(
                        probes.dueNanos(), queue.isEmpty() ? paddingNanos() : releaseNanos())
                : paddingNanos();
    }

    /**
     * Sets the rates from now on, in bit/s; below 0 counts as 0, more than {@link #MAX_RATE_BPS} as
     * that.
     *
     * @param pacingBps of everything; at 0 packets go only because they have waited too long
     * @param paddingBps what padding fills up to while no media waits
     */
    public void rates(long pacingBps, long paddingBps, long nowNanos) {
        passTime(nowNanos);
        budget.rate(Math.clamp(pacingBps, 0, MAX_RATE_BPS));
        pads = paddingBps > 0;
        if (pads) {
            padding.rate(Math.min(paddingBps, MAX_RATE_BPS), unpaddedBytes);
            unpaddedBytes = 0;
        } else {
            padding.rate(0, 0);
        }
        raiseRate();
    }

    /** Sends a probe as soon as there is something to send; one at a time, in their order. */
    public void probe(Probe probe, long nowNanos) {
        passTime(nowNanos);
        busy = true;
        probes.add(probe, lastNanos);
    }

    /** What waits, in bytes. */
    public long queuedBytes() {
        return queue.bytes();
    }

    public int queuedPackets() {
        return queue.packets();
    }

    /** How long the oldest packet has waited, 0 when none waits. */
    public long oldestWaitNanos(long nowNanos) {
        return queue.oldestWaitNanos(nowNanos);
    }

    /** Hands over all packets that wait, unsent, and forgets the probes. */
    public void clear(Consumer<T> dropped) {
        probes.clear();
        queue.clear(lastNanos, dropped);
    }

    private void passTime(long nowNanos) {
        long elapsedNanos = nowNanos - lastNanos;
        if (elapsedNanos > 0) {
            budget.pay(elapsedNanos);
            if (pads) {
                padding.pay(elapsedNanos);
            }
            lastNanos = nowNanos;
        }
        raiseRate();
    }

    /**
     * Whether something waits, or there is a probe. With many viewers mostly not, and what would
     * tell is not in the processor's cache.
     */
    private boolean isBusy() {
        if (busy) {
            busy = !queue.isEmpty() || probes.hasSome();
        }
        return busy;
    }

    /** The rate is what empties the queue in time, as a mean. */
    private void raiseRate() {
        if (isBusy() && !queue.isEmpty()) {
            budget.raiseFor(queue.bytes(), queue.meanLeftNanos(lastNanos));
        } else {
            budget.lower();
        }
    }

    /** Whether a packet that comes now may go without having been in the queue. */
    private boolean mayPass(int sizeBytes) {
        if (releasing || isBusy()) {
            return false;
        }
        budget.raiseFor(sizeBytes, (double) settings.maxQueueNanos());
        return budget.mayGo();
    }

    /** What the sink enqueues from within goes after the packet. */
    private void pass(T packet, int sizeBytes, Sink<T> out) {
        releasing = true;
        try {
            owe(sizeBytes);
            out.onRelease(packet, Probe.NONE, lastNanos);
        } finally {
            releasing = false;
        }
    }

    /** A call from within the sink leaves the rest to the one that is going on. */
    private void release(Sink<T> out) {
        if (releasing) {
            return;
        }
        if (!isBusy() && !pads) {
            raiseRate();
            return;
        }
        releasing = true;
        try {
            sendProbes(out);
            raiseRate();
            while (!queue.isEmpty() && mayRelease()) {
                sendFirst(queue.next(lastNanos), out);
                raiseRate();
            }
            pad(out);
        } finally {
            releasing = false;
        }
    }

    private void sendProbes(Sink<T> out) {
        probes.expire(lastNanos);
        while (Deadline.isDue(probes.dueNanos(), lastNanos)) {
            if (!queue.isEmpty()) {
                sendFirst(queue.mostUrgent(), out);
            } else if (sendPadding(probes.paddingBytes(), out) == 0) {
                probes.onNothingToSend();
            }
        }
    }

    private boolean mayRelease() {
        return !budget.isLimited()
                || queue.isOverdue(lastNanos)
                || (!probes.isRunning() && budget.mayGo());
    }

    private void sendFirst(PacketFifo<T> fifo, Sink<T> out) {
        int sizeBytes = fifo.firstSizeBytes();
        T packet = queue.remove(fifo, lastNanos);
        int probeId = probes.activeId();
        onSent(sizeBytes);
        out.onRelease(packet, probeId, lastNanos);
    }

    /** Sound is no part of a probe: it comes too seldom to keep up a probe's rate. */
    private void sendAudio(T packet, int sizeBytes, Sink<T> out) {
        owe(sizeBytes);
        out.onRelease(packet, Probe.NONE, lastNanos);
    }

    private int sendPadding(int wantedBytes, Sink<T> out) {
        int sentBytes = out.onPaddingWanted(wantedBytes, probes.activeId(), lastNanos);
        if (sentBytes > 0) {
            onSent(sentBytes);
        }
        return sentBytes;
    }

    private void onSent(int sizeBytes) {
        owe(sizeBytes);
        probes.onSent(sizeBytes, lastNanos);
    }

    private void owe(int sizeBytes) {
        budget.onSent(sizeBytes);
        if (pads) {
            padding.onSent(sizeBytes);
        } else {
            unpaddedBytes += sizeBytes;
        }
    }

    private void pad(Sink<T> out) {
        while (queue.isEmpty() && Deadline.isDue(paddingNanos(), lastNanos)) {
            if (sendPadding(padding.pieceBytes(), out) == 0) {
                padding.onNothingToSend(lastNanos);
            }
        }
    }

    private long releaseNanos() {
        if (budget.isLimited() && probes.isRunning()) {
            return queue.overdueNanos();
        }
        long waitNanos = budget.mayGoAfterNanos();
        return waitNanos == Deadline.NEVER
                ? queue.overdueNanos()
                : Deadline.earlier(lastNanos + waitNanos, queue.overdueNanos());
    }

    private long paddingNanos() {
        return pads ? padding.dueNanos(budget.paidAfterNanos(), lastNanos) : Deadline.NEVER;
    }
}
