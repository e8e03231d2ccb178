package dev.sluice.media.rtp;

/**
 * Within which bounds the receiver is to keep the delay from capture to display. Described at
 * http://www.webrtc.org/experiments/rtp-hdrext/playout-delay.
 *
 * <pre>
 *    0                   1                   2
 *    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |       MIN delay       |       MAX delay       |  in steps of 10 ms
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
public final class PlayoutDelay {

    public static final int SIZE_BYTES = 3;

    /** The largest delay in milliseconds. */
    public static final int MAX_MILLIS = 40_950;

    private static final int STEP_MILLIS = 10;
    private static final int DELAY_BITS = 12;
    private static final int DELAY_MASK = 0xFFF;

    private PlayoutDelay() {}

    /**
     * The 24-bit value for {@link #minMillis} and {@link #maxMillis}, or -1 when the packet has
     * none.
     */
    public static int read(RtpPacket packet, int id) {
        return ExtensionElement.unsigned(packet, id, SIZE_BYTES);
    }

    /** 0 to {@link #MAX_MILLIS}; 0 with a maximum of 0 asks for no smoothing at all. */
    public static int minMillis(int value) {
        return ((value >>> DELAY_BITS) & DELAY_MASK) * STEP_MILLIS;
    }

    /**
     * 0 to {@link #MAX_MILLIS}; less than the minimum is possible on the wire and means nothing.
     */
    public static int maxMillis(int value) {
        return (value & DELAY_MASK) * STEP_MILLIS;
    }

    /**
     * The value to send, rounded down to steps of 10 ms.
     *
     * @param minMillis 0 to {@code maxMillis}
     * @param maxMillis to {@link #MAX_MILLIS}
     */
    public static int of(int minMillis, int maxMillis) {
        if (minMillis < 0 || minMillis > maxMillis || maxMillis > MAX_MILLIS) {
            throw new IllegalArgumentException(
                    "Playout delay from %d to %d ms; expected 0 <= min <= max <= %d"
                            .formatted(minMillis, maxMillis, MAX_MILLIS));
        }
        return ((minMillis / STEP_MILLIS) << DELAY_BITS) | (maxMillis / STEP_MILLIS);
    }

    /** Sets or adds the element; false where the header cannot take it. */
    public static boolean put(RtpPacket packet, int id, int minMillis, int maxMillis) {
        return ExtensionEditor.put(packet, id, SIZE_BYTES, of(minMillis, maxMillis));
    }
}
