package dev.sluice.server.router;

import dev.sluice.media.sdp.NegotiatedCodec;

import io.netty.buffer.ByteBuf;

/**
 * What a viewer is sent while his network is probed and media does not suffice: the latest packets
 * again, which may fill a gap, else padding without a payload.
 */
final class ViewerPadding {

    /** Less than this is sent without a payload. */
    private static final int MIN_REPEATED_BYTES = 300;

    /** The latest packets, one after the other, are repeated. */
    private static final int REPEATED_PACKETS = 16;

    private final ViewerStream stream;

    /** Its own: padding may be wanted while something lost is being sent again. */
    private final SentMedia sent;

    private int repeated;

    ViewerPadding(LayerSwitch layers, ViewerStream stream) {
        this.stream = stream;
        this.sent = new SentMedia(layers, stream);
    }

    /**
     * Sends padding.
     *
     * @return the bytes sent; 0 where the track has nothing to pad with
     */
    int pad(int bytes, int probeId, long nowNanos) {
        NegotiatedCodec codec = stream.codec();
        if (codec == null || codec.rtxPayloadType() < 0) {
            return 0;
        }
        int padded = bytes < MIN_REPEATED_BYTES ? 0 : repeat(codec, probeId, nowNanos);
        long timestamp = stream.numbering().lastTimestamp();
        return padded > 0
                ? padded
                : stream.repairs().pad(codec, timestamp, bytes, probeId, nowNanos);
    }

    private int repeat(NegotiatedCodec codec, int probeId, long nowNanos) {
        long sequence = stream.numbering().newestSequence() - repeated++ % REPEATED_PACKETS;
        MediaPacket media = sent.find((int) sequence & 0xFFFF);
        if (media == null) {
            return 0;
        }
        ByteBuf packet = sent.rewrite(media, codec);
        sent.clear();
        return stream.repairs().padByRtx(packet, codec, probeId, nowNanos);
    }
}
