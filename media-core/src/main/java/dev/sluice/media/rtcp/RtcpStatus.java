package dev.sluice.media.rtcp;

/** What came of reading a compound packet. */
public enum RtcpStatus {
    /** Every packet in it was read or skipped as unknown. */
    OK,
    /**
     * Some packet broke the format; the packets before it were delivered, it and the rest were not.
     */
    MALFORMED
}
