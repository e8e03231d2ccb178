package dev.sluice.video.payload;

import io.netty.buffer.ByteBuf;

/**
 * Splits coded frames into RTP payloads. One thread uses it; formats that number their pictures
 * keep the numbers inside.
 */
public interface Packetizer {

    /**
     * Hands each payload of a frame to {@code out}, in order.
     *
     * @param frame the readable bytes of one coded frame as an encoder gives it: an Annex B access
     *     unit of H.264 or H.265, a VP8 or VP9 frame, an AV1 temporal unit of OBUs with sizes;
     *     borrowed, its indices are not moved
     * @param maxPayloadSizeBytes the most that a payload may have, at least 64
     * @throws IllegalArgumentException if the frame is empty or is not of the format, before
     *     anything was handed out; or if the size is below 64
     */
    void packetize(ByteBuf frame, int maxPayloadSizeBytes, PayloadSink out);
}
