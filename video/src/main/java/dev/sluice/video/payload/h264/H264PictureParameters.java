package dev.sluice.video.payload.h264;

import dev.sluice.video.payload.nal.RbspReader;

import io.netty.buffer.ByteBuf;

/**
 * A flyweight over the first fields of an H.264 picture parameter set, H.264 section 7.3.2.2. All
 * accessors need a successful {@link #wrap}.
 */
public final class H264PictureParameters {

    private static final int NAL_HEADER_BYTES = 1;
    private static final int MAX_ID = 255;
    private static final int MAX_SEQUENCE_PARAMETERS_ID = 31;
    private static final int MAX_SLICE_GROUPS = 8;

    private final RbspReader reader = new RbspReader();
    private int id;
    private int sequenceParametersId;
    private boolean cabac;
    private int sliceGroups;

    /**
     * Reads the NAL unit of {@code lengthBytes} bytes at the absolute {@code index}, header
     * included.
     *
     * @return false if it is cut off or has values out of range
     */
    public boolean wrap(ByteBuf nal, int index, int lengthBytes) {
        if (lengthBytes <= NAL_HEADER_BYTES) {
            return false;
        }
        reader.wrap(nal, index + NAL_HEADER_BYTES, lengthBytes - NAL_HEADER_BYTES);
        id = reader.unsignedCode();
        sequenceParametersId = reader.unsignedCode();
        cabac = reader.flag();
        reader.bit(); // bottom_field_pic_order_in_frame_present_flag
        sliceGroups = reader.unsignedCode() + 1;
        return !reader.overrun()
                && id <= MAX_ID
                && sequenceParametersId <= MAX_SEQUENCE_PARAMETERS_ID
                && sliceGroups <= MAX_SLICE_GROUPS;
    }

    /** The number by which slices name this set, 0 to 255. */
    public int id() {
        return id;
    }

    /** The sequence parameter set that it belongs to, 0 to 31. */
    public int sequenceParametersId() {
        return sequenceParametersId;
    }

    /** Whether entropy coding is CABAC rather than CAVLC (entropy_coding_mode_flag). */
    public boolean cabac() {
        return cabac;
    }

    /** The number of slice groups, 1 to 8: over 1 only in Baseline and Extended profile. */
    public int sliceGroups() {
        return sliceGroups;
    }
}
