package dev.sluice.media.rtcp;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * TMMBR, RFC 5104 section 4.2.1: a receiver asks senders not to exceed a bit rate for now.
 *
 * <pre>
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |V=2|P|  FMT=3  |  PT=RTPFB=205 |          length               |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                  SSRC of packet sender                        |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                  SSRC of media source, not used: 0            |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                  bitrate limits, 1 or more                    |
 * </pre>
 *
 * @param senderSsrc who asks
 * @param limits one for each stream that is to obey
 */
public record Tmmbr(long senderSsrc, List<BitrateLimit> limits) implements WritableRtcp {

    static final int FORMAT = 3;

    public Tmmbr {
        limits = List.copyOf(limits);
    }

    static @Nullable Tmmbr read(ByteBuf body) {
        if (body.readableBytes() < 8 + BitrateLimit.SIZE_BYTES) {
            return null;
        }
        long senderSsrc = body.readUnsignedInt();
        body.skipBytes(4);
        List<BitrateLimit> limits = BitrateLimit.readAll(body);
        return limits == null ? null : new Tmmbr(senderSsrc, limits);
    }

    @Override
    public int sizeBytes() {
        return RtcpHeader.FEEDBACK_HEAD_SIZE_BYTES + limits.size() * BitrateLimit.SIZE_BYTES;
    }

    @Override
    public void write(ByteBuf out) {
        int start =
                RtcpHeader.beginFeedback(
                        out, RtcpHeader.TRANSPORT_LAYER_FEEDBACK, FORMAT, senderSsrc, 0);
        limits.forEach(limit -> limit.write(out));
        RtcpHeader.end(out, start);
    }
}
