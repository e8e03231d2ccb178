package dev.sluice.media.rtp;

/**
 * When the first audio or video sample of a packet was captured, on the NTP clock of the capturing
 * system, and how far that clock is from the sender's. Described at
 * http://www.webrtc.org/experiments/rtp-hdrext/abs-capture-time.
 *
 * <pre>
 *    0                   1                   2                   3
 *    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |     absolute capture timestamp (UQ32.32 seconds since 1900)   |
 *   |                                                               |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |  estimated capture clock offset (Q32.32 seconds), optional    |
 *   |                                                               |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
public final class AbsoluteCaptureTime {

    public static final int SIZE_BYTES = 8;
    public static final int SIZE_WITH_OFFSET_BYTES = 16;

    private static final int OFFSET_OFFSET = 8;
    private static final int FRACTION_BITS = 32;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private AbsoluteCaptureTime() {}

    /** Whether the packet has the element, with the clock offset or without. */
    public static boolean isPresent(RtpPacket packet, int id) {
        int size = ExtensionElement.sizeBytes(packet, id);
        return size == SIZE_BYTES || size == SIZE_WITH_OFFSET_BYTES;
    }

    /** The 64-bit NTP timestamp; 0 when the packet has none. */
    public static long captureTimestamp(RtpPacket packet, int id) {
        return isPresent(packet, id)
                ? packet.buffer().getLong(ExtensionElement.index(packet, id))
                : 0;
    }

    /** Whether the element has a clock offset. */
    public static boolean hasClockOffset(RtpPacket packet, int id) {
        return ExtensionElement.sizeBytes(packet, id) == SIZE_WITH_OFFSET_BYTES;
    }

    /**
     * What to add to the capture timestamp to have it on the sender's clock, as a signed Q32.32
     * number of seconds; 0 when the packet has none.
     */
    public static long clockOffset(RtpPacket packet, int id) {
        return hasClockOffset(packet, id)
                ? packet.buffer().getLong(ExtensionElement.index(packet, id) + OFFSET_OFFSET)
                : 0;
    }

    /** A Q32.32 number of seconds in nanoseconds, rounded to the nearest. */
    public static long clockOffsetNanos(long clockOffset) {
        long seconds = clockOffset >> FRACTION_BITS;
        long fraction = clockOffset & 0xFFFF_FFFFL;
        long half = 1L << (FRACTION_BITS - 1);
        return seconds * NANOS_PER_SECOND
                + ((fraction * NANOS_PER_SECOND + half) >>> FRACTION_BITS);
    }

    /** Nanoseconds as a Q32.32 number of seconds, rounded down; exact over the way back. */
    public static long clockOffset(long nanos) {
        long seconds = Math.floorDiv(nanos, NANOS_PER_SECOND);
        long fraction =
                (Math.floorMod(nanos, NANOS_PER_SECOND) << FRACTION_BITS) / NANOS_PER_SECOND;
        return (seconds << FRACTION_BITS) | fraction;
    }

    /** Sets or adds the element without an offset; false where the header cannot take it. */
    public static boolean put(RtpPacket packet, int id, long captureTimestamp) {
        return ExtensionEditor.put(packet, id, SIZE_BYTES, captureTimestamp);
    }

    /** Sets or adds the element with an offset; false where the header cannot take it. */
    public static boolean put(RtpPacket packet, int id, long captureTimestamp, long clockOffset) {
        int at = ExtensionEditor.reserve(packet, id, SIZE_WITH_OFFSET_BYTES);
        if (at >= 0) {
            packet.buffer().setLong(at, captureTimestamp);
            packet.buffer().setLong(at + OFFSET_OFFSET, clockOffset);
        }
        return at >= 0;
    }
}
