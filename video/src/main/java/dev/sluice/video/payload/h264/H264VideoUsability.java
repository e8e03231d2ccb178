package dev.sluice.video.payload.h264;

import dev.sluice.video.payload.nal.RbspReader;

/**
 * What the video usability information of a sequence parameter set tells of time and order, H.264
 * section E.1.1.
 */
public final class H264VideoUsability {

    /** The value of a field that is not told. */
    public static final int ABSENT = -1;

    private static final int EXTENDED_ASPECT_RATIO = 255;
    private static final int MAX_CODED_PICTURE_BUFFERS = 32;

    /** max_num_reorder_frames is at most MaxDpbFrames, which is at most 16. */
    private static final int MAX_FRAMES = 16;

    private long unitsInTick;
    private long timeScale;
    private boolean fixedFrameRate;
    private int reorderFrames = ABSENT;
    private int decodedFrames = ABSENT;

    H264VideoUsability() {}

    void clear() {
        unitsInTick = 0;
        timeScale = 0;
        fixedFrameRate = false;
        reorderFrames = ABSENT;
        decodedFrames = ABSENT;
    }

    void read(RbspReader reader) {
        skipPresentation(reader);
        if (reader.flag()) {
            unitsInTick = reader.unsigned32();
            timeScale = reader.unsigned32();
            fixedFrameRate = reader.flag();
        }
        skipReferenceDecoders(reader);
        reader.bit(); // pic_struct_present_flag
        if (reader.flag()) {
            readRestrictions(reader);
        }
        if (reader.overrun()) {
            clear();
        }
    }

    /**
     * Ticks of the time scale in the shortest time between two fields (num_units_in_tick), up to
     * 2^32 - 1; 0 where it is not told.
     */
    public long unitsInTick() {
        return unitsInTick;
    }

    /**
     * Ticks in a second (time_scale), up to 2^32 - 1; 0 where it is not told. The frames in a
     * second are {@code timeScale / (2 * unitsInTick)}, at a fixed frame rate.
     */
    public long timeScale() {
        return timeScale;
    }

    /** Whether all frames are as far apart as the time scale says. */
    public boolean fixedFrameRate() {
        return fixedFrameRate;
    }

    /**
     * The most frames that come before another in decoding and after it on the screen
     * (max_num_reorder_frames), 0 to 16, or {@link #ABSENT}: 0 lets a decoder show each at once.
     */
    public int reorderFrames() {
        return reorderFrames;
    }

    /** Frames that a decoder has to store (max_dec_frame_buffering), 0 to 16, or ABSENT. */
    public int decodedFrames() {
        return decodedFrames;
    }

    private static void skipPresentation(RbspReader reader) {
        if (reader.flag() && reader.bits(8) == EXTENDED_ASPECT_RATIO) {
            reader.skip(32); // sar_width, sar_height
        }
        if (reader.flag()) {
            reader.bit(); // overscan_appropriate_flag
        }
        if (reader.flag()) {
            reader.skip(4); // video_format, video_full_range_flag
            if (reader.flag()) {
                reader.skip(24); // colour_primaries, transfer and matrix
            }
        }
        if (reader.flag()) {
            reader.skipCode(); // chroma_sample_loc_type_top_field
            reader.skipCode(); // chroma_sample_loc_type_bottom_field
        }
    }

    /** Hypothetical reference decoder parameters, section E.1.2, of NAL units and of slices. */
    private static void skipReferenceDecoders(RbspReader reader) {
        boolean ofNalUnits = skipReferenceDecoder(reader);
        boolean ofSlices = skipReferenceDecoder(reader);
        if (ofNalUnits || ofSlices) {
            reader.bit(); // low_delay_hrd_flag
        }
    }

    private static boolean skipReferenceDecoder(RbspReader reader) {
        if (!reader.flag()) {
            return false;
        }
        int buffers = Math.min(reader.unsignedCode() + 1, MAX_CODED_PICTURE_BUFFERS);
        reader.skip(8); // bit_rate_scale, cpb_size_scale
        for (int i = 0; i < buffers; i++) {
            reader.skipCode(); // bit_rate_value_minus1
            reader.skipCode(); // cpb_size_value_minus1
            reader.bit(); // cbr_flag
        }
        reader.skip(20); // four lengths of 5 bits
        return true;
    }

    private void readRestrictions(RbspReader reader) {
        reader.bit(); // motion_vectors_over_pic_boundaries_flag
        reader.skipCode(); // max_bytes_per_pic_denom
        reader.skipCode(); // max_bits_per_mb_denom
        reader.skipCode(); // log2_max_mv_length_horizontal
        reader.skipCode(); // log2_max_mv_length_vertical
        reorderFrames = frames(reader.unsignedCode());
        decodedFrames = frames(reader.unsignedCode());
    }

    private static int frames(int value) {
        return value <= MAX_FRAMES ? value : ABSENT;
    }
}
