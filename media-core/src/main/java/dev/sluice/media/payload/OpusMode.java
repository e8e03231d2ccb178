package dev.sluice.media.payload;

/** Which layers of Opus made a packet, RFC 6716 section 3.1. */
public enum OpusMode {
    /** Speech, configurations 0 to 11. */
    SILK,
    /** Speech in the low band and the rest above, configurations 12 to 15. */
    HYBRID,
    /** Music and low delay, configurations 16 to 31. */
    CELT
}
