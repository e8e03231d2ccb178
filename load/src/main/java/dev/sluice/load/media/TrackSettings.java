package dev.sluice.load.media;

import dev.sluice.media.rtp.HeaderExtensionMap;

/**
 * How a publisher's stream looks on the wire.
 *
 * @param rtxPayloadType of retransmissions, -1 without
 * @param firstSequence 0 to 65535
 * @param firstTimestamp unsigned 32 bits
 * @param marksFrames whether the marker bit ends a frame, as in video
 * @param rateBps of the frames, by which packets are paced
 * @param burstNanos packets that the pacer would let go of within this time leave at once; 0 paces
 *     each
 * @param run the number in the stamps
 */
public record TrackSettings(
        String mid,
        int payloadType,
        int rtxPayloadType,
        long ssrc,
        long rtxSsrc,
        HeaderExtensionMap extensions,
        int firstSequence,
        long firstTimestamp,
        boolean marksFrames,
        long rateBps,
        long burstNanos,
        int run) {}
