package dev.sluice.load.media;

import dev.sluice.media.bits.BitWriter;
import dev.sluice.video.payload.PayloadSink;
import dev.sluice.video.payload.PictureIdLength;
import dev.sluice.video.payload.vp9.Vp9Packetizer;
import dev.sluice.video.payload.vp9.Vp9Scalability;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import java.util.List;
import java.util.random.RandomGenerator;

/** VP9 frames of one layer with their uncompressed header, in non-flexible mode. */
final class Vp9Frames implements FrameMaker {

    private static final int FRAME_MARKER = 0b10;
    private static final int SYNC_CODE = 0x498342;
    private static final int COLOR_SPACE_BT_709 = 2;
    private static final int PICTURE_IDS = 1 << 15;
    private static final int HEADER_ROOM_BYTES = 16;

    private final ByteBuf frame = Unpooled.buffer();
    private final BitWriter bits = new BitWriter();
    private final Filler filler;
    private final Vp9Packetizer packetizer;

    Vp9Frames(RandomGenerator random, Filler filler) {
        this.filler = filler;
        this.packetizer =
                new Vp9Packetizer(
                        PictureIdLength.FIFTEEN_BITS, random.nextInt(PICTURE_IDS), false, 0);
        packetizer.declare(
                new Vp9Scalability(
                        1,
                        List.of(new Vp9Scalability.Resolution(Picture.WIDTH, Picture.HEIGHT)),
                        List.of()));
    }

    @Override
    public void make(boolean isKeyFrame, int sizeBytes, int maxPayloadBytes, PayloadSink out) {
        frame.clear();
        frame.writeZero(HEADER_ROOM_BYTES);
        bits.wrap(frame, 0);
        writeHeader(isKeyFrame);
        bits.pad();
        frame.writerIndex(bits.sizeBytes());
        filler.fill(frame, sizeBytes);
        packetizer.packetize(frame, maxPayloadBytes, out);
    }

    private void writeHeader(boolean isKeyFrame) {
        bits.write(FRAME_MARKER, 2);
        bits.write(0, 2); // profile 0
        bits.writeFlag(false); // show_existing_frame
        bits.writeFlag(!isKeyFrame);
        bits.writeFlag(true); // show_frame
        bits.writeFlag(false); // error_resilient_mode
        if (isKeyFrame) {
            bits.write(SYNC_CODE, 24);
            bits.write(COLOR_SPACE_BT_709, 3);
            bits.writeFlag(false); // color_range
            bits.write(Picture.WIDTH - 1, 16);
            bits.write(Picture.HEIGHT - 1, 16);
        } else {
            bits.write(0, 2); // reset_frame_context
            bits.write(1, 8); // refresh_frame_flags
        }
    }
}
