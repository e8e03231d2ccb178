package dev.sluice.bench.rmcat;

/**
 * What the simulated links carry.
 *
 * @param sizeBytes on the wire, with the headers of IP and UDP or TCP
 */
record Packet<T>(T content, int sizeBytes, Arrivals<T> to) {

    /** Who gets a packet. */
    interface Arrivals<T> {

        /**
         * @param queuedNanos how long the packet waited at the bottleneck
         */
        void onArrival(Packet<T> packet, long queuedNanos, long nowNanos);
    }

    void arrive(long queuedNanos, long nowNanos) {
        to.onArrival(this, queuedNanos, nowNanos);
    }
}
