package dev.sluice.media.rtcp;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * SLI, RFC 4585 section 6.3.2: parts of pictures that a receiver could not decode.
 *
 * <pre>
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |V=2|P|  FMT=2  |  PT=PSFB=206  |          length               |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                  SSRC of packet sender                        |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                  SSRC of media source                         |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |            First        |        Number           | PictureID |  1 or more
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * @param senderSsrc who lost them
 * @param mediaSsrc the stream with the loss
 */
public record SliceLossIndication(long senderSsrc, long mediaSsrc, List<Slice> slices)
        implements WritableRtcp {

    static final int FORMAT = 2;

    private static final int SLICE_SIZE_BYTES = 4;
    private static final int FIRST_SHIFT = 19;
    private static final int NUMBER_SHIFT = 6;
    private static final int MACROBLOCK_MASK = (1 << 13) - 1;
    private static final int PICTURE_ID_MASK = (1 << 6) - 1;

    public SliceLossIndication {
        slices = List.copyOf(slices);
    }

    /**
     * A run of lost macroblocks.
     *
     * @param first the first one in scan order, 0 to 8191; 1 is the upper left one
     * @param number how many, 0 to 8191
     * @param pictureId the lowest six bits of what the codec identifies pictures by, 0 to 63
     */
    public record Slice(int first, int number, int pictureId) {

        public Slice {
            if ((first & ~MACROBLOCK_MASK) != 0
                    || (number & ~MACROBLOCK_MASK) != 0
                    || (pictureId & ~PICTURE_ID_MASK) != 0) {
                throw new IllegalArgumentException(
                        "Slice of %d from %d in picture %d; expected 13, 13 and 6 bits"
                                .formatted(number, first, pictureId));
            }
        }

        private static Slice of(int word) {
            return new Slice(
                    word >>> FIRST_SHIFT,
                    (word >>> NUMBER_SHIFT) & MACROBLOCK_MASK,
                    word & PICTURE_ID_MASK);
        }

        private int word() {
            return (first << FIRST_SHIFT) | (number << NUMBER_SHIFT) | pictureId;
        }
    }

    static @Nullable SliceLossIndication read(ByteBuf body) {
        if (body.readableBytes() < 8 + SLICE_SIZE_BYTES) {
            return null;
        }
        long senderSsrc = body.readUnsignedInt();
        long mediaSsrc = body.readUnsignedInt();
        var slices = new ArrayList<Slice>(body.readableBytes() / SLICE_SIZE_BYTES);
        while (body.readableBytes() >= SLICE_SIZE_BYTES) {
            slices.add(Slice.of(body.readInt()));
        }
        return new SliceLossIndication(senderSsrc, mediaSsrc, slices);
    }

    @Override
    public int sizeBytes() {
        return RtcpHeader.FEEDBACK_HEAD_SIZE_BYTES + slices.size() * SLICE_SIZE_BYTES;
    }

    @Override
    public void write(ByteBuf out) {
        int start =
                RtcpHeader.beginFeedback(
                        out, RtcpHeader.PAYLOAD_SPECIFIC_FEEDBACK, FORMAT, senderSsrc, mediaSsrc);
        for (Slice slice : slices) {
            out.writeInt(slice.word());
        }
        RtcpHeader.end(out, start);
    }
}
