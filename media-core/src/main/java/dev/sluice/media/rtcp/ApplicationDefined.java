package dev.sluice.media.rtcp;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;

/**
 * APP, RFC 3550 section 6.7: what an application says for itself.
 *
 * <pre>
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |V=2|P| subtype |   PT=APP=204  |             length            |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                           SSRC/CSRC                           |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                          name (ASCII)                         |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                   application-dependent data                ...
 * </pre>
 *
 * @param subtype 0 to 31, chosen by the application
 * @param ssrc who sends it
 * @param name four characters that name the application, each of 8 bits; case matters
 * @param data whole words of 32 bits
 */
public record ApplicationDefined(int subtype, long ssrc, String name, Octets data)
        implements WritableRtcp {

    private static final int NAME_SIZE_BYTES = 4;
    private static final int FIXED_SIZE_BYTES = 4 + NAME_SIZE_BYTES;

    public ApplicationDefined {
        if (subtype < 0
                || subtype > RtcpHeader.MAX_COUNT
                || name.length() != NAME_SIZE_BYTES
                || !name.chars().allMatch(character -> character <= 0xFF)) {
            throw new IllegalArgumentException(
                    "APP \"%s\" of subtype %d; expected 4 characters of 8 bits, subtype 0 to 31"
                            .formatted(name, subtype));
        }
        data.requireWholeWords("APP data");
    }

    static @Nullable ApplicationDefined read(ByteBuf body, int subtype) {
        if (body.readableBytes() < FIXED_SIZE_BYTES || body.readableBytes() % 4 != 0) {
            return null;
        }
        long ssrc = body.readUnsignedInt();
        String name =
                body.readCharSequence(NAME_SIZE_BYTES, StandardCharsets.ISO_8859_1).toString();
        return new ApplicationDefined(subtype, ssrc, name, Octets.read(body, body.readableBytes()));
    }

    @Override
    public int sizeBytes() {
        return RtcpHeader.SIZE_BYTES + FIXED_SIZE_BYTES + data.sizeBytes();
    }

    @Override
    public void write(ByteBuf out) {
        int start = RtcpHeader.begin(out, RtcpHeader.APPLICATION_DEFINED, subtype);
        out.writeInt((int) ssrc);
        out.writeCharSequence(name, StandardCharsets.ISO_8859_1);
        data.write(out);
        RtcpHeader.end(out, start);
    }
}
