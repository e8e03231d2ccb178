package dev.sluice.media.fec;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

/** The media packets that have come, as the ring of their stream keeps them. */
@FunctionalInterface
public interface MediaPackets {

    /**
     * A packet in the clear, borrowed; null when it never came or is gone.
     *
     * @param ssrc unsigned 32 bits
     * @param sequenceNumber 16 bits
     */
    @Nullable ByteBuf packet(long ssrc, int sequenceNumber);
}
