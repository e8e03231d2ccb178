package dev.sluice.media.fec;

import io.netty.buffer.ByteBuf;

/** Takes what was lost and is there again. */
@FunctionalInterface
public interface RecoveredPackets {

    /**
     * A whole RTP packet under its own sequence number, well-formed; borrowed, and the receiver may
     * change it. What it keeps must be visible in {@link MediaPackets} when the call returns, so
     * that further packets can be recovered with it.
     */
    void onRecovered(ByteBuf packet);
}
