package dev.sluice.load.media;

import dev.sluice.video.payload.PayloadSink;
import dev.sluice.video.payload.PictureIdLength;
import dev.sluice.video.payload.vp8.Vp8Packetizer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import java.util.random.RandomGenerator;

/** VP8 frames with the header of RFC 6386 section 9.1, under picture ids of 15 bits. */
final class Vp8Frames implements FrameMaker {

    private static final int INTER_FRAME = 0x01;
    private static final int SHOWN = 0x10;
    private static final int FIRST_PARTITION_SHIFT = 5;
    private static final int FIRST_PARTITION_BYTES = 64;
    private static final int START_CODE = 0x9d012a;
    private static final int PICTURE_IDS = 1 << 15;

    private final ByteBuf frame = Unpooled.buffer();
    private final Filler filler;
    private final Vp8Packetizer packetizer;

    Vp8Frames(RandomGenerator random, Filler filler) {
        this.filler = filler;
        this.packetizer =
                new Vp8Packetizer(PictureIdLength.FIFTEEN_BITS, random.nextInt(PICTURE_IDS), 0);
    }

    @Override
    public void make(boolean isKeyFrame, int sizeBytes, int maxPayloadBytes, PayloadSink out) {
        frame.clear();
        int tag = FIRST_PARTITION_BYTES << FIRST_PARTITION_SHIFT | SHOWN;
        frame.writeMediumLE(isKeyFrame ? tag : tag | INTER_FRAME);
        if (isKeyFrame) {
            frame.writeMedium(START_CODE);
            frame.writeShortLE(Picture.WIDTH);
            frame.writeShortLE(Picture.HEIGHT);
        }
        filler.fill(frame, sizeBytes);
        packetizer.packetize(frame, maxPayloadBytes, out);
    }
}
