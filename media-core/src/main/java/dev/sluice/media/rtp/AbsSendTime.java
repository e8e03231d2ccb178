package dev.sluice.media.rtp;

/**
 * The time a packet left its sender, as a header extension of three bytes: seconds modulo 64 in
 * 6.18 fixed point. Described at http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time.
 *
 * <pre>
 *    0                   1                   2
 *    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |  seconds  |        fraction of a second       |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
public final class AbsSendTime {

    public static final int SIZE_BYTES = 3;

    /** How wide the value is. */
    public static final int BITS = 24;

    public static final long TICKS_PER_SECOND = 1 << 18;

    private static final int FRACTION_BITS = 18;
    private static final int MASK = 0xFF_FFFF;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private AbsSendTime() {}

    /** The 24-bit value of a time on any clock, which wraps every 64 seconds. */
    public static int fromNanos(long nanos) {
        long seconds = Math.floorDiv(nanos, NANOS_PER_SECOND);
        long fraction =
                (Math.floorMod(nanos, NANOS_PER_SECOND) << FRACTION_BITS) / NANOS_PER_SECOND;
        return (int) ((seconds << FRACTION_BITS) + fraction) & MASK;
    }

    /** Nanoseconds within the 64-second cycle, to a resolution of 3.8 us. */
    public static long toNanos(int value) {
        return ((value & MASK) * NANOS_PER_SECOND) >>> FRACTION_BITS;
    }

    /** The 24-bit value, or -1 when the packet has none. */
    public static int read(RtpPacket packet, int id) {
        return ExtensionElement.unsigned(packet, id, SIZE_BYTES);
    }

    /** Stamps the time in place; false when the packet has no such element. */
    public static boolean overwrite(RtpPacket packet, int id, long nanos) {
        return ExtensionElement.overwrite(packet, id, SIZE_BYTES, fromNanos(nanos));
    }

    /** Sets or adds the element; false where the header cannot take it. */
    public static boolean put(RtpPacket packet, int id, long nanos) {
        return ExtensionEditor.put(packet, id, SIZE_BYTES, fromNanos(nanos));
    }
}
