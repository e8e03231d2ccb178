package dev.sluice.load.media;

import dev.sluice.media.rtp.Codec;
import dev.sluice.video.payload.PayloadSink;

import java.util.random.RandomGenerator;

/** Makes the payloads of frames that carry right headers and no picture. */
public interface FrameMaker {

    /**
     * Hands the payloads of one frame to {@code out}, in order.
     *
     * @param sizeBytes of the coded frame, at least {@link FrameSizes#MIN_FRAME_BYTES} for video
     * @param maxPayloadBytes the most that one payload may have
     */
    void make(boolean isKeyFrame, int sizeBytes, int maxPayloadBytes, PayloadSink out);

    /** The frames of a codec. */
    static FrameMaker of(Codec codec, RandomGenerator random) {
        Filler filler = new Filler(random);
        return switch (codec) {
            case VP8 -> new Vp8Frames(random, filler);
            case VP9 -> new Vp9Frames(random, filler);
            case H264 -> new H264Frames(filler);
            case AV1 -> new Av1Frames(filler);
            case OPUS -> new OpusFrames(filler);
            case H265 -> throw new IllegalArgumentException("No frames of " + codec);
        };
    }
}
