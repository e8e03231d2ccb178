package dev.sluice.srtp.keys;

/**
 * A master key with what goes with it: the identifier that packets carry and how long it may be
 * used.
 *
 * @param mki {@link Mki#NONE} when packets do not say which key protects them
 * @param maxPackets the most RTP packets and the most RTCP packets, counted apart, over all SSRCs;
 *     1 to {@link #MAX_RTP_PACKETS}
 */
public record SrtpMasterKey(SrtpKeys keys, Mki mki, long maxPackets) {

    /** RFC 3711 section 9.2 and RFC 7714 section 12: the most RTP packets under one master key. */
    public static final long MAX_RTP_PACKETS = 1L << 48;

    /** The same of RTCP packets. */
    public static final long MAX_RTCP_PACKETS = 1L << 31;

    /**
     * @throws IllegalArgumentException when {@code maxPackets} is out of range
     */
    public SrtpMasterKey {
        if (maxPackets < 1 || maxPackets > MAX_RTP_PACKETS) {
            throw new IllegalArgumentException(
                    "lifetime of " + maxPackets + " packets, not 1 to 2^48");
        }
    }

    /** Without an identifier, for as long as the RFCs allow. */
    public static SrtpMasterKey of(SrtpKeys keys) {
        return new SrtpMasterKey(keys, Mki.NONE, MAX_RTP_PACKETS);
    }

    /** With an identifier, for as long as the RFCs allow. */
    public static SrtpMasterKey of(SrtpKeys keys, Mki mki) {
        return new SrtpMasterKey(keys, mki, MAX_RTP_PACKETS);
    }

    /** How many RTP packets the key may protect. */
    public long maxRtpPackets() {
        return maxPackets;
    }

    /** How many RTCP packets the key may protect. */
    public long maxRtcpPackets() {
        return Math.min(maxPackets, MAX_RTCP_PACKETS);
    }
}
