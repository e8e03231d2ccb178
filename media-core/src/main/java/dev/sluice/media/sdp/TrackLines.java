package dev.sluice.media.sdp;

import java.util.List;

/** Writes what a sender says of its track: the stream it belongs to and its SSRCs. */
final class TrackLines {

    private TrackLines() {}

    static void write(LocalTrack track, List<NegotiatedCodec> codecs, List<SdpAttribute> lines) {
        Msid msid = new Msid(track.streamId(), track.trackId());
        lines.add(AttributeType.MSID.line(msid));
        boolean hasRtx = codecs.stream().anyMatch(codec -> codec.rtxPayloadType() >= 0);
        if (hasRtx) {
            List<Long> pair = List.of(track.ssrc(), track.rtxSsrc());
            lines.add(AttributeType.SSRC_GROUP.line(new SsrcGroup(SsrcGroup.FID, pair)));
        }
        source(track.ssrc(), track, msid, lines);
        if (hasRtx) {
            source(track.rtxSsrc(), track, msid, lines);
        }
    }

    private static void source(long ssrc, LocalTrack track, Msid msid, List<SdpAttribute> lines) {
        lines.add(AttributeType.SSRC.line(new SsrcAttribute(ssrc, "cname", track.cname())));
        lines.add(AttributeType.SSRC.line(new SsrcAttribute(ssrc, "msid", msid.toString())));
    }
}
