package dev.sluice.server.session;

import dev.sluice.media.receive.ReceiveCounters;
import dev.sluice.media.receive.ReceiveStream;
import dev.sluice.media.rtp.Codec;
import dev.sluice.media.rtp.HeaderExtension;
import dev.sluice.media.rtp.HeaderExtensionMap;
import dev.sluice.media.sdp.AnnouncedSsrc;
import dev.sluice.media.sdp.NegotiatedCodec;
import dev.sluice.media.sdp.NegotiatedMedia;

import java.util.List;
import java.util.Map;

/** Streams and media sections for tests, without a session around them. */
public final class IncomingStreams {

    public static final int OPUS = 111;
    public static final int VP8 = 96;
    public static final int VP8_RTX = 97;
    public static final int MID_ID = 4;
    public static final int RID_ID = 10;
    public static final int REPAIRED_RID_ID = 11;

    private IncomingStreams() {}

    public static IncomingStream of(NegotiatedMedia media, String rid, long ssrc) {
        return new IncomingStream(media, rid, ssrc, receiveStream(ssrc));
    }

    static ReceiveStream receiveStream(long ssrc) {
        return new ReceiveStream(ssrc, 90_000, 64, true, new ReceiveCounters());
    }

    public static NegotiatedMedia audio() {
        return new NegotiatedMedia(
                0,
                "0",
                Codec.OPUS.kind(),
                List.of(codec(Codec.OPUS, OPUS, -1)),
                HeaderExtensionMap.of(Map.of(HeaderExtension.MID, MID_ID)),
                List.of(),
                List.of());
    }

    public static NegotiatedMedia video(List<String> rids, List<AnnouncedSsrc> ssrcs) {
        return new NegotiatedMedia(
                1,
                "1",
                Codec.VP8.kind(),
                List.of(codec(Codec.VP8, VP8, VP8_RTX)),
                HeaderExtensionMap.of(
                        Map.of(
                                HeaderExtension.MID, MID_ID,
                                HeaderExtension.RID, RID_ID,
                                HeaderExtension.REPAIRED_RID, REPAIRED_RID_ID)),
                rids,
                ssrcs);
    }

    private static NegotiatedCodec codec(Codec codec, int payloadType, int rtxPayloadType) {
        return new NegotiatedCodec(
                payloadType,
                codec,
                codec.clockRateHz(),
                codec.channels(),
                Map.of(),
                rtxPayloadType,
                true,
                true,
                false,
                false,
                false);
    }
}
