package dev.sluice.video.payload;

import io.netty.buffer.ByteBuf;

/** Takes the payloads that a {@link Packetizer} makes. */
@FunctionalInterface
public interface PayloadSink {

    /**
     * @param payload the readable bytes are one RTP payload; borrowed until this call returns
     * @param lastOfFrame whether this payload ends its frame, which the marker bit tells
     */
    void onPayload(ByteBuf payload, boolean lastOfFrame);
}
