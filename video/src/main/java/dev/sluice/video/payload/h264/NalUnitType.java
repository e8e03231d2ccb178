package dev.sluice.video.payload.h264;

/** The NAL unit types that matter to a forwarder: H.264 table 7-1 and RFC 6184 table 1. */
final class NalUnitType {

    static final int IDR_SLICE = 5;
    static final int SEQUENCE_PARAMETER_SET = 7;

    /** The last type that H.264 itself gives a meaning to; above are those of RFC 6184. */
    static final int LAST_SINGLE = 23;

    static final int STAP_A = 24;
    static final int FU_A = 28;

    private static final int MASK = 0x1f;

    private NalUnitType() {}

    /** The type in a NAL unit header or an FU header. */
    static int of(int header) {
        return header & MASK;
    }
}
