package dev.sluice.media.receive;

import dev.sluice.media.rtcp.DlrrBlock;
import dev.sluice.media.rtcp.ReceiverReferenceTimeBlock;
import dev.sluice.media.time.NtpTime;

import java.util.Arrays;

/**
 * Measures the round trip to a sender for one who only receives: sends its time and learns from the
 * answer how long that took (RFC 3611 sections 4.4 and 4.5).
 *
 * <p>The time is that of the monotonic clock, as RFC 3550 section 6.4.1 allows for one who does not
 * tell the wall-clock time. Only answers to what was sent lately count, so that nobody can make up
 * a round trip longer than the last minute.
 */
public final class ReferenceTimes {

    /** The result of {@link #rttNanos} where an answer tells none. */
    public static final long UNKNOWN = -1;

    /** Blocks to remember: at one a second more than any round trip that is of use. */
    private static final int REMEMBERED = 16;

    /** Clocks of 1/65536 s may round up what they held: a little less than nothing is nothing. */
    private static final long ROUNDING_NANOS = 1_000_000;

    private final long[] compactTimes = new long[REMEMBERED];
    private final long[] sentNanos = new long[REMEMBERED];
    private int next;

    public ReferenceTimes() {
        Arrays.fill(compactTimes, UNKNOWN);
    }

    /** The block to send now. */
    public ReceiverReferenceTimeBlock block(long nowNanos) {
        long ntp = NtpTime.fromUnixNanos(nowNanos);
        compactTimes[next] = NtpTime.compact(ntp);
        sentNanos[next] = nowNanos;
        next = (next + 1) % REMEMBERED;
        return new ReceiverReferenceTimeBlock(ntp);
    }

    /** The round trip that an answer tells, or {@link #UNKNOWN}. */
    public long rttNanos(DlrrBlock.Entry answer, long nowNanos) {
        long told = answer.lastReceiverReport();
        for (int i = 0; told != 0 && i < REMEMBERED; i++) {
            if (compactTimes[i] == told) {
                long heldNanos = NtpTime.compactToNanos(answer.delaySinceLastReceiverReport());
                long rttNanos = nowNanos - sentNanos[i] - heldNanos;
                return rttNanos < -ROUNDING_NANOS ? UNKNOWN : Math.max(0, rttNanos);
            }
        }
        return UNKNOWN;
    }
}
