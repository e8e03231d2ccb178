package dev.sluice.load.client;

import dev.sluice.media.rtp.Codec;

import java.util.List;

/**
 * What a publisher sends.
 *
 * @param codecs at most one of video and one of audio
 * @param videoRateBps of the video's frames
 * @param burstNanos packets that a pacer would let go of within this time leave at once
 * @param keyFramePeriodNanos from one key frame to the next that nobody asked for
 */
public record PublisherSettings(
        List<Codec> codecs,
        long videoRateBps,
        long burstNanos,
        int framesPerSecond,
        long keyFramePeriodNanos) {

    public PublisherSettings {
        codecs = List.copyOf(codecs);
    }
}
