package dev.sluice.media.rtcp;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * SR, RFC 3550 section 6.4.1: how much a sender sent, and which wall-clock time its RTP timestamps
 * mean.
 *
 * <pre>
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |V=2|P|    RC   |   PT=SR=200   |             length            |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                         SSRC of sender                        |
 *   +=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+
 *   |              NTP timestamp, most significant word             |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |             NTP timestamp, least significant word             |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                         RTP timestamp                         |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                     sender's packet count                     |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                      sender's octet count                     |
 *   +=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+
 *   |                     report blocks, RC of them                 |
 * </pre>
 *
 * @param senderSsrc the stream sent
 * @param ntpTime 64 bits, see {@link dev.sluice.media.time.NtpTime}
 * @param rtpTimestamp the same instant in the stream's clock, unsigned 32 bits
 * @param packetCount sent so far, modulo 2^32
 * @param octetCount payload bytes sent so far, modulo 2^32
 * @param reportBlocks at most 31
 */
public record SenderReport(
        long senderSsrc,
        long ntpTime,
        long rtpTimestamp,
        long packetCount,
        long octetCount,
        List<ReportBlock> reportBlocks)
        implements SplittableRtcp {

    private static final int SENDER_INFO_SIZE_BYTES = 24;

    public SenderReport {
        reportBlocks = List.copyOf(reportBlocks);
        RtcpHeader.requireCountable(reportBlocks.size(), "report blocks");
    }

    /** Profile-specific data behind the report blocks is skipped. */
    static @Nullable SenderReport read(ByteBuf body, int count) {
        if (body.readableBytes() < SENDER_INFO_SIZE_BYTES) {
            return null;
        }
        long senderSsrc = body.readUnsignedInt();
        long ntpTime = body.readLong();
        long rtpTimestamp = body.readUnsignedInt();
        long packetCount = body.readUnsignedInt();
        long octetCount = body.readUnsignedInt();
        var blocks = ReportBlock.readAll(body, count);
        return blocks == null
                ? null
                : new SenderReport(
                        senderSsrc, ntpTime, rtpTimestamp, packetCount, octetCount, blocks);
    }

    /** The blocks that do not fit go into a receiver report. */
    @Override
    public @Nullable RtcpSplit split(int maxSizeBytes) {
        int room = maxSizeBytes - RtcpHeader.SIZE_BYTES - SENDER_INFO_SIZE_BYTES;
        int fitting = Math.floorDiv(room, ReportBlock.SIZE_BYTES);
        if (fitting < 0 || fitting >= reportBlocks.size()) {
            return null;
        }
        return new RtcpSplit(
                new SenderReport(
                        senderSsrc,
                        ntpTime,
                        rtpTimestamp,
                        packetCount,
                        octetCount,
                        reportBlocks.subList(0, fitting)),
                new ReceiverReport(senderSsrc, reportBlocks.subList(fitting, reportBlocks.size())));
    }

    @Override
    public int sizeBytes() {
        return RtcpHeader.SIZE_BYTES
                + SENDER_INFO_SIZE_BYTES
                + reportBlocks.size() * ReportBlock.SIZE_BYTES;
    }

    @Override
    public void write(ByteBuf out) {
        int start = RtcpHeader.begin(out, RtcpHeader.SENDER_REPORT, reportBlocks.size());
        out.writeInt((int) senderSsrc);
        out.writeLong(ntpTime);
        out.writeInt((int) rtpTimestamp);
        out.writeInt((int) packetCount);
        out.writeInt((int) octetCount);
        reportBlocks.forEach(block -> block.write(out));
        RtcpHeader.end(out, start);
    }
}
