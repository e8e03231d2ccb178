package dev.sluice.video.payload.h264;

import dev.sluice.video.payload.nal.RbspReader;

import io.netty.buffer.ByteBuf;

/**
 * A flyweight over an H.264 sequence parameter set, H.264 section 7.3.2.1.1: profile, level, and
 * the picture. All accessors need a successful {@link #wrap}.
 */
public final class H264SequenceParameters {

    private static final int NAL_HEADER_BYTES = 1;
    private static final int MACROBLOCK_PIXELS = 16;

    /**
     * Larger pictures than level 6.2 allows are not believed: 16,888 pixels is its longest side.
     */
    private static final int MAX_SIDE_MACROBLOCKS = 1056;

    private static final int MAX_ID = 31;
    private static final int MAX_BIT_DEPTH_ABOVE_8 = 6;
    private static final int MAX_REFERENCES_IN_CYCLE = 255;
    private static final int CHROMA_MONOCHROME = 0;
    private static final int CHROMA_420 = 1;
    private static final int CHROMA_422 = 2;
    private static final int CHROMA_444 = 3;

    private final RbspReader reader = new RbspReader();
    private final H264VideoUsability usability = new H264VideoUsability();
    private boolean inRange;
    private int profileIdc;
    private int constraintFlags;
    private int levelIdc;
    private int id;
    private int chromaFormatIdc;
    private int chromaArrayType;
    private int bitDepthLuma;
    private int bitDepthChroma;
    private boolean interlaced;
    private int width;
    private int height;

    /**
     * Reads the NAL unit of {@code lengthBytes} bytes at the absolute {@code index}, header
     * included. Of one whose video usability information is cut off or out of range the rest is
     * still read: some encoders write it wrongly.
     *
     * @return false if it is cut off before that or has values out of range
     */
    public boolean wrap(ByteBuf nal, int index, int lengthBytes) {
        width = 0;
        height = 0;
        inRange = true;
        usability.clear();
        if (lengthBytes <= NAL_HEADER_BYTES) {
            return false;
        }
        reader.wrap(nal, index + NAL_HEADER_BYTES, lengthBytes - NAL_HEADER_BYTES);
        readProfile();
        skipPictureOrder();
        readSize();
        if (reader.overrun() || !inRange || width <= 0 || height <= 0) {
            return false;
        }
        if (reader.flag()) {
            usability.read(reader);
        }
        return true;
    }

    /** The profile (profile_idc), as 66 for Baseline, 77 for Main, 100 for High. */
    public int profileIdc() {
        return profileIdc;
    }

    /** constraint_set0_flag in the highest bit of 8; the middle byte of profile-level-id. */
    public int constraintFlags() {
        return constraintFlags;
    }

    /** Ten times the level (level_idc), as 31 for level 3.1; 11 with constraint_set3 can be 1b. */
    public int levelIdc() {
        return levelIdc;
    }

    /** The number by which picture parameter sets name this set, 0 to 31. */
    public int id() {
        return id;
    }

    /** chroma_format_idc: 0 monochrome, 1 for 4:2:0, 2 for 4:2:2, 3 for 4:4:4. */
    public int chromaFormatIdc() {
        return chromaFormatIdc;
    }

    /** Bits of a luma sample, 8 to 14. */
    public int bitDepthLuma() {
        return bitDepthLuma;
    }

    /** Bits of a chroma sample, 8 to 14. */
    public int bitDepthChroma() {
        return bitDepthChroma;
    }

    /** Whether pictures may be fields or hold macroblocks of fields: frame_mbs_only_flag is 0. */
    public boolean interlaced() {
        return interlaced;
    }

    /** In pixels, after cropping. */
    public int width() {
        return width;
    }

    /** In pixels of a whole frame, after cropping. */
    public int height() {
        return height;
    }

    /** Video usability information; all of it is absent where the set has none. */
    public H264VideoUsability usability() {
        return usability;
    }

    private void readProfile() {
        profileIdc = reader.bits(8);
        constraintFlags = reader.bits(8);
        levelIdc = reader.bits(8);
        id = upTo(MAX_ID);
        chromaFormatIdc = CHROMA_420;
        chromaArrayType = CHROMA_420;
        bitDepthLuma = 8;
        bitDepthChroma = 8;
        if (hasChromaFormat(profileIdc)) {
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
        chromaFormatIdc = upTo(CHROMA_444);
        boolean separatePlanes = chromaFormatIdc == CHROMA_444 && reader.flag();
        // each separate plane is cropped as a monochrome picture
        chromaArrayType = separatePlanes ? CHROMA_MONOCHROME : chromaFormatIdc;
        bitDepthLuma = 8 + upTo(MAX_BIT_DEPTH_ABOVE_8);
        bitDepthChroma = 8 + upTo(MAX_BIT_DEPTH_ABOVE_8);
        reader.bit(); // qpprime_y_zero_transform_bypass_flag
        if (reader.flag()) {
            skipScalingMatrix(chromaFormatIdc == CHROMA_444 ? 12 : 8);
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
        int pictureOrderType = upTo(2);
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
        reader.skipCode(); // offset_for_non_ref_pic
        reader.skipCode(); // offset_for_top_to_bottom_field
        int references = upTo(MAX_REFERENCES_IN_CYCLE);
        for (int i = 0; i < references; i++) {
            reader.skipCode(); // offset_for_ref_frame
        }
    }

    private void readSize() {
        int columns = upTo(MAX_SIDE_MACROBLOCKS - 1) + 1;
        int rows = upTo(MAX_SIDE_MACROBLOCKS - 1) + 1;
        interlaced = !reader.flag();
        if (interlaced) {
            reader.bit(); // mb_adaptive_frame_field_flag
        }
        reader.bit(); // direct_8x8_inference_flag
        int fields = interlaced ? 2 : 1;
        width = columns * MACROBLOCK_PIXELS;
        height = rows * fields * MACROBLOCK_PIXELS;
        if (reader.flag()) {
            crop(fields);
        }
    }

    /** H.264 equations 7-19 to 7-22. */
    private void crop(int fields) {
        int unitX = chromaArrayType == CHROMA_420 || chromaArrayType == CHROMA_422 ? 2 : 1;
        int unitY = (chromaArrayType == CHROMA_420 ? 2 : 1) * fields;
        long left = reader.unsignedCode();
        long right = reader.unsignedCode();
        long top = reader.unsignedCode();
        long bottom = reader.unsignedCode();
        width = (int) Math.max(0, width - unitX * (left + right));
        height = (int) Math.max(0, height - unitY * (top + bottom));
    }

    /** An unsigned code; 0, and {@link #wrap} will refuse, if it is above {@code max}. */
    private int upTo(int max) {
        int value = reader.unsignedCode();
        inRange &= value <= max;
        return value <= max ? value : 0;
    }
}
