package dev.sluice.media.rtcp;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

/**
 * PLI, RFC 4585 section 6.3.1: a receiver cannot decode on and needs a key frame.
 *
 * <pre>
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |V=2|P|  FMT=1  |  PT=PSFB=206  |          length=2             |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                  SSRC of packet sender                        |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                  SSRC of media source                         |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * @param senderSsrc who asks
 * @param mediaSsrc the stream that is to have a key frame
 */
public record PictureLossIndication(long senderSsrc, long mediaSsrc) implements WritableRtcp {

    static final int FORMAT = 1;

    static @Nullable PictureLossIndication read(ByteBuf body) {
        if (body.readableBytes() < 8) {
            return null;
        }
        return new PictureLossIndication(body.readUnsignedInt(), body.readUnsignedInt());
    }

    @Override
    public int sizeBytes() {
        return RtcpHeader.FEEDBACK_HEAD_SIZE_BYTES;
    }

    @Override
    public void write(ByteBuf out) {
        int start =
                RtcpHeader.beginFeedback(
                        out, RtcpHeader.PAYLOAD_SPECIFIC_FEEDBACK, FORMAT, senderSsrc, mediaSsrc);
        RtcpHeader.end(out, start);
    }
}
