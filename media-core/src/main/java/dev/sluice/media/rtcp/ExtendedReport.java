package dev.sluice.media.rtcp;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * XR, RFC 3611 section 2: reports beyond those of SR and RR.
 *
 * <pre>
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |V=2|P|reserved |   PT=XR=207   |             length            |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                              SSRC                             |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   :                         report blocks                         :
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * @param senderSsrc who reports
 * @param blocks may be empty
 */
public record ExtendedReport(long senderSsrc, List<XrBlock> blocks) implements SplittableRtcp {

    /** In one packet; each real kind of block has at least 8 bytes, most 36 and more. */
    public static final int MAX_BLOCKS = 128;

    private static final int FIXED_SIZE_BYTES = RtcpHeader.SIZE_BYTES + 4;

    public ExtendedReport {
        blocks = List.copyOf(blocks);
    }

    static @Nullable ExtendedReport read(ByteBuf body) {
        if (body.readableBytes() < 4) {
            return null;
        }
        long senderSsrc = body.readUnsignedInt();
        var blocks = new ArrayList<XrBlock>();
        while (body.isReadable()) {
            XrBlock block = blocks.size() == MAX_BLOCKS ? null : XrBlock.read(body);
            if (block == null) {
                return null;
            }
            blocks.add(block);
        }
        return new ExtendedReport(senderSsrc, blocks);
    }

    @Override
    public int sizeBytes() {
        return FIXED_SIZE_BYTES + blocks.stream().mapToInt(XrBlock::sizeBytes).sum();
    }

    @Override
    public void write(ByteBuf out) {
        int start = RtcpHeader.begin(out, RtcpHeader.EXTENDED_REPORT, 0);
        out.writeInt((int) senderSsrc);
        blocks.forEach(block -> block.write(out));
        RtcpHeader.end(out, start);
    }

    @Override
    public @Nullable RtcpSplit split(int maxSizeBytes) {
        return RtcpSplit.ofList(
                blocks,
                maxSizeBytes - FIXED_SIZE_BYTES,
                XrBlock::sizeBytes,
                part -> new ExtendedReport(senderSsrc, part));
    }
}
