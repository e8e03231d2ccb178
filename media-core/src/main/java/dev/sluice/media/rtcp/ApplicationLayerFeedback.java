package dev.sluice.media.rtcp;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

/**
 * AFB, RFC 4585 section 6.4: feedback of a format that only the application knows. {@link Remb} is
 * one of them and is read as such.
 *
 * <pre>
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |V=2|P| FMT=15  |  PT=PSFB=206  |          length               |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                  SSRC of packet sender                        |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                  SSRC of media source                         |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |                  application message                        ...
 * </pre>
 *
 * @param senderSsrc who says it
 * @param mediaSsrc the stream that it is about
 * @param message whole words of 32 bits
 */
public record ApplicationLayerFeedback(long senderSsrc, long mediaSsrc, Octets message)
        implements WritableRtcp {

    static final int FORMAT = 15;

    public ApplicationLayerFeedback {
        message.requireWholeWords("Application message");
    }

    static @Nullable ApplicationLayerFeedback read(ByteBuf body) {
        if (body.readableBytes() < 8 || body.readableBytes() % 4 != 0) {
            return null;
        }
        return new ApplicationLayerFeedback(
                body.readUnsignedInt(),
                body.readUnsignedInt(),
                Octets.read(body, body.readableBytes()));
    }

    @Override
    public int sizeBytes() {
        return RtcpHeader.FEEDBACK_HEAD_SIZE_BYTES + message.sizeBytes();
    }

    @Override
    public void write(ByteBuf out) {
        int start =
                RtcpHeader.beginFeedback(
                        out, RtcpHeader.PAYLOAD_SPECIFIC_FEEDBACK, FORMAT, senderSsrc, mediaSsrc);
        message.write(out);
        RtcpHeader.end(out, start);
    }
}
