package dev.sluice.srtp.context;

/**
 * The 48-bit index of an SRTP packet, of which the packet carries the low 16 bits, RFC 3711 section
 * 3.3.1.
 *
 * <pre>
 *   +-------------------------------+---------------+
 *   | rollover counter (ROC), 32    | SEQ, 16       |
 *   +-------------------------------+---------------+
 * </pre>
 */
final class PacketIndex {

    /** One past the last index; past it the key is used up (RFC 3711 section 9.2). */
    static final long LIMIT = 1L << 48;

    private static final int SEQUENCE_MASK = 0xFFFF;
    private static final int SEQUENCE_COUNT = 1 << 16;
    private static final int HALF_SEQUENCE_COUNT = 1 << 15;

    private PacketIndex() {}

    /**
     * The index with this sequence number that is nearest to the highest one known, RFC 3711
     * section 3.3.1 and appendix A.
     *
     * <p>The first packet of a stream is taken to have a rollover counter of zero. So when a sender
     * starts just before a wrap and what it sent before the wrap is lost or late, its first packets
     * fail to authenticate; nothing is kept of them, and any packet from before the wrap puts the
     * counter right. A sender avoids this by starting in the lower half of the numbers, and a
     * receiver that joins later needs the counter told.
     *
     * @param highestIndex {@link ReplayWindow#NONE} before the first packet
     * @return negative when the packet is from before the stream's first wrap, {@link #LIMIT} or
     *     more past the last
     */
    static long estimate(long highestIndex, int sequenceNumber) {
        if (highestIndex == ReplayWindow.NONE) {
            return sequenceNumber;
        }
        int ahead = sequenceNumber - (int) (highestIndex & SEQUENCE_MASK);
        if (ahead > HALF_SEQUENCE_COUNT) {
            ahead -= SEQUENCE_COUNT;
        } else if (ahead < -HALF_SEQUENCE_COUNT) {
            ahead += SEQUENCE_COUNT;
        }
        return highestIndex + ahead;
    }
}
