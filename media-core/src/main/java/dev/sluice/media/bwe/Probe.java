package dev.sluice.media.bwe;

/**
 * A cluster of packets to be sent at a rate above the target, to learn whether the path carries it.
 *
 * @param id what the cluster's packets are named by, above {@link #NONE}
 * @param bps the rate to send at
 * @param minPackets the least number of packets that gives a measurement
 * @param minBytes the least bytes that give a measurement
 */
public record Probe(int id, long bps, int minPackets, int minBytes) {

    /** The probe id of a packet that belongs to no probe. */
    public static final int NONE = 0;
}
