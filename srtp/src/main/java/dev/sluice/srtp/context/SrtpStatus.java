package dev.sluice.srtp.context;

/** What became of a packet. Only {@link #OK} changes the packet's buffer or any state. */
public enum SrtpStatus {
    OK,
    /** Too short, or not RTP or RTCP version 2. */
    MALFORMED,
    /** The packet index was seen before (or, for a sender, was sealed before). */
    REPLAYED,
    /** Behind the replay window, so that nobody can tell whether it is a replay. */
    TOO_OLD,
    /** The tag does not verify: forged, damaged or sealed with other keys. */
    AUTHENTICATION_FAILED,
    /** The packet's SSRC is new and the direction has all the SSRCs it may have. */
    TOO_MANY_STREAMS,
    /**
     * The master key has protected all the packets it may (RFC 3711 section 9.2, or less by its own
     * lifetime), or the packet numbers have come to their end.
     */
    KEY_EXHAUSTED,
    /** The packet carries the identifier of no master key known here. */
    UNKNOWN_MKI
}
