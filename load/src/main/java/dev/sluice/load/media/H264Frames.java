package dev.sluice.load.media;

import dev.sluice.media.bits.BitWriter;
import dev.sluice.video.payload.PayloadSink;
import dev.sluice.video.payload.h264.H264Packetizer;
import dev.sluice.video.payload.h264.PacketizationMode;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** H.264 access units of one slice, Constrained Baseline, with parameter sets at key frames. */
final class H264Frames implements FrameMaker {

    private static final int START_CODE = 1;
    private static final int SPS_HEADER = 0x67;
    private static final int BASELINE = 66;
    private static final int CONSTRAINED = 0xe0;
    private static final int LEVEL_3_1 = 31;
    private static final int PPS_HEADER_AND_BODY = 0x68ce3c80;

    /** An IDR slice of type I that begins with macroblock 0. */
    private static final int IDR_SLICE = 0x6588;

    /** A slice of type P that begins with macroblock 0. */
    private static final int P_SLICE = 0x419a;

    private static final int SPS_ROOM_BYTES = 16;

    private final ByteBuf frame = Unpooled.buffer();
    private final ByteBuf sequenceParameters = sequenceParameters();
    private final Filler filler;
    private final H264Packetizer packetizer = new H264Packetizer(PacketizationMode.NON_INTERLEAVED);

    H264Frames(Filler filler) {
        this.filler = filler;
    }

    @Override
    public void make(boolean isKeyFrame, int sizeBytes, int maxPayloadBytes, PayloadSink out) {
        frame.clear();
        if (isKeyFrame) {
            frame.writeInt(START_CODE);
            frame.writeBytes(sequenceParameters, 0, sequenceParameters.readableBytes());
            frame.writeInt(START_CODE).writeInt(PPS_HEADER_AND_BODY);
        }
        frame.writeInt(START_CODE).writeShort(isKeyFrame ? IDR_SLICE : P_SLICE);
        filler.fill(frame, sizeBytes);
        packetizer.packetize(frame, maxPayloadBytes, out);
    }

    private static ByteBuf sequenceParameters() {
        ByteBuf out = Unpooled.buffer(SPS_ROOM_BYTES);
        out.writeZero(SPS_ROOM_BYTES);
        BitWriter bits = new BitWriter();
        bits.wrap(out, 0);
        bits.write(SPS_HEADER, 8);
        bits.write(BASELINE, 8);
        bits.write(CONSTRAINED, 8);
        bits.write(LEVEL_3_1, 8);
        expGolomb(bits, 0); // seq_parameter_set_id
        expGolomb(bits, 0); // log2_max_frame_num_minus4
        expGolomb(bits, 2); // pic_order_cnt_type
        expGolomb(bits, 1); // max_num_ref_frames
        bits.writeFlag(false); // gaps_in_frame_num_value_allowed_flag
        expGolomb(bits, Picture.WIDTH / Picture.MACROBLOCK - 1);
        expGolomb(bits, Picture.HEIGHT / Picture.MACROBLOCK - 1);
        bits.writeFlag(true); // frame_mbs_only_flag
        bits.writeFlag(true); // direct_8x8_inference_flag
        bits.writeFlag(false); // frame_cropping_flag
        bits.writeFlag(false); // vui_parameters_present_flag
        bits.writeFlag(true); // rbsp_stop_one_bit
        bits.pad();
        return out.writerIndex(bits.sizeBytes());
    }

    /** ue(v), section 9.1 of the H.264 specification. */
    private static void expGolomb(BitWriter bits, int value) {
        int length = Integer.SIZE - Integer.numberOfLeadingZeros(value + 1);
        bits.write(0, length - 1);
        bits.write(value + 1, length);
    }
}
