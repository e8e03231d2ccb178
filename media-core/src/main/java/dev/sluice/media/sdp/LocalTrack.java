package dev.sluice.media.sdp;

/**
 * A stream that the answerer sends.
 *
 * @param streamId groups tracks that are played in sync (RFC 8830)
 * @param rtxSsrc the SSRC of retransmissions, used where they are negotiated
 */
public record LocalTrack(String streamId, String trackId, long ssrc, long rtxSsrc, String cname) {}
