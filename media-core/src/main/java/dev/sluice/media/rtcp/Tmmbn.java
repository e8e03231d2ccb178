package dev.sluice.media.rtcp;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * TMMBN, RFC 5104 section 4.2.2: a sender tells which bit rate limits it obeys.
 *
 * <pre>
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |V=2|P|  FMT=4  |  PT=RTPFB=205 |          length               |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                  SSRC of packet sender                        |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                  SSRC of media source, not used: 0            |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                  bitrate limits, none or more                 |
 * </pre>
 *
 * @param senderSsrc the stream that obeys
 * @param limits the bounding set (section 3.5.4.2); empty when nothing limits the stream
 */
public record Tmmbn(long senderSsrc, List<BitrateLimit> limits) implements WritableRtcp {

    static final int FORMAT = 4;

    public Tmmbn {
        limits = List.copyOf(limits);
    }

    static @Nullable Tmmbn read(ByteBuf body) {
        if (body.readableBytes() < 8) {
            return null;
        }
        long senderSsrc = body.readUnsignedInt();
        body.skipBytes(4);
        List<BitrateLimit> limits = BitrateLimit.readAll(body);
        return limits == null ? null : new Tmmbn(senderSsrc, limits);
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
