package dev.sluice.video.payload.h264;

import io.netty.buffer.ByteBuf;

/** The picture size in an H.264 sequence parameter set, H.264 section 7.3.2.1.1. */
public final class H264SequenceParameters {

    private static final int NAL_HEADER_BYTES = 1;
    private static final int MACROBLOCK_PIXELS = 16;

    /**
     * Larger pictures than level 6.2 allows are not believed: 16,888 pixels is its longest side.
     */
    private static final int MAX_SIDE_MACROBLOCKS = 1056;

    private static final int MAX_REFERENCES_IN_CYCLE = 255;
    private static final int CHROMA_MONOCHROME = 0;
    private static final int CHROMA_420 = 1;
    private static final int CHROMA_422 = 2;
    private static final int CHROMA_444 = 3;

    private final RbspReader reader = new RbspReader();
    private int chromaFormat;
    private int width;
    private int height;

    /**
     * Reads the NAL unit of {@code lengthBytes} bytes at the absolute {@code index}, header
     * included.
     *
     * @return false if it is cut off or has values out of range
     */
    public boolean wrap(ByteBuf nal, int index, int lengthBytes) {
        width = 0;
        height = 0;
        if (lengthBytes <= NAL_HEADER_BYTES) {
            return false;
        }
        reader.wrap(nal, index + NAL_HEADER_BYTES, lengthBytes - NAL_HEADER_BYTES);
        readProfile();
        skipPictureOrder();
        readSize();
        return !reader.overrun() && width > 0 && height > 0;
    }

    /** In pixels, after cropping. */
    public int width() {
        return width;
    }

    /** In pixels, after cropping. */
    public int height() {
        return height;
    }

    private void readProfile() {
        int profile = reader.bits(8);
        reader.bits(16); // constraint flags, level
        reader.unsignedCode(); // seq_parameter_set_id
        chromaFormat = CHROMA_420;
        if (hasChromaFormat(profile)) {
            readChromaFormat();
        }
    }

    private static boolean hasChromaFormat(int profile) {
        return switch (profile) {
            case 100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135 -> true;
            default -> false;
        };
    }

    private void readChromaFormat() {
        chromaFormat = reader.unsignedCode();
        boolean separatePlanes = chromaFormat == CHROMA_444 && reader.flag();
        reader.unsignedCode(); // bit_depth_luma_minus8
        reader.unsignedCode(); // bit_depth_chroma_minus8
        reader.bit(); // qpprime_y_zero_transform_bypass_flag
        if (reader.flag()) {
            skipScalingMatrix(chromaFormat == CHROMA_444 ? 12 : 8);
        }
        if (separatePlanes) {
            chromaFormat = CHROMA_MONOCHROME; // each plane is cropped as a monochrome picture
        }
    }

    private void skipScalingMatrix(int lists) {
        for (int list = 0; list < lists; list++) {
            if (reader.flag()) {
                skipScalingList(list < 6 ? 16 : 64);
            }
        }
    }

    private void skipScalingList(int coefficients) {
        int last = 8;
        int next = 8;
        for (int i = 0; i < coefficients && next != 0; i++) {
            next = last + reader.signedCode() & 0xff;
            last = next;
        }
    }

    private void skipPictureOrder() {
        reader.unsignedCode(); // log2_max_frame_num_minus4
        int pictureOrderType = reader.unsignedCode();
        if (pictureOrderType == 0) {
            reader.unsignedCode(); // log2_max_pic_order_cnt_lsb_minus4
        } else if (pictureOrderType == 1) {
            skipPictureOrderCycle();
        }
        reader.unsignedCode(); // max_num_ref_frames
        reader.bit(); // gaps_in_frame_num_value_allowed_flag
    }

    private void skipPictureOrderCycle() {
        reader.bit(); // delta_pic_order_always_zero_flag
        reader.signedCode(); // offset_for_non_ref_pic
        reader.signedCode(); // offset_for_top_to_bottom_field
        int references = Math.min(reader.unsignedCode(), MAX_REFERENCES_IN_CYCLE);
        for (int i = 0; i < references; i++) {
            reader.signedCode(); // offset_for_ref_frame
        }
    }

    private void readSize() {
        int columns = reader.unsignedCode() + 1;
        int rows = reader.unsignedCode() + 1;
        boolean framesOnly = reader.flag();
        if (!framesOnly) {
            reader.bit(); // mb_adaptive_frame_field_flag
        }
        reader.bit(); // direct_8x8_inference_flag
        if (reader.overrun() || columns > MAX_SIDE_MACROBLOCKS || rows > MAX_SIDE_MACROBLOCKS) {
            return;
        }
        int fields = framesOnly ? 1 : 2;
        width = columns * MACROBLOCK_PIXELS;
        height = rows * fields * MACROBLOCK_PIXELS;
        if (reader.flag()) {
            crop(fields);
        }
    }

    /** H.264 equations 7-19 to 7-22. */
    private void crop(int fields) {
        int unitX = chromaFormat == CHROMA_420 || chromaFormat == CHROMA_422 ? 2 : 1;
        int unitY = (chromaFormat == CHROMA_420 ? 2 : 1) * fields;
        long left = reader.unsignedCode();
        long right = reader.unsignedCode();
        long top = reader.unsignedCode();
        long bottom = reader.unsignedCode();
        width = (int) Math.max(0, width - unitX * (left + right));
        height = (int) Math.max(0, height - unitY * (top + bottom));
    }
}
