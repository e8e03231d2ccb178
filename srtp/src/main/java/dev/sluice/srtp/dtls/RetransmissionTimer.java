package dev.sluice.srtp.dtls;

import dev.sluice.media.time.Deadline;

/** When a flight without an answer is sent again, RFC 6347 section 4.2.4. */
final class RetransmissionTimer {

    private long sentNanos;
    private long intervalNanos;
    private long deadlineNanos = Deadline.NEVER;

    void onFlight(long nowNanos) {
        intervalNanos = DtlsEndpoint.FIRST_RETRANSMISSION_NANOS;
        start(nowNanos);
    }

    void onRepeated(long nowNanos) {
        intervalNanos = Math.min(2 * intervalNanos, DtlsEndpoint.MAX_RETRANSMISSION_NANOS);
        start(nowNanos);
    }

    void stop() {
        deadlineNanos = Deadline.NEVER;
    }

    /**
     * Whether a flight that the peer repeats is answered by ours at once. Not when ours has just
     * been sent: then the two have crossed.
     */
    boolean answersRepetition(long nowNanos) {
        return deadlineNanos != Deadline.NEVER
                && nowNanos - sentNanos >= DtlsEndpoint.FIRST_RETRANSMISSION_NANOS / 2;
    }

    long deadlineNanos() {
        return deadlineNanos;
    }

    private void start(long nowNanos) {
        sentNanos = nowNanos;
        deadlineNanos = nowNanos + intervalNanos;
    }
}
