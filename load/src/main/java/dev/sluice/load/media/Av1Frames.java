package dev.sluice.load.media;

import dev.sluice.media.bits.BitWriter;
import dev.sluice.media.bits.Leb128;
import dev.sluice.video.payload.PayloadSink;
import dev.sluice.video.payload.av1.Av1ObuType;
import dev.sluice.video.payload.av1.Av1Packetizer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** AV1 temporal units of one frame, with a sequence header at key frames. */
final class Av1Frames implements FrameMaker {

    private static final int TYPE_SHIFT = 3;
    private static final int HAS_SIZE = 0x02;
    private static final int SIZE_BITS = 16;
    private static final int LEVEL_3_1 = 5;
    private static final int SEQUENCE_ROOM_BYTES = 16;

    /** show_existing_frame 0, frame_type 0, show_frame 1. */
    private static final int SHOWN_KEY_FRAME = 0x10;

    /** show_existing_frame 0, frame_type 1, show_frame 1. */
    private static final int SHOWN_INTER_FRAME = 0x30;

    private final ByteBuf unit = Unpooled.buffer();
    private final ByteBuf sequenceHeader = sequenceHeader();
    private final Filler filler;
    private final Av1Packetizer packetizer = new Av1Packetizer();

    Av1Frames(Filler filler) {
        this.filler = filler;
    }

    @Override
    public void make(boolean isKeyFrame, int sizeBytes, int maxPayloadBytes, PayloadSink out) {
        unit.clear();
        if (isKeyFrame) {
            int bytes = sequenceHeader.readableBytes();
            header(Av1ObuType.SEQUENCE_HEADER, bytes);
            unit.writeBytes(sequenceHeader, 0, bytes);
        }
        header(Av1ObuType.FRAME, sizeBytes);
        int frameStart = unit.readableBytes();
        unit.writeByte(isKeyFrame ? SHOWN_KEY_FRAME : SHOWN_INTER_FRAME);
        filler.fill(unit, frameStart + sizeBytes);
        packetizer.packetize(unit, maxPayloadBytes, out);
    }

    private void header(int type, int sizeBytes) {
        unit.writeByte(type << TYPE_SHIFT | HAS_SIZE);
        Leb128.write(unit, sizeBytes);
    }

    /** AV1 specification section 5.5.1: one operating point, and nothing optional. */
    private static ByteBuf sequenceHeader() {
        ByteBuf out = Unpooled.buffer(SEQUENCE_ROOM_BYTES);
        out.writeZero(SEQUENCE_ROOM_BYTES);
        BitWriter bits = new BitWriter();
        bits.wrap(out, 0);
        bits.write(0, 3); // seq_profile
        bits.write(0, 4); // still_picture, reduced header, timing info, initial display delay
        bits.write(0, 5); // operating_points_cnt_minus_1
        bits.write(0, 12); // operating_point_idc
        bits.write(LEVEL_3_1, 5);
        bits.write(SIZE_BITS - 1, 4);
        bits.write(SIZE_BITS - 1, 4);
        bits.write(Picture.WIDTH - 1, SIZE_BITS);
        bits.write(Picture.HEIGHT - 1, SIZE_BITS);
        bits.write(0, 8); // no tool that could be left out
        bits.pad();
        return out.writerIndex(bits.sizeBytes());
    }
}
