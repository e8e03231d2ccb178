package dev.sluice.video.payload.h264;

/** NAL unit types: H.264 table 7-1 and RFC 6184 table 1. */
final class NalUnitType {

    static final int SLICE = 1;
    static final int PARTITION_A = 2;
    static final int PARTITION_B = 3;
    static final int PARTITION_C = 4;
    static final int IDR_SLICE = 5;
    static final int SEQUENCE_PARAMETER_SET = 7;
    static final int PICTURE_PARAMETER_SET = 8;
    static final int ACCESS_UNIT_DELIMITER = 9;
    static final int END_OF_SEQUENCE = 10;
    static final int END_OF_STREAM = 11;
    static final int FILLER = 12;

    /** The last type that H.264 itself gives a meaning to; above are those of RFC 6184. */
    static final int LAST_SINGLE = 23;

    static final int STAP_A = 24;
    static final int STAP_B = 25;
    static final int MTAP16 = 26;
    static final int MTAP24 = 27;
    static final int FU_A = 28;
    static final int FU_B = 29;

    private static final int MASK = 0x1f;

    private NalUnitType() {}

    /** The type in a NAL unit header or an FU header. */
    static int of(int header) {
        return header & MASK;
    }

    /**
     * Whether H.264 defines or leaves free the type for NAL units, so that it can be sent alone.
     */
    static boolean isSingle(int type) {
        return type >= SLICE && type <= LAST_SINGLE;
    }
}
