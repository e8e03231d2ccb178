package dev.sluice.media.rtcp;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

/**
 * Statistics summary, RFC 3611 section 4.6: loss, duplicates, jitter and hops over a range of
 * sequence numbers.
 *
 * <pre>
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |     BT=6      |L|D|J|ToH|rsvd.|       block length = 9        |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                        SSRC of source                         |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |          begin_seq            |             end_seq           |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                        lost_packets                           |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                        dup_packets                            |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                 min, max, mean and dev jitter, 4 words        |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   | min_ttl_or_hl | max_ttl_or_hl |mean_ttl_or_hl | dev_ttl_or_hl |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * @param ssrc the stream
 * @param beginSequence the first sequence number of the range, 0 to 65535
 * @param endSequence the one behind the last
 * @param lostPackets in the range, or {@link #NOT_REPORTED}
 * @param duplicatePackets in the range, or {@link #NOT_REPORTED}
 * @param jitter null when not reported
 * @param hops null when not reported
 */
public record StatisticsSummaryBlock(
        long ssrc,
        int beginSequence,
        int endSequence,
        long lostPackets,
        long duplicatePackets,
        @Nullable Jitter jitter,
        @Nullable Hops hops)
        implements XrBlock {

    public static final long NOT_REPORTED = -1;

    static final int TYPE = 6;
    static final int CONTENT_BYTES = 36;

    private static final int LOSS_BIT = 0x80;
    private static final int DUPLICATES_BIT = 0x40;
    private static final int JITTER_BIT = 0x20;
    private static final int HOPS_SHIFT = 3;
    private static final int HOPS_MASK = 3;
    private static final int IPV4 = 1;
    private static final int IPV6 = 2;

    /** Relative transit times between packets, in units of the RTP clock; unsigned 32 bits. */
    public record Jitter(long min, long max, long mean, long deviation) {}

    /** TTL (IPv4) or hop limit (IPv6) of the packets; 0 to 255. */
    public record Hops(boolean ipv6, int min, int max, int mean, int deviation) {}

    /** Fields that the flags do not announce are skipped, whatever they say. */
    static StatisticsSummaryBlock read(int flags, ByteBuf content) {
        return new StatisticsSummaryBlock(
                content.readUnsignedInt(),
                content.readUnsignedShort(),
                content.readUnsignedShort(),
                announced(flags, LOSS_BIT, content.readUnsignedInt()),
                announced(flags, DUPLICATES_BIT, content.readUnsignedInt()),
                readJitter(flags, content),
                readHops((flags >>> HOPS_SHIFT) & HOPS_MASK, content));
    }

    private static long announced(int flags, int bit, long value) {
        return (flags & bit) == 0 ? NOT_REPORTED : value;
    }

    private static @Nullable Jitter readJitter(int flags, ByteBuf content) {
        var jitter =
                new Jitter(
                        content.readUnsignedInt(),
                        content.readUnsignedInt(),
                        content.readUnsignedInt(),
                        content.readUnsignedInt());
        return (flags & JITTER_BIT) == 0 ? null : jitter;
    }

    private static @Nullable Hops readHops(int kind, ByteBuf content) {
        return kind != IPV4 && kind != IPV6
                ? null
                : new Hops(
                        kind == IPV6,
                        content.readUnsignedByte(),
                        content.readUnsignedByte(),
                        content.readUnsignedByte(),
                        content.readUnsignedByte());
    }

    @Override
    public int blockType() {
        return TYPE;
    }

    @Override
    public int sizeBytes() {
        return HEAD_SIZE_BYTES + CONTENT_BYTES;
    }

    @Override
    public void write(ByteBuf out) {
        XrBlock.writeHead(out, TYPE, flags(), CONTENT_BYTES);
        int end = out.writerIndex() + CONTENT_BYTES;
        out.writeInt((int) ssrc);
        out.writeShort(beginSequence);
        out.writeShort(endSequence);
        out.writeInt((int) Math.max(0, lostPackets));
        out.writeInt((int) Math.max(0, duplicatePackets));
        writeJitter(out);
        writeHops(out);
        out.writeZero(end - out.writerIndex());
    }

    private int flags() {
        int hopsKind = hops == null ? 0 : hops.ipv6 ? IPV6 : IPV4;
        return (lostPackets == NOT_REPORTED ? 0 : LOSS_BIT)
                | (duplicatePackets == NOT_REPORTED ? 0 : DUPLICATES_BIT)
                | (jitter == null ? 0 : JITTER_BIT)
                | (hopsKind << HOPS_SHIFT);
    }

    private void writeJitter(ByteBuf out) {
        if (jitter == null) {
            out.writeZero(16);
        } else {
            out.writeInt((int) jitter.min);
            out.writeInt((int) jitter.max);
            out.writeInt((int) jitter.mean);
            out.writeInt((int) jitter.deviation);
        }
    }

    private void writeHops(ByteBuf out) {
        if (hops != null) {
            out.writeByte(hops.min);
            out.writeByte(hops.max);
            out.writeByte(hops.mean);
            out.writeByte(hops.deviation);
        }
    }
}
