package dev.sluice.media.rtp;

/**
 * A 16-bit sequence number over all packets of one transport,
 * draft-holmer-rmcat-transport-wide-cc-extensions-01 section 2.
 *
 * <pre>
 *    0                   1
 *    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |transport-wide sequence number |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 */
public final class TransportSequence {

    public static final int SIZE_BYTES = 2;

    private TransportSequence() {}

    /** 0 to 65535, or -1 when the packet has none. */
    public static int read(RtpPacket packet, int id) {
        return ExtensionElement.unsigned(packet, id, SIZE_BYTES);
    }

    /** Stamps the number in place; false when the packet has no such element. */
    public static boolean overwrite(RtpPacket packet, int id, int transportSequence) {
        return ExtensionElement.overwrite(packet, id, SIZE_BYTES, transportSequence);
    }

    /** Sets or adds the element; false where the header cannot take it. */
    public static boolean put(RtpPacket packet, int id, int transportSequence) {
        return ExtensionEditor.put(packet, id, SIZE_BYTES, transportSequence);
    }
}
