package dev.sluice.media.rtcp;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * REMB, draft-alvestrand-rmcat-remb-03 section 2.2: the bit rate a receiver believes it can take.
 *
 * <pre>
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |V=2|P| FMT=15  |  PT=PSFB=206  |             length            |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                  SSRC of packet sender                        |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                  SSRC of media source, not used: 0            |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |  Unique identifier 'R' 'E' 'M' 'B'                            |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |  Num SSRC     | BR Exp    |  BR Mantissa                      |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |   SSRC feedback                                               |  Num SSRC of them
 * </pre>
 *
 * @param senderSsrc who estimates
 * @param bitrateBps not negative; the wire keeps its highest 18 bits
 * @param ssrcs the streams that share it, at most 255
 */
public record Remb(long senderSsrc, long bitrateBps, List<Long> ssrcs) implements WritableRtcp {

    private static final int IDENTIFIER = 0x52454D42;
    private static final int IDENTIFIER_OFFSET = 8;
    private static final int FIXED_SIZE_BYTES = 16;
    private static final int MAX_SSRCS = 255;
    private static final int MANTISSA_BITS = 18;

    public Remb {
        ssrcs = List.copyOf(ssrcs);
        if (bitrateBps < 0 || ssrcs.size() > MAX_SSRCS) {
            throw new IllegalArgumentException(
                    "REMB of %d bps for %d streams; expected 0 or more bps, at most %d streams"
                            .formatted(bitrateBps, ssrcs.size(), MAX_SSRCS));
        }
    }

    /** Whether the body of an application layer feedback message is a REMB at all. */
    static boolean isRemb(ByteBuf body) {
        return body.readableBytes() >= IDENTIFIER_OFFSET + 4
                && body.getInt(body.readerIndex() + IDENTIFIER_OFFSET) == IDENTIFIER;
    }

    static @Nullable Remb read(ByteBuf body) {
        if (body.readableBytes() < FIXED_SIZE_BYTES) {
            return null;
        }
        long senderSsrc = body.readUnsignedInt();
        body.skipBytes(8);
        int count = body.readUnsignedByte();
        long bitrateBps = BitrateCode.decode(body.readUnsignedMedium(), MANTISSA_BITS);
        if (bitrateBps == BitrateCode.OVERFLOW || body.readableBytes() < 4 * count) {
            return null;
        }
        var ssrcs = new ArrayList<Long>(count);
        for (int i = 0; i < count; i++) {
            ssrcs.add(body.readUnsignedInt());
        }
        return new Remb(senderSsrc, bitrateBps, ssrcs);
    }

    @Override
    public int sizeBytes() {
        return RtcpHeader.SIZE_BYTES + FIXED_SIZE_BYTES + 4 * ssrcs.size();
    }

    @Override
    public void write(ByteBuf out) {
        int start =
                RtcpHeader.beginFeedback(
                        out,
                        RtcpHeader.PAYLOAD_SPECIFIC_FEEDBACK,
                        ApplicationLayerFeedback.FORMAT,
                        senderSsrc,
                        0);
        out.writeInt(IDENTIFIER);
        out.writeByte(ssrcs.size());
        out.writeMedium(BitrateCode.encode(bitrateBps, MANTISSA_BITS));
        for (long ssrc : ssrcs) {
            out.writeInt((int) ssrc);
        }
        RtcpHeader.end(out, start);
    }
}
