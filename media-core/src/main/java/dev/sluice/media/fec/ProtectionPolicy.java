package dev.sluice.media.fec;

/**
 * Decides how one viewer's video is protected. Where the round trip is short a retransmission comes
 * in time and costs less, so there is no protection; beyond that it follows the loss, within what
 * the estimate leaves for it.
 *
 * <p>Of a packet and {@code c} others that share a repair packet, the packet stays lost when it is
 * lost and so is any other: with a loss ratio p the residue is p·(1 - (1-p)^c). The policy takes
 * the largest c that leaves at most a quarter, so c = ln(3/4) / ln(1-p), about 0.29/p; what is left
 * is for retransmissions. Interleaving follows the mean length of loss bursts.
 */
public final class ProtectionPolicy {

    /**
     * A round trip from which on protection is worth it, and the one below which it ends. A second
     * answer to a NACK comes three round trips after the loss, and a picture that waits longer than
     * 200 ms is seen to stop.
     */
    static final long ON_RTT_NANOS = 50_000_000;

    static final long OFF_RTT_NANOS = 35_000_000;

    /** The smoothed loss ratios where protection begins and ends. */
    static final double ON_LOSS = 0.01;

    static final double OFF_LOSS = 0.003;

    /** More packets with one repair packet help little and late. */
    static final int MAX_PACKETS_PER_REPAIR = 20;

    /** Half as many repair packets as media: more has no use that a lower layer does not have. */
    static final int MIN_PACKETS_PER_REPAIR = 2;

    /** Loss is believed at once when it rises and forgotten with this time constant. */
    static final long FORGET_NANOS = 5_000_000_000L;

    /** What a lost packet may still be after repair, as a share of the loss. */
    private static final double RESIDUE = 0.25;

    private static final long UNKNOWN = -1;

    private final boolean hasRetransmissions;
    private double loss;
    private double burstPackets = 1;
    private long lastNanos = UNKNOWN;
    private boolean on;

    /**
     * @param hasRetransmissions whether the viewer may ask for packets; without, the round trip
     *     does not matter
     */
    public ProtectionPolicy(boolean hasRetransmissions) {
        this.hasRetransmissions = hasRetransmissions;
    }

    /**
     * The protection for now.
     *
     * @param lossRatio 0 to 1, of the latest feedback
     * @param meanBurstPackets packets in sequence that are lost together, 1 or more
     * @param rttNanos -1 when it is not known
     * @param mediaBps what the media takes
     * @param budgetBps what protection may take
     */
    public Protection update(
            double lossRatio,
            double meanBurstPackets,
            long rttNanos,
            long mediaBps,
            long budgetBps,
            long nowNanos) {
        smooth(lossRatio, meanBurstPackets, nowNanos);
        on = isWorthIt(rttNanos);
        int forLoss = packetsPerRepair(loss);
        int affordable = budgetBps <= 0 ? Integer.MAX_VALUE : ceilDiv(mediaBps, budgetBps);
        int packets = Math.max(forLoss, affordable);
        if (!on || packets > MAX_PACKETS_PER_REPAIR) {
            return Protection.NONE;
        }
        return new Protection(packets, rows(packets));
    }

    private void smooth(double lossRatio, double meanBurstPackets, long nowNanos) {
        double sample = Math.clamp(lossRatio, 0, 1);
        double burst = Math.max(1, meanBurstPackets);
        if (lastNanos == UNKNOWN || sample >= loss) {
            loss = sample;
        } else {
            double kept = Math.exp(-(double) (nowNanos - lastNanos) / FORGET_NANOS);
            loss = sample + (loss - sample) * kept;
        }
        burstPackets = sample > 0 ? burstPackets + (burst - burstPackets) / 4 : burstPackets;
        lastNanos = nowNanos;
    }

    private boolean isWorthIt(long rttNanos) {
        boolean isLossy = loss >= (on ? OFF_LOSS : ON_LOSS);
        boolean isFar = !hasRetransmissions || rttNanos >= (on ? OFF_RTT_NANOS : ON_RTT_NANOS);
        return isLossy && isFar;
    }

    private static int packetsPerRepair(double loss) {
        double packets = Math.log(1 - RESIDUE) / Math.log1p(-Math.min(loss, 0.99));
        return (int) Math.clamp(packets, MIN_PACKETS_PER_REPAIR, MAX_PACKETS_PER_REPAIR);
    }

    private static int ceilDiv(long a, long b) {
        return (int) Math.min(Integer.MAX_VALUE, Math.ceilDiv(a, b));
    }

    /** At least the mean burst, as far as a group of that many rows is not too long. */
    private int rows(int packetsPerRepair) {
        int rows = 1;
        while (rows < burstPackets
                && rows < Protection.MAX_ROWS
                && 2 * rows * packetsPerRepair <= FecGenerator.MAX_GROUP_PACKETS) {
            rows *= 2;
        }
        return rows;
    }
}
