package dev.sluice.media.receive;

import dev.sluice.media.time.Deadline;

/**
 * Decides which missing packets of one source to ask for, and when: generic NACK, RFC 4585 section
 * 6.2.1.
 *
 * <p>A gap is given a moment to close by itself, as packets overtake each other. Then each missing
 * packet is asked for, again after a round trip, and a bounded number of times. What cannot be
 * repaired that way needs a key frame.
 */
public final class NackRequester {

    /** What to send to the source. */
    public interface Sink {

        /**
         * Ask for {@code count} packets in sequence, the first of which has the 16-bit number
         * {@code firstSequenceNumber}.
         */
        void onPacketsLost(long mediaSsrc, int firstSequenceNumber, int count);

        /** Packets are gone for good, so that video decodes on from a key frame only. */
        void onKeyFrameNeeded(long mediaSsrc);
    }

    /** More missing packets than this are not worth their repair: a key frame costs less. */
    static final int MAX_MISSING = 500;

    /** How often one packet is asked for. */
    static final int MAX_REQUESTS = 10;

    /** How long a gap may close by itself ... */
    static final long REORDER_NANOS = 10_000_000;

    /** ... unless as many packets came after it: they would not overtake by so much. */
    static final int REORDER_PACKETS = 16;

    /** The interval of requests while the round trip is unknown. */
    static final long DEFAULT_INTERVAL_NANOS = 100_000_000;

    /** The shortest interval: a short round trip is no reason to ask for each packet many times. */
    static final long MIN_INTERVAL_NANOS = 20_000_000;

    private static final long UNKNOWN = -1;

    private final long mediaSsrc;
    private final ReceiveCounters counters;
    private final MissingPackets missing = new MissingPackets(MAX_MISSING);
    private long highest = UNKNOWN;
    private long rttNanos = UNKNOWN;
    private long rttMeasuredNanos;
    private long nextDeadlineNanos = Deadline.NEVER;
    private long keyFrameDueNanos = Deadline.NEVER;
    private long runFirst;
    private int runCount;
    private boolean gapsMayBeRepairs;

    public NackRequester(long mediaSsrc, ReceiveCounters counters) {
        this.mediaSsrc = mediaSsrc;
        this.counters = counters;
    }

    /**
     * Takes note of an accepted packet.
     *
     * @param retransmitted whether it came by RTX: then its way tells the round trip
     * @return whether the packet had been asked for
     */
    public boolean onPacket(long extendedSequence, boolean retransmitted, long nowNanos) {
        if (highest == UNKNOWN) {
            highest = extendedSequence;
            return false;
        }
        if (extendedSequence < highest) {
            return onLatePacket(extendedSequence, retransmitted, nowNanos);
        }
        onGap(extendedSequence, nowNanos);
        highest = extendedSequence;
        hastenOvertaken(nowNanos);
        return false;
    }

    /**
     * The source sends repair packets in the numbers of its media, and never again: to give one up
     * is no loss of media. Who cannot decode asks for a key frame himself.
     */
    public void gapsMayBeRepairs() {
        gapsMayBeRepairs = true;
    }

    /** The measured round trip to the source. */
    public void onRtt(long rttNanos, long nowNanos) {
        this.rttNanos = rttNanos;
        this.rttMeasuredNanos = nowNanos;
    }

    /** The round trip to the source; -1 while it is not known. */
    public long rttNanos() {
        return rttNanos;
    }

    /** When the round trip was last measured; of no meaning while it is not known. */
    public long rttMeasuredNanos() {
        return rttMeasuredNanos;
    }

    /** Forgets what is missing before the first packet of a key frame: nothing needs it now. */
    public void onKeyFrame(long extendedSequence) {
        int before = missing.size();
        missing.removeBefore(extendedSequence);
        counters.givenUp().add(before - missing.size());
        keyFrameDueNanos = Deadline.NEVER;
        updateDeadline();
    }

    /** The source began anew: what is missing from before will not come, and a picture is due. */
    public void onRestart(long extendedSequence, long nowNanos) {
        highest = extendedSequence;
        giveUpAll(nowNanos);
    }

    /** Hands over what is due. */
    public void onDeadline(long nowNanos, Sink out) {
        requestDue(nowNanos, out);
        if (Deadline.isDue(keyFrameDueNanos, nowNanos)) {
            keyFrameDueNanos = Deadline.NEVER;
            out.onKeyFrameNeeded(mediaSsrc);
        }
        updateDeadline();
    }

    public long nextDeadlineNanos() {
        return nextDeadlineNanos;
    }

    /** The packets that are still waited for. */
    public int missingPackets() {
        return missing.size();
    }

    private boolean onLatePacket(long sequence, boolean retransmitted, long nowNanos) {
        int index = missing.indexOf(sequence);
        if (index == MissingPackets.ABSENT) {
            return false;
        }
        int requests = missing.requests(index);
        if (retransmitted && requests == 1) {
            onRttSample(nowNanos - missing.lastRequestNanos(index), nowNanos);
        }
        missing.remove(index);
        if (missing.size() == 0) {
            updateDeadline();
        }
        return requests > 0;
    }

    /** Smoothed as RFC 6298 has it; a packet asked for twice tells nothing (Karn's algorithm). */
    private void onRttSample(long sampleNanos, long nowNanos) {
        rttMeasuredNanos = nowNanos;
        rttNanos = rttNanos == UNKNOWN ? sampleNanos : rttNanos + (sampleNanos - rttNanos) / 8;
    }

    private void onGap(long newest, long nowNanos) {
        long gap = newest - highest - 1;
        if (gap <= 0) {
            return;
        }
        if (!missing.hasRoomFor(gap)) {
            counters.givenUp().add(gap);
            giveUpAll(nowNanos);
            return;
        }
        for (long sequence = highest + 1; sequence < newest; sequence++) {
            missing.add(sequence, nowNanos + REORDER_NANOS);
        }
        nextDeadlineNanos = Math.min(nextDeadlineNanos, nowNanos + REORDER_NANOS);
    }

    /** Makes due what so many packets have overtaken that it is lost. */
    private void hastenOvertaken(long nowNanos) {
        for (int i = missing.size() - 1; i >= 0 && missing.requests(i) == 0; i--) {
            boolean overtaken = missing.sequence(i) <= highest - REORDER_PACKETS;
            if (overtaken && missing.nextRequestNanos(i) <= nowNanos) {
                return;
            }
            if (overtaken) {
                missing.nextRequestNanos(i, nowNanos);
                nextDeadlineNanos = Math.min(nextDeadlineNanos, nowNanos);
            }
        }
    }

    private void giveUpAll(long nowNanos) {
        counters.givenUp().add(missing.size());
        missing.clear();
        keyFrameDueNanos = nowNanos;
        updateDeadline();
    }

    private void requestDue(long nowNanos, Sink out) {
        long intervalNanos = intervalNanos();
        runCount = 0;
        for (int i = 0; i < missing.size(); i++) {
            if (!Deadline.isDue(missing.nextRequestNanos(i), nowNanos)) {
                continue;
            }
            if (missing.requests(i) == MAX_REQUESTS) {
                giveUp(i--, nowNanos);
                continue;
            }
            missing.onRequest(i, nowNanos, intervalNanos);
            addToRun(missing.sequence(i), out);
        }
        endRun(out);
    }

    private void giveUp(int index, long nowNanos) {
        missing.remove(index);
        counters.givenUp().increment();
        if (!gapsMayBeRepairs) {
            keyFrameDueNanos = nowNanos;
        }
    }

    private void addToRun(long sequence, Sink out) {
        if (runCount > 0 && sequence != runFirst + runCount) {
            endRun(out);
        }
        if (runCount == 0) {
            runFirst = sequence;
        }
        runCount++;
    }

    private void endRun(Sink out) {
        if (runCount > 0) {
            counters.requested().add(runCount);
            out.onPacketsLost(mediaSsrc, (int) (runFirst & 0xFFFF), runCount);
            runCount = 0;
        }
    }

    /** A round trip, and a quarter more for an answer that is a little late. */
    private long intervalNanos() {
        return rttNanos == UNKNOWN
                ? DEFAULT_INTERVAL_NANOS
                : Math.max(MIN_INTERVAL_NANOS, rttNanos + rttNanos / 4);
    }

    private void updateDeadline() {
        long next = keyFrameDueNanos;
        for (int i = 0; i < missing.size(); i++) {
            next = Math.min(next, missing.nextRequestNanos(i));
        }
        nextDeadlineNanos = next;
    }
}
