package dev.sluice.media.bwe;

import dev.sluice.media.rtcp.TransportFeedback;
import dev.sluice.media.seq.SequenceUnwrapper;
import dev.sluice.media.time.Deadline;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Notes when the packets of one transport arrive, by their transport-wide sequence numbers, and
 * reports it to the sender as transport feedback
 * (draft-holmer-rmcat-transport-wide-cc-extensions-01).
 *
 * <p>To be told of authenticated packets only. A report goes from the first number not yet reported
 * to the highest one received. A packet that comes late, after it was reported as missing, makes
 * the next report start again at its number; what is between is reported once more. Of two arrivals
 * with one number the first counts.
 */
public final class ArrivalLog {

    /**
     * How far behind the highest number an arrival is still of interest: 2 s of 2000 packets a
     * second.
     */
    static final int CAPACITY = 4096;

    /** Not yet reported arrivals that do not wait for the interval to end. */
    static final int URGENT_ARRIVALS = 200;

    private static final int MASK = CAPACITY - 1;
    private static final long ABSENT = Long.MIN_VALUE;

    private final SequenceUnwrapper unwrapper = new SequenceUnwrapper();

    /** Made with the first arrival: viewers send nothing that is to be reported. */
    private long[] arrivalsNanos = {};

    private final long senderSsrc;
    private final long intervalNanos;
    private long mediaSsrc;
    private long highest = -1;
    private long nextToReport;
    private int unreported;
    private int feedbackCount;
    private long deadlineNanos = Deadline.NEVER;

    /**
     * @param senderSsrc the sender of the feedback
     * @param intervalNanos from the first arrival not yet reported to its report, usually 100 ms
     */
    public ArrivalLog(long senderSsrc, long intervalNanos) {
        this.senderSsrc = senderSsrc;
        this.intervalNanos = intervalNanos;
    }

    /**
     * Notes an arrival.
     *
     * @param transportSequence 0 to 65535
     * @param ssrc the packet's stream, which the next feedback names as its media source
     */
    public void onPacket(int transportSequence, long ssrc, long nowNanos) {
        long sequence = unwrapper.unwrap(transportSequence);
        if (highest < 0) {
            begin(sequence);
        }
        if (sequence <= highest - CAPACITY) {
            return;
        }
        advanceTo(sequence);
        if (arrivalNanos(sequence) == ABSENT) {
            arrivalsNanos[(int) sequence & MASK] = nowNanos;
            nextToReport = Math.min(nextToReport, sequence);
            mediaSsrc = ssrc;
            schedule(nowNanos);
        }
    }

    private void begin(long sequence) {
        arrivalsNanos = new long[CAPACITY];
        Arrays.fill(arrivalsNanos, ABSENT);
        highest = sequence - 1;
        nextToReport = sequence;
    }

    /**
     * When {@link #onDeadline} is to be called, {@link Deadline#NEVER} when there is nothing to
     * report.
     */
    public long nextDeadlineNanos() {
        return deadlineNanos;
    }

    /**
     * Reports all arrivals not yet reported, once the deadline is due, each feedback small enough
     * for a datagram.
     */
    public void onDeadline(long nowNanos, Consumer<? super TransportFeedback> out) {
        if (!Deadline.isDue(deadlineNanos, nowNanos)) {
            return;
        }
        while (nextToReport <= highest) {
            out.accept(nextFeedback());
        }
        unreported = 0;
        deadlineNanos = Deadline.NEVER;
    }

    /** Makes room up to a new highest number; the numbers passed over are missing so far. */
    private void advanceTo(long sequence) {
        if (sequence <= highest) {
            return;
        }
        for (long passed = Math.max(highest + 1, sequence - MASK); passed <= sequence; passed++) {
            arrivalsNanos[(int) passed & MASK] = ABSENT;
        }
        highest = sequence;
        nextToReport = Math.max(nextToReport, highest - MASK);
    }

    private void schedule(long nowNanos) {
        unreported++;
        if (unreported >= URGENT_ARRIVALS) {
            deadlineNanos = nowNanos;
        } else if (deadlineNanos == Deadline.NEVER) {
            deadlineNanos = nowNanos + intervalNanos;
        }
    }

    /**
     * The next feedback from {@link #nextToReport} on. It ends with an arrival, as the highest
     * number is one; numbers missing behind the last that fits begin the feedback after it.
     */
    private TransportFeedback nextFeedback() {
        var feedback = new FeedbackBuilder(nextToReport);
        for (long sequence = nextToReport; sequence <= highest; sequence++) {
            long arrival = arrivalNanos(sequence);
            if (arrival != ABSENT && !feedback.add(sequence, arrival)) {
                break;
            }
        }
        nextToReport = feedback.endSequence();
        return feedback.build(senderSsrc, mediaSsrc, feedbackCount++ & 0xFF);
    }

    private long arrivalNanos(long sequence) {
        return arrivalsNanos[(int) sequence & MASK];
    }
}
