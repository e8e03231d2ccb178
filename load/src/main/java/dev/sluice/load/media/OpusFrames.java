package dev.sluice.load.media;

import dev.sluice.video.payload.PayloadSink;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** Opus packets of one frame of 20 ms, RFC 6716 section 3.1. */
final class OpusFrames implements FrameMaker {

    /** CELT, full band, 20 ms (31), stereo, one frame. */
    private static final int TABLE_OF_CONTENTS = 31 << 3 | 1 << 2;

    private final ByteBuf packet = Unpooled.buffer();
    private final Filler filler;

    OpusFrames(Filler filler) {
        this.filler = filler;
    }

    @Override
    public void make(boolean isKeyFrame, int sizeBytes, int maxPayloadBytes, PayloadSink out) {
        packet.clear();
        packet.writeByte(TABLE_OF_CONTENTS);
        filler.fill(packet, Math.min(sizeBytes, maxPayloadBytes));
        out.onPayload(packet, true);
    }
}
