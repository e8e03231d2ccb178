package dev.sluice.media.rtcp;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * RR, RFC 3550 section 6.4.2: what a receiver that sends nothing says about the streams it gets.
 *
 * <pre>
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |V=2|P|    RC   |   PT=RR=201   |             length            |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                     SSRC of packet sender                     |
 *   +=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+
 *   |                     report blocks, RC of them                 |
 * </pre>
 *
 * @param senderSsrc who reports
 * @param reportBlocks at most 31
 */
public record ReceiverReport(long senderSsrc, List<ReportBlock> reportBlocks)
        implements SplittableRtcp {

    public ReceiverReport {
        reportBlocks = List.copyOf(reportBlocks);
        RtcpHeader.requireCountable(reportBlocks.size(), "report blocks");
    }

    /** As many reports as the blocks need; none for none. */
    public static List<ReceiverReport> of(long senderSsrc, List<ReportBlock> reportBlocks) {
        var reports = new ArrayList<ReceiverReport>();
        for (int first = 0; first < reportBlocks.size(); first += RtcpHeader.MAX_COUNT) {
            int end = Math.min(first + RtcpHeader.MAX_COUNT, reportBlocks.size());
            reports.add(new ReceiverReport(senderSsrc, reportBlocks.subList(first, end)));
        }
        return reports;
    }

    /** Profile-specific data behind the report blocks is skipped. */
    static @Nullable ReceiverReport read(ByteBuf body, int count) {
        if (body.readableBytes() < 4) {
            return null;
        }
        long senderSsrc = body.readUnsignedInt();
        var blocks = ReportBlock.readAll(body, count);
        return blocks == null ? null : new ReceiverReport(senderSsrc, blocks);
    }

    @Override
    public @Nullable RtcpSplit split(int maxSizeBytes) {
        return RtcpSplit.ofList(
                reportBlocks,
                maxSizeBytes - RtcpHeader.SIZE_BYTES - 4,
                _ -> ReportBlock.SIZE_BYTES,
                blocks -> new ReceiverReport(senderSsrc, blocks));
    }

    @Override
    public int sizeBytes() {
        return RtcpHeader.SIZE_BYTES + 4 + reportBlocks.size() * ReportBlock.SIZE_BYTES;
    }

    @Override
    public void write(ByteBuf out) {
        int start = RtcpHeader.begin(out, RtcpHeader.RECEIVER_REPORT, reportBlocks.size());
        out.writeInt((int) senderSsrc);
        reportBlocks.forEach(block -> block.write(out));
        RtcpHeader.end(out, start);
    }
}
