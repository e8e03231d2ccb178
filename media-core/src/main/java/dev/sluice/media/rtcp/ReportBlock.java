package dev.sluice.media.rtcp;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * What a receiver says about one stream, RFC 3550 section 6.4.1.
 *
 * <pre>
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                        SSRC of the stream                     |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   | fraction lost |       cumulative number of packets lost       |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |           extended highest sequence number received           |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                      interarrival jitter                      |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                         last SR (LSR)                         |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                   delay since last SR (DLSR)                  |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * @param ssrc the stream reported on
 * @param fractionLost lost since the last report in 1/256 of what was expected, 0 to 255
 * @param cumulativeLost expected less received, negative when duplicates outweigh losses; 24 bits
 *     signed
 * @param extendedHighestSequence the rollover count in the upper 16 bits, unsigned 32 bits
 * @param jitterTicks in units of the stream's RTP clock, unsigned 32 bits
 * @param lastSenderReport the compact NTP time of the last sender report, 0 when there was none
 * @param delaySinceLastSenderReport in 1/65536 s, 0 when there was none
 */
public record ReportBlock(
        long ssrc,
        int fractionLost,
        int cumulativeLost,
        long extendedHighestSequence,
        long jitterTicks,
        long lastSenderReport,
        long delaySinceLastSenderReport) {

    public static final int SIZE_BYTES = 24;

    public static final int MIN_CUMULATIVE_LOST = -(1 << 23);
    public static final int MAX_CUMULATIVE_LOST = (1 << 23) - 1;

    /** Holds the cumulative loss to what 24 bits carry, as RFC 3550 appendix A.3 asks. */
    public ReportBlock {
        cumulativeLost = Math.clamp(cumulativeLost, MIN_CUMULATIVE_LOST, MAX_CUMULATIVE_LOST);
    }

    /** Reads {@code count} blocks, or gives null when the body ends before them. */
    static @Nullable List<ReportBlock> readAll(ByteBuf body, int count) {
        if (body.readableBytes() < count * SIZE_BYTES) {
            return null;
        }
        var blocks = new ArrayList<ReportBlock>(count);
        for (int i = 0; i < count; i++) {
            blocks.add(read(body));
        }
        return blocks;
    }

    private static ReportBlock read(ByteBuf body) {
        return new ReportBlock(
                body.readUnsignedInt(),
                body.readUnsignedByte(),
                body.readMedium(),
                body.readUnsignedInt(),
                body.readUnsignedInt(),
                body.readUnsignedInt(),
                body.readUnsignedInt());
    }

    void write(ByteBuf out) {
        out.writeInt((int) ssrc);
        out.writeByte(fractionLost);
        out.writeMedium(cumulativeLost);
        out.writeInt((int) extendedHighestSequence);
        out.writeInt((int) jitterTicks);
        out.writeInt((int) lastSenderReport);
        out.writeInt((int) delaySinceLastSenderReport);
    }
}
