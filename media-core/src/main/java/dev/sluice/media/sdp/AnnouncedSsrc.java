package dev.sluice.media.sdp;

/**
 * An SSRC that an offer announces (RFC 5576).
 *
 * @param rtxSsrc its retransmissions' SSRC from the FID group (RFC 4588), -1 when it has none
 * @param fecSsrc its repair stream's SSRC from the FEC-FR group (RFC 5956), -1 when it has none
 */
public record AnnouncedSsrc(long ssrc, long rtxSsrc, long fecSsrc) {

    /** Without a repair stream. */
    public AnnouncedSsrc(long ssrc, long rtxSsrc) {
        this(ssrc, rtxSsrc, -1);
    }
}
