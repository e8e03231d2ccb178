package dev.sluice.video.payload;

import io.netty.buffer.ByteBuf;

/**
 * Puts a frame together from the RTP payloads of one stream, given in the order of their sequence
 * numbers. One thread uses it.
 */
public interface Depacketizer {

    /** What a payload tells of the place that it has in its frame. */
    enum FrameStart {
        /** The first payload of a frame. */
        YES,
        /** A later one. */
        NO,
        /** The format does not tell; a new timestamp has to. */
        UNKNOWN
    }

    /**
     * Whether the payload begins a frame, without a change of state.
     *
     * @param payload the readable bytes of an RTP payload without padding; borrowed
     */
    FrameStart frameStart(ByteBuf payload);

    /**
     * Appends to {@code frame} what the payload adds to it, in the form that {@link
     * Packetizer#packetize} takes. Nothing is appended unless the status is {@link
     * PayloadStatus#OK}.
     *
     * @param payload the readable bytes of an RTP payload without padding; borrowed
     * @param frame the frame as far as it came; may grow
     */
    PayloadStatus append(ByteBuf payload, ByteBuf frame);

    /** Forgets a begun fragment: a payload is missing, or another frame follows. */
    void reset();
}
