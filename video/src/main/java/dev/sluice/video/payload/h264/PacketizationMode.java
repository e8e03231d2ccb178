package dev.sluice.video.payload.h264;

/**
 * The packetization modes of RFC 6184 section 6.1 that are written; mode 2 (interleaved) is not.
 */
public enum PacketizationMode {
    /** Mode 0: each NAL unit is a packet (section 6.2). */
    SINGLE_NAL_UNIT,
    /** Mode 1: also STAP-A and FU-A (section 6.3). */
    NON_INTERLEAVED
}
