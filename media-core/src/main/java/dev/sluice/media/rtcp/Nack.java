package dev.sluice.media.rtcp;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Generic NACK, RFC 4585 section 6.2.1: packets a receiver asks for again.
 *
 * <pre>
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |V=2|P|  FMT=1  |  PT=RTPFB=205 |          length               |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                  SSRC of packet sender                        |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                  SSRC of media source                         |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |      packet identifier (PID)  |  following lost packets (BLP) |  1 or more
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * @param senderSsrc who asks
 * @param mediaSsrc the stream with the loss
 * @param lost sequence numbers, 0 to 65535; in ascending order (across the rollover) they pack best
 */
public record Nack(long senderSsrc, long mediaSsrc, List<Integer> lost) implements SplittableRtcp {

    static final int FORMAT = 1;

    /**
     * Numbers read from one packet, after which it is cut off: more than a datagram of 1500 bytes
     * can name, and an eighth of the number space.
     */
    public static final int MAX_LOST = 8192;

    static final int ENTRY_SIZE_BYTES = 4;

    /** How many packets behind PID the bits of BLP reach. */
    static final int MASK_BITS = 16;

    public Nack {
        lost = List.copyOf(lost);
    }

    @Override
    public @Nullable RtcpSplit split(int maxSizeBytes) {
        int room = maxSizeBytes - RtcpHeader.FEEDBACK_HEAD_SIZE_BYTES;
        int end = 0;
        while (end < lost.size() && room >= ENTRY_SIZE_BYTES) {
            end = endOfEntry(end);
            room -= ENTRY_SIZE_BYTES;
        }
        return end == 0 || end == lost.size()
                ? null
                : new RtcpSplit(
                        new Nack(senderSsrc, mediaSsrc, lost.subList(0, end)),
                        new Nack(senderSsrc, mediaSsrc, lost.subList(end, lost.size())));
    }

    @Override
    public int sizeBytes() {
        int entries = 0;
        for (int first = 0; first < lost.size(); first = endOfEntry(first)) {
            entries++;
        }
        return RtcpHeader.FEEDBACK_HEAD_SIZE_BYTES + entries * ENTRY_SIZE_BYTES;
    }

    @Override
    public void write(ByteBuf out) {
        int start =
                RtcpHeader.beginFeedback(
                        out, RtcpHeader.TRANSPORT_LAYER_FEEDBACK, FORMAT, senderSsrc, mediaSsrc);
        int first = 0;
        while (first < lost.size()) {
            int end = endOfEntry(first);
            out.writeShort(lost.get(first));
            out.writeShort(mask(first, end));
            first = end;
        }
        RtcpHeader.end(out, start);
    }

    /** The position behind the last number that the entry starting at {@code first} covers. */
    private int endOfEntry(int first) {
        int end = first + 1;
        int covered = 0;
        while (end < lost.size()
                && stepsBehind(first, end) > covered
                && stepsBehind(first, end) <= MASK_BITS) {
            covered = stepsBehind(first, end);
            end++;
        }
        return end;
    }

    private int mask(int first, int end) {
        int mask = 0;
        for (int position = first + 1; position < end; position++) {
            mask |= 1 << (stepsBehind(first, position) - 1);
        }
        return mask;
    }

    private int stepsBehind(int first, int position) {
        return (lost.get(position) - lost.get(first)) & 0xFFFF;
    }
}
