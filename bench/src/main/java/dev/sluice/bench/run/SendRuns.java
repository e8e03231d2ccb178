package dev.sluice.bench.run;

/**
 * How packets left between two moments.
 *
 * @param packets in all
 * @param segmentedPackets that left by sends which the kernel cut
 * @param segmentedSends how many such sends there were
 */
public record SendRuns(double packets, double segmentedPackets, double segmentedSends) {

    /** What grew from one reading of the metrics to the next. */
    public static SendRuns between(MetricsText before, MetricsText after) {
        return new SendRuns(
                grown(before, after, "sluice_rtp_packets_total", "direction=\"out\""),
                grown(before, after, "sluice_udp_segmented_packets_total"),
                grown(before, after, "sluice_udp_segmented_sends_total"));
    }

    private static double grown(
            MetricsText before, MetricsText after, String name, String... labels) {
        return after.sum(name, labels) - before.sum(name, labels);
    }

    /** Packets that left by a message of their own. */
    double alone() {
        return Math.max(0, packets - segmentedPackets);
    }

    /**
     * Packets of one message to the kernel, in the mean over all, those that left alone included.
     */
    public double mean() {
        double messages = segmentedSends + alone();
        return messages == 0 ? Double.NaN : (segmentedPackets + alone()) / messages;
    }

    /** Packets of one segmented send in the mean. */
    double meanSegmented() {
        return segmentedSends == 0 ? Double.NaN : segmentedPackets / segmentedSends;
    }

    /** Of all packets, 0 to 1. */
    public double shareAlone() {
        return packets == 0 ? Double.NaN : alone() / packets;
    }
}
