package dev.sluice.media.rtcp;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

/**
 * RPSI, RFC 4585 section 6.3.3: which picture a sender may refer to, said in the codec's own terms.
 *
 * <pre>
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |V=2|P|  FMT=3  |  PT=PSFB=206  |          length               |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                  SSRC of packet sender                        |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                  SSRC of media source                         |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |      PB       |0| Payload Type|    Native RPSI bit string     |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |   defined per codec          ...                | Padding (0) |  PB bits of padding
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * @param senderSsrc who selects
 * @param mediaSsrc the stream
 * @param payloadType the codec that gives the bits their meaning, 0 to 127
 * @param bits the native bit string, the first bit highest; bits behind the last are 0
 * @param bitCount how many bits count: those of {@code bits}, less at most 7
 */
public record ReferencePictureSelection(
        long senderSsrc, long mediaSsrc, int payloadType, Octets bits, int bitCount)
        implements WritableRtcp {

    static final int FORMAT = 3;

    private static final int PREFIX_SIZE_BYTES = 2;
    private static final int PAYLOAD_TYPE_MASK = 0x7F;

    public ReferencePictureSelection {
        if ((payloadType & ~PAYLOAD_TYPE_MASK) != 0
                || bitCount < 0
                || bits.sizeBytes() != sizeOf(bitCount)) {
            throw new IllegalArgumentException(
                    "%d bits in %d bytes for payload type %d; expected as few bytes as hold them"
                            .formatted(bitCount, bits.sizeBytes(), payloadType));
        }
    }

    static @Nullable ReferencePictureSelection read(ByteBuf body) {
        if (body.readableBytes() < 8 + PREFIX_SIZE_BYTES) {
            return null;
        }
        long senderSsrc = body.readUnsignedInt();
        long mediaSsrc = body.readUnsignedInt();
        int paddingBits = body.readUnsignedByte();
        int payloadType = body.readUnsignedByte() & PAYLOAD_TYPE_MASK;
        int bitCount = 8 * body.readableBytes() - paddingBits;
        return bitCount < 0
                ? null
                : new ReferencePictureSelection(
                        senderSsrc, mediaSsrc, payloadType, readBits(body, bitCount), bitCount);
    }

    /** Clears the padding bits of the last byte. */
    private static Octets readBits(ByteBuf body, int bitCount) {
        byte[] bytes = new byte[sizeOf(bitCount)];
        body.readBytes(bytes);
        if (bitCount % 8 != 0) {
            bytes[bytes.length - 1] &= (byte) (0xFF << (8 - bitCount % 8));
        }
        return Octets.of(bytes);
    }

    private static int sizeOf(int bitCount) {
        return (bitCount + 7) / 8;
    }

    @Override
    public int sizeBytes() {
        return RtcpHeader.wholeWords(
                RtcpHeader.FEEDBACK_HEAD_SIZE_BYTES + PREFIX_SIZE_BYTES + bits.sizeBytes());
    }

    @Override
    public void write(ByteBuf out) {
        int start =
                RtcpHeader.beginFeedback(
                        out, RtcpHeader.PAYLOAD_SPECIFIC_FEEDBACK, FORMAT, senderSsrc, mediaSsrc);
        int room = sizeBytes() - RtcpHeader.FEEDBACK_HEAD_SIZE_BYTES - PREFIX_SIZE_BYTES;
        out.writeByte(8 * room - bitCount);
        out.writeByte(payloadType);
        bits.write(out);
        RtcpHeader.end(out, start);
    }
}
