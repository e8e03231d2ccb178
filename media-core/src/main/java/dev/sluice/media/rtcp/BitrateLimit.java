package dev.sluice.media.rtcp;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * One entry of a TMMBR or TMMBN, RFC 5104 sections 4.2.1.1 and 4.2.2.1.
 *
 * <pre>
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                              SSRC                             |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   | MxTBR Exp |  MxTBR Mantissa                 |Measured Overhead|
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * @param ssrc in a request the stream that is to obey, in a notification who asked
 * @param bitrateBps the maximum total media bit rate, not negative; the wire keeps its highest 17
 *     bits
 * @param overheadBytes what lower layers add to each packet on average, 0 to 511
 */
public record BitrateLimit(long ssrc, long bitrateBps, int overheadBytes) {

    static final int SIZE_BYTES = 8;

    private static final int MANTISSA_BITS = 17;
    private static final int OVERHEAD_BITS = 9;
    private static final int MAX_OVERHEAD_BYTES = (1 << OVERHEAD_BITS) - 1;

    public BitrateLimit {
        if (bitrateBps < 0 || overheadBytes < 0 || overheadBytes > MAX_OVERHEAD_BYTES) {
            throw new IllegalArgumentException(
                    "Limit of %d bps with %d bytes of overhead; expected 0 or more bps, 0 to %d bytes"
                            .formatted(bitrateBps, overheadBytes, MAX_OVERHEAD_BYTES));
        }
    }

    /** Reads to the end of the body, or gives null when a rate does not fit 63 bits. */
    static @Nullable List<BitrateLimit> readAll(ByteBuf body) {
        var limits = new ArrayList<BitrateLimit>(body.readableBytes() / SIZE_BYTES);
        while (body.readableBytes() >= SIZE_BYTES) {
            long ssrc = body.readUnsignedInt();
            int word = body.readInt();
            long bitrateBps = BitrateCode.decode(word >>> OVERHEAD_BITS, MANTISSA_BITS);
            if (bitrateBps == BitrateCode.OVERFLOW) {
                return null;
            }
            limits.add(new BitrateLimit(ssrc, bitrateBps, word & MAX_OVERHEAD_BYTES));
        }
        return limits;
    }

    void write(ByteBuf out) {
        out.writeInt((int) ssrc);
        out.writeInt(
                (BitrateCode.encode(bitrateBps, MANTISSA_BITS) << OVERHEAD_BITS) | overheadBytes);
    }
}
