package dev.sluice.media.bwe;

/**
 * Measures the path by the packets of a probe cluster: the lower of the rates that they were sent
 * and received at. libwebrtc's ProbeBitrateEstimator, where the limits are from.
 */
final class ProbeBitrateEstimator {

    static final long UNKNOWN = -1;

    /** The latest clusters that packets may still come of. */
    private static final int MAX_CLUSTERS = 16;

    private static final double MIN_SHARE = 0.8;
    private static final long MAX_SPAN_NANOS = 1_000_000_000L;
    private static final double MAX_RECEIVE_TO_SEND = 2;

    /** Below it the link was full, and what arrived is its capacity. */
    private static final double MIN_RECEIVE_TO_SEND = 0.9;

    private static final double TARGET_UTILIZATION = 0.95;
    private static final double BITS_AND_NANOS = 8e9;

    private final Cluster[] clusters = new Cluster[MAX_CLUSTERS];
    private int measuredId = Probe.NONE;

    private static final class Cluster {
        int id;
        int minPackets;
        int minBytes;
        int packets;
        long bytes;
        long firstSentNanos;
        long lastSentNanos;
        int lastSentBytes;
        long firstArrivalNanos;
        long lastArrivalNanos;
        int firstArrivalBytes;

        void begin(Probe probe) {
            id = probe.id();
            minPackets = probe.minPackets();
            minBytes = probe.minBytes();
            packets = 0;
            bytes = 0;
        }

        void add(long sentNanos, long arrivalNanos, int sizeBytes) {
            if (packets == 0 || sentNanos < firstSentNanos) {
                firstSentNanos = sentNanos;
            }
            if (packets == 0 || sentNanos >= lastSentNanos) {
                lastSentNanos = sentNanos;
                lastSentBytes = sizeBytes;
            }
            if (packets == 0 || arrivalNanos < firstArrivalNanos) {
                firstArrivalNanos = arrivalNanos;
                firstArrivalBytes = sizeBytes;
            }
            if (packets == 0 || arrivalNanos > lastArrivalNanos) {
                lastArrivalNanos = arrivalNanos;
            }
            packets++;
            bytes += sizeBytes;
        }

        boolean isComplete() {
            return packets >= Math.max(2, minPackets * MIN_SHARE) && bytes >= minBytes * MIN_SHARE;
        }
    }

    ProbeBitrateEstimator() {
        for (int i = 0; i < MAX_CLUSTERS; i++) {
            clusters[i] = new Cluster();
        }
    }

    /** A probe is handed out, and its packets are to be expected. */
    void onProbe(Probe probe) {
        clusters[probe.id() % MAX_CLUSTERS].begin(probe);
    }

    /**
     * Takes the packets of probes among the results.
     *
     * @param uncertaintyNanos by how much the arrivals of single packets scatter
     * @return the highest rate that a cluster complete enough measured, {@link #UNKNOWN} without
     */
    long onResults(PacketResults results, long uncertaintyNanos) {
        long highestBps = UNKNOWN;
        for (int place = 0; place < results.timedCount(); place++) {
            int index = results.byArrival(place);
            int id = results.probeId(index);
            if (id == Probe.NONE) {
                continue;
            }
            Cluster cluster = clusters[id & (MAX_CLUSTERS - 1)];
            if (cluster.id == id) {
                cluster.add(
                        results.sentNanos(index),
                        results.arrivalNanos(index),
                        results.sizeBytes(index));
                long bps = measure(cluster, uncertaintyNanos);
                if (bps > highestBps) {
                    highestBps = bps;
                    measuredId = id;
                }
            }
        }
        return highestBps;
    }

    /** Which probe measured what was last returned. */
    int measuredId() {
        return measuredId;
    }

    private static long measure(Cluster cluster, long uncertaintyNanos) {
        long sendNanos = cluster.lastSentNanos - cluster.firstSentNanos;
        long receiveNanos = cluster.lastArrivalNanos - cluster.firstArrivalNanos;
        if (!cluster.isComplete() || !isValid(sendNanos) || !isValid(receiveNanos)) {
            return UNKNOWN;
        }
        // The time to send the last packet, and to receive the first, is in neither span.
        double sentBits = (cluster.bytes - cluster.lastSentBytes) * BITS_AND_NANOS;
        double receivedBits = (cluster.bytes - cluster.firstArrivalBytes) * BITS_AND_NANOS;
        if (receivedBits / receiveNanos > MAX_RECEIVE_TO_SEND * sentBits / sendNanos) {
            return UNKNOWN;
        }
        double certainNanos = (double) receiveNanos + uncertaintyNanos;
        // What arrives in the time that it was sent in tells the sender's rate and not the path's,
        // whatever the sizes of the first and the last packet.
        boolean isCarried = sendNanos >= MIN_RECEIVE_TO_SEND * receiveNanos;
        return isCarried
                ? (long) (sentBits / Math.max((double) sendNanos, certainNanos))
                : (long) (TARGET_UTILIZATION * receivedBits / certainNanos);
    }

    private static boolean isValid(long spanNanos) {
        return spanNanos > 0 && spanNanos <= MAX_SPAN_NANOS;
    }
}
