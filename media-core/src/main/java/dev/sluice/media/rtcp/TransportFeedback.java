package dev.sluice.media.rtcp;

import io.netty.buffer.ByteBuf;

/**
 * Transport-wide feedback, draft-holmer-rmcat-transport-wide-cc-extensions-01 section 3.1: which
 * packets of a transport arrived, and when.
 *
 * <pre>
 *    0                   1                   2                   3
 *    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |V=2|P|  FMT=15 |    PT=205     |           length              |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                     SSRC of packet sender                     |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                      SSRC of media source                     |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |      base sequence number     |      packet status count      |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                 reference time                | fb pkt. count |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |          packet chunk         |         packet chunk          |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |  deltas of 1 or 2 bytes, one for each packet received; zeros  |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * @param senderSsrc who reports
 * @param mediaSsrc one of the streams on the transport
 * @param baseSequence the transport-wide number of the first packet reported on, 0 to 65535
 * @param statusCount how many packets are reported on, 1 to 65535
 * @param referenceTime in units of 64 ms on a clock of the reporter's; signed 24 bits that wrap
 * @param feedbackCount counts the feedbacks sent, modulo 256
 * @param arrivals the received ones among the packets reported on
 */
public record TransportFeedback(
        long senderSsrc,
        long mediaSsrc,
        int baseSequence,
        int statusCount,
        int referenceTime,
        int feedbackCount,
        PacketArrivals arrivals)
        implements WritableRtcp, TransportArrivals {

    /** The unit of the arrival deltas. */
    public static final long TICK_NANOS = 250_000;

    /** The unit of the reference time. */
    public static final long REFERENCE_NANOS = 64_000_000;

    public static final int MAX_STATUS_COUNT = 65535;

    static final int FORMAT = 15;

    /** From the sender's SSRC to the feedback count. */
    static final int FIXED_SIZE_BYTES = 16;

    public TransportFeedback {
        int reported = arrivals.size() == 0 ? 1 : arrivals.offset(arrivals.size() - 1) + 1;
        if (statusCount < reported || statusCount > MAX_STATUS_COUNT) {
            throw new IllegalArgumentException(
                    "Status count is %d, expected %d to %d"
                            .formatted(statusCount, reported, MAX_STATUS_COUNT));
        }
    }

    /**
     * The transport-wide number of the received packet at a position in {@link #arrivals}, 0 to
     * 65535.
     */
    public int sequence(int position) {
        return (baseSequence + arrivals.offset(position)) & 0xFFFF;
    }

    @Override
    public int size() {
        return arrivals.size();
    }

    @Override
    public int offset(int position) {
        return arrivals.offset(position);
    }

    @Override
    public int deltaTicks(int position) {
        return arrivals.deltaTicks(position);
    }

    @Override
    public int sizeBytes() {
        int size = RtcpHeader.SIZE_BYTES + FIXED_SIZE_BYTES;
        var chunks = new StatusChunkWriter(arrivals, statusCount);
        while (chunks.hasNext()) {
            chunks.nextChunk();
            size += 2;
        }
        for (int i = 0; i < arrivals.size(); i++) {
            size += StatusSymbol.ofDelta(arrivals.deltaTicks(i)); // the symbol is the size in bytes
        }
        return RtcpHeader.wholeWords(size);
    }

    /**
     * Fills up with zeros, without the P bit, which in a compound packet only the last may carry.
     */
    @Override
    public void write(ByteBuf out) {
        int start =
                RtcpHeader.beginFeedback(
                        out, RtcpHeader.TRANSPORT_LAYER_FEEDBACK, FORMAT, senderSsrc, mediaSsrc);
        out.writeShort(baseSequence);
        out.writeShort(statusCount);
        out.writeMedium(referenceTime);
        out.writeByte(feedbackCount);
        new StatusChunkWriter(arrivals, statusCount).writeTo(out);
        for (int i = 0; i < arrivals.size(); i++) {
            writeDelta(out, arrivals.deltaTicks(i));
        }
        RtcpHeader.end(out, start);
    }

    private static void writeDelta(ByteBuf out, int deltaTicks) {
        if (StatusSymbol.ofDelta(deltaTicks) == StatusSymbol.SMALL_DELTA) {
            out.writeByte(deltaTicks);
        } else {
            out.writeShort(deltaTicks);
        }
    }
}
