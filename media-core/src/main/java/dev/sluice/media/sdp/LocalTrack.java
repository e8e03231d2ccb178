package dev.sluice.media.sdp;

/**
 * A stream that the answerer sends.
 *
 * @param streamId groups tracks that are played in sync (RFC 8830)
 * @param rtxSsrc the SSRC of retransmissions, used where they are negotiated
 * @param fecSsrc the SSRC of the repair stream, used where FlexFEC is negotiated; -1 without
 */
public record LocalTrack(
        String streamId, String trackId, long ssrc, long rtxSsrc, long fecSsrc, String cname) {

    /** Without a repair stream. */
    public LocalTrack(String streamId, String trackId, long ssrc, long rtxSsrc, String cname) {
        this(streamId, trackId, ssrc, rtxSsrc, -1, cname);
    }
}
