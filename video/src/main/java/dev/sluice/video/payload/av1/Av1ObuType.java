package dev.sluice.video.payload.av1;

/**
 * The types of open bitstream units (OBUs), AV1 specification section 6.2.2; the rest is reserved.
 */
public final class Av1ObuType {

    public static final int SEQUENCE_HEADER = 1;
    public static final int TEMPORAL_DELIMITER = 2;
    public static final int FRAME_HEADER = 3;
    public static final int TILE_GROUP = 4;
    public static final int METADATA = 5;
    public static final int FRAME = 6;
    public static final int REDUNDANT_FRAME_HEADER = 7;
    public static final int TILE_LIST = 8;
    public static final int PADDING = 15;

    private Av1ObuType() {}

    /** Whether units of the type stay out of RTP: "RTP Payload Format For AV1" section 5. */
    static boolean isNotSent(int type) {
        return type == TEMPORAL_DELIMITER || type == TILE_LIST;
    }

    /** Whether a unit of the type begins with the header of a frame. */
    static boolean beginsFrame(int type) {
        return type == FRAME_HEADER || type == FRAME;
    }
}
