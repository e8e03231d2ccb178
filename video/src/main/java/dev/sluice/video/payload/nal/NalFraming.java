package dev.sluice.video.payload.nal;

/** How the NAL units of a frame are told apart. */
public enum NalFraming {
    /** By start codes: annex B of H.264 and of H.265. */
    ANNEX_B,
    /**
     * By a length of 4 bytes before each, ISO/IEC 14496-15 with {@code lengthSizeMinusOne} 3: as in
     * MP4, and as some encoders of the system give them.
     */
    LENGTH_PREFIXED
}
