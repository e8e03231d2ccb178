package dev.sluice.video.rewrite;

import dev.sluice.media.rtp.Codec;
import dev.sluice.video.payload.vp8.Vp8PayloadDescriptor;
import dev.sluice.video.payload.vp9.Vp9PayloadDescriptor;

import io.netty.buffer.ByteBuf;

/** Copies a payload with a viewer's picture id and TL0PICIDX in it. Reusable. */
public final class PayloadRewriter {

    private final Vp8PayloadDescriptor vp8 = new Vp8PayloadDescriptor();
    private final Vp9PayloadDescriptor vp9 = new Vp9PayloadDescriptor();

    /**
     * Appends the {@code sizeBytes} bytes at {@code index} of {@code payload}, rewritten: one byte
     * more where a picture id of 7 bits grows to 15.
     */
    public void copy(
            Codec codec,
            ByteBuf payload,
            int index,
            int sizeBytes,
            PacketNumbers numbers,
            ByteBuf out) {
        boolean rewrites =
                numbers.pictureId() != PacketNumbers.ABSENT
                        || numbers.tl0PictureIndex() != PacketNumbers.ABSENT;
        if (rewrites && codec == Codec.VP8 && vp8.wrap(payload, index, sizeBytes)) {
            copyVp8(payload, index, sizeBytes, numbers, out);
        } else if (rewrites && codec == Codec.VP9 && vp9.wrap(payload, index, sizeBytes)) {
            copyVp9(payload, index, sizeBytes, numbers, out);
        } else {
            out.writeBytes(payload, index, sizeBytes);
        }
    }

    private void copyVp8(
            ByteBuf payload, int index, int sizeBytes, PacketNumbers numbers, ByteBuf out) {
        int start = out.writerIndex();
        if (numbers.pictureId() == PacketNumbers.ABSENT) {
            out.writeBytes(payload, index, sizeBytes);
        } else {
            vp8.copyWithWidePictureId(out, numbers.pictureId());
        }
        if (numbers.tl0PictureIndex() != PacketNumbers.ABSENT
                && vp8.wrap(out, start, out.writerIndex() - start)) {
            vp8.rewriteTl0PictureIndex(numbers.tl0PictureIndex());
        }
    }

    private void copyVp9(
            ByteBuf payload, int index, int sizeBytes, PacketNumbers numbers, ByteBuf out) {
        int start = out.writerIndex();
        if (numbers.pictureId() == PacketNumbers.ABSENT) {
            out.writeBytes(payload, index, sizeBytes);
        } else {
            vp9.copyWithWidePictureId(out, numbers.pictureId());
        }
        if (numbers.tl0PictureIndex() != PacketNumbers.ABSENT
                && vp9.wrap(out, start, out.writerIndex() - start)) {
            vp9.rewriteTl0PictureIndex(numbers.tl0PictureIndex());
        }
    }
}
