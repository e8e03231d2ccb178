package dev.sluice.media.pacing;

/**
 * How a {@link Pacer} works.
 *
 * @param enabled whether media waits for its turn; if not, it is released when it is enqueued, as
 *     suits a local network
 * @param maxQueueNanos the longest that a packet waits, more than 0 and at most 10 s: the rate is
 *     raised as far as needed to keep it
 * @param burstNanos what is released at once, in time at the pacing rate: 0 (packet by packet) to 1
 *     s
 * @param burstPackets the most packets that are released at once, at least 1
 */
public record PacerSettings(
        boolean enabled, long maxQueueNanos, long burstNanos, int burstPackets) {

    /**
     * Waits of up to 250 ms; bursts of 10 packets at most, which a segmented send takes as one and
     * a wireless link as one transmission, and of 20 ms, half of libwebrtc's in Chromium: a frame
     * of up to 10 packets stays together, but on a slow path ten packets would be a queue of their
     * own.
     */
    public static final PacerSettings DEFAULT =
            new PacerSettings(true, 250_000_000, 20_000_000, 10);

    /** Everything at once. */
    public static final PacerSettings OFF = new PacerSettings(false, 250_000_000, 20_000_000, 10);

    private static final long MAX_QUEUE_NANOS = 10_000_000_000L;
    private static final long MAX_BURST_NANOS = 1_000_000_000L;

    /**
     * @throws IllegalArgumentException when a value is out of its range
     */
    public PacerSettings {
        if (maxQueueNanos <= 0 || maxQueueNanos > MAX_QUEUE_NANOS) {
            throw new IllegalArgumentException(
                    "maxQueueNanos is " + maxQueueNanos + ", expected 1 to " + MAX_QUEUE_NANOS);
        }
        if (burstNanos < 0 || burstNanos > MAX_BURST_NANOS) {
            throw new IllegalArgumentException(
                    "burstNanos is " + burstNanos + ", expected 0 to " + MAX_BURST_NANOS);
        }
        if (burstPackets < 1) {
            throw new IllegalArgumentException(
                    "burstPackets is " + burstPackets + ", expected 1 or more");
        }
    }
}
