package dev.sluice.media.rtp;

/**
 * The second version of the transport-wide sequence number: it may ask for feedback with the packet
 * that has it, so that the receiver need not send any unasked. Described at
 * http://www.webrtc.org/experiments/rtp-hdrext/transport-wide-cc-02.
 *
 * <pre>
 *    0                   1                   2                   3
 *    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |transport-wide sequence number |T|    packets to report on     |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * The second half is there only with a request, or with 0 packets where room was kept for one.
 */
public final class TransportSequenceV2 {

    public static final int SIZE_BYTES = 2;
    public static final int SIZE_WITH_REQUEST_BYTES = 4;

    /** The most packets that a request can name. */
    public static final int MAX_REPORTED_PACKETS = 0x7FFF;

    private static final int REQUEST_OFFSET = 2;
    private static final int TIMESTAMPS_BIT = 0x8000;

    private TransportSequenceV2() {}

    /** 0 to 65535, or -1 when the packet has none. */
    public static int read(RtpPacket packet, int id) {
        int size = ExtensionElement.sizeBytes(packet, id);
        return size == SIZE_BYTES || size == SIZE_WITH_REQUEST_BYTES
                ? packet.buffer().getUnsignedShort(ExtensionElement.index(packet, id))
                : -1;
    }

    /** On how many packets, this one the last, feedback is asked for; 0 without a request. */
    public static int reportedPackets(RtpPacket packet, int id) {
        return request(packet, id) & MAX_REPORTED_PACKETS;
    }

    /** Whether the feedback is to have arrival times. */
    public static boolean wantsTimestamps(RtpPacket packet, int id) {
        return (request(packet, id) & TIMESTAMPS_BIT) != 0;
    }

    private static int request(RtpPacket packet, int id) {
        return ExtensionElement.sizeBytes(packet, id) == SIZE_WITH_REQUEST_BYTES
                ? packet.buffer()
                        .getUnsignedShort(ExtensionElement.index(packet, id) + REQUEST_OFFSET)
                : 0;
    }

    /** Stamps the number in place, of either size; false when the packet has no such element. */
    public static boolean overwrite(RtpPacket packet, int id, int transportSequence) {
        if (read(packet, id) < 0) {
            return false;
        }
        packet.buffer().setShort(ExtensionElement.index(packet, id), transportSequence);
        return true;
    }

    /** Sets or adds the element without a request; false where the header cannot take it. */
    public static boolean put(RtpPacket packet, int id, int transportSequence) {
        return ExtensionEditor.put(packet, id, SIZE_BYTES, transportSequence);
    }

    /**
     * Sets or adds the element with a request; false where the header cannot take it.
     *
     * @param reportedPackets 0 to {@link #MAX_REPORTED_PACKETS}
     */
    public static boolean put(
            RtpPacket packet,
            int id,
            int transportSequence,
            int reportedPackets,
            boolean timestamps) {
        if (reportedPackets < 0 || reportedPackets > MAX_REPORTED_PACKETS) {
            throw new IllegalArgumentException(
                    "A request for %d packets, not 0 to %d"
                            .formatted(reportedPackets, MAX_REPORTED_PACKETS));
        }
        int request = (timestamps ? TIMESTAMPS_BIT : 0) | reportedPackets;
        return ExtensionEditor.put(
                packet,
                id,
                SIZE_WITH_REQUEST_BYTES,
                ((transportSequence & 0xFFFFL) << Short.SIZE) | request);
    }
}
