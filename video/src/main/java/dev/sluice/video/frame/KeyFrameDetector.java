package dev.sluice.video.frame;

import dev.sluice.media.rtp.Codec;
import dev.sluice.video.payload.av1.Av1PayloadDescriptor;
import dev.sluice.video.payload.h264.H264Payload;
import dev.sluice.video.payload.h265.H265Payload;
import dev.sluice.video.payload.vp8.Vp8PayloadDescriptor;
import dev.sluice.video.payload.vp9.Vp9FrameHeader;
import dev.sluice.video.payload.vp9.Vp9PayloadDescriptor;

import io.netty.buffer.ByteBuf;

/**
 * Tells the payloads at which a viewer can begin. It keeps a descriptor of each codec, so that
 * nothing is allocated per packet; one thread uses it.
 */
public final class KeyFrameDetector {

    private final Vp8PayloadDescriptor vp8 = new Vp8PayloadDescriptor();
    private final Vp9PayloadDescriptor vp9 = new Vp9PayloadDescriptor();
    private final H264Payload h264 = new H264Payload();
    private final H265Payload h265 = new H265Payload();
    private final Av1PayloadDescriptor av1 = new Av1PayloadDescriptor();

    /**
     * Whether the RTP payload of {@code lengthBytes} bytes at the absolute {@code index} is the
     * first of a key frame; false for a malformed payload. Each audio packet stands for itself.
     */
    public boolean startsKeyFrame(Codec codec, ByteBuf payload, int index, int lengthBytes) {
        return switch (codec) {
            case VP8 -> vp8.wrap(payload, index, lengthBytes) && vp8.startsKeyFrame();
            case VP9 -> vp9.wrap(payload, index, lengthBytes) && startsVp9KeyFrame(payload);
            case H264 -> h264.wrap(payload, index, lengthBytes) && h264.startsKeyFrame();
            case H265 -> h265.wrap(payload, index, lengthBytes) && h265.startsKeyFrame();
            case AV1 -> av1.wrap(payload, index, lengthBytes) && av1.startsKeyFrame();
            case OPUS -> true;
        };
    }

    private boolean startsVp9KeyFrame(ByteBuf payload) {
        return vp9.startsKeyFrame()
                && !Vp9FrameHeader.saysNotKeyFrame(payload.getByte(vp9.frameIndex()));
    }
}
