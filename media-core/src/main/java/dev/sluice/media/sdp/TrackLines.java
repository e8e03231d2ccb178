package dev.sluice.media.sdp;

import java.util.List;

/** Writes what a sender says of its track: the stream it belongs to and its SSRCs. */
final class TrackLines {

    private TrackLines() {}

    static void write(LocalTrack track, List<NegotiatedCodec> codecs, List<SdpAttribute> lines) {
        write(track, codecs, false, lines);
    }

    /**
     * @param hasFec whether a repair stream is negotiated
     */
    static void write(
            LocalTrack track,
            List<NegotiatedCodec> codecs,
            boolean hasFec,
            List<SdpAttribute> lines) {
        Msid msid = new Msid(track.streamId(), track.trackId());
        lines.add(AttributeType.MSID.line(msid));
        boolean hasRtx = codecs.stream().anyMatch(codec -> codec.rtxPayloadType() >= 0);
        if (hasRtx) {
            group(SsrcGroup.FID, track.ssrc(), track.rtxSsrc(), lines);
        }
        if (hasFec) {
            group(SsrcGroup.FEC_FR, track.ssrc(), track.fecSsrc(), lines);
        }
        source(track.ssrc(), track, msid, lines);
        if (hasRtx) {
            source(track.rtxSsrc(), track, msid, lines);
        }
        if (hasFec) {
            source(track.fecSsrc(), track, msid, lines);
        }
    }

    private static void group(String semantics, long media, long repair, List<SdpAttribute> lines) {
        SsrcGroup group = new SsrcGroup(semantics, List.of(media, repair));
        lines.add(AttributeType.SSRC_GROUP.line(group));
    }

    private static void source(long ssrc, LocalTrack track, Msid msid, List<SdpAttribute> lines) {
        lines.add(AttributeType.SSRC.line(new SsrcAttribute(ssrc, "cname", track.cname())));
        lines.add(AttributeType.SSRC.line(new SsrcAttribute(ssrc, "msid", msid.toString())));
    }
}
