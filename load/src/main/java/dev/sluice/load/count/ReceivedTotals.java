package dev.sluice.load.count;

/**
 * What viewers have received so far. Injected loss happens before anything is counted.
 *
 * @param datagrams of RTP, retransmissions and padding among them, injected loss not
 * @param bytes of these datagrams as they came, without UDP and IP headers
 * @param expected media packets by sequence numbers
 * @param received of these, packets that came by themselves
 * @param recovered of these, packets that came only because they were sent again
 * @param pending missing packets that are still asked for at the end
 * @param pendingBefore those that were asked for already when the count began
 * @param requested sequence numbers asked for by NACK, each time counted
 * @param retransmissions packets that came by RTX
 * @param padding packets without payload, which probe the network
 * @param injected packets dropped on purpose
 * @param authenticated packets whose tag was verified
 * @param rejected packets that were not authentic or not well-formed
 * @param unknown packets of no stream that was agreed on
 */
public record ReceivedTotals(
        long datagrams,
        long bytes,
        long expected,
        long received,
        long recovered,
        long pending,
        long pendingBefore,
        long duplicates,
        long requested,
        long retransmissions,
        long padding,
        long injected,
        long authenticated,
        long rejected,
        long unknown) {

    public static final ReceivedTotals ZERO =
            new ReceivedTotals(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    public ReceivedTotals plus(ReceivedTotals other) {
        return combined(other, 1, pending + other.pending, pendingBefore + other.pendingBefore);
    }

    /** What was received since an earlier time. */
    public ReceivedTotals minus(ReceivedTotals earlier) {
        return combined(earlier, -1, pending, earlier.pending);
    }

    private ReceivedTotals combined(
            ReceivedTotals other, int sign, long pendingNow, long pendingThen) {
        return new ReceivedTotals(
                datagrams + sign * other.datagrams,
                bytes + sign * other.bytes,
                expected + sign * other.expected,
                received + sign * other.received,
                recovered + sign * other.recovered,
                pendingNow,
                pendingThen,
                duplicates + sign * other.duplicates,
                requested + sign * other.requested,
                retransmissions + sign * other.retransmissions,
                padding + sign * other.padding,
                injected + sign * other.injected,
                authenticated + sign * other.authenticated,
                rejected + sign * other.rejected,
                unknown + sign * other.unknown);
    }

    /**
     * Media packets that never came and are not asked for any more; also those that were given up
     * in this time and had been missing before it.
     */
    public long lost() {
        return Math.max(0, expected + pendingBefore - received - recovered - pending);
    }
}
