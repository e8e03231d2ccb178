package dev.sluice.load.count;

/**
 * What publishers have sent so far.
 *
 * @param packets of media, sent for the first time
 * @param bytes of these packets with their RTP headers, before encryption
 * @param keyFrameRequests PLI and FIR received
 * @param nackedPackets sequence numbers that were asked for again
 * @param retransmissions packets sent by RTX
 */
public record SentTotals(
        long packets,
        long bytes,
        long frames,
        long keyFrames,
        long keyFrameRequests,
        long nackedPackets,
        long retransmissions) {

    public static final SentTotals ZERO = new SentTotals(0, 0, 0, 0, 0, 0, 0);

    public SentTotals plus(SentTotals other) {
        return new SentTotals(
                packets + other.packets,
                bytes + other.bytes,
                frames + other.frames,
                keyFrames + other.keyFrames,
                keyFrameRequests + other.keyFrameRequests,
                nackedPackets + other.nackedPackets,
                retransmissions + other.retransmissions);
    }

    /** What was sent since an earlier time. */
    public SentTotals minus(SentTotals earlier) {
        return new SentTotals(
                packets - earlier.packets,
                bytes - earlier.bytes,
                frames - earlier.frames,
                keyFrames - earlier.keyFrames,
                keyFrameRequests - earlier.keyFrameRequests,
                nackedPackets - earlier.nackedPackets,
                retransmissions - earlier.retransmissions);
    }
}
