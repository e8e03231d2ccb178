package dev.sluice.video.payload;

import io.netty.buffer.ByteBuf;

/** What every {@link Packetizer} asks of its arguments. */
public final class PayloadSize {

    /** The least that {@link Packetizer#packetize} takes as the size of a payload. */
    public static final int MIN_BYTES = 64;

    private PayloadSize() {}

    /**
     * @throws IllegalArgumentException if the frame is empty or the payloads would be too small
     */
    public static void require(ByteBuf frame, int maxPayloadSizeBytes) {
        if (maxPayloadSizeBytes < MIN_BYTES) {
            throw new IllegalArgumentException(
                    "payloads of at most %d bytes, expected %d or more"
                            .formatted(maxPayloadSizeBytes, MIN_BYTES));
        }
        if (!frame.isReadable()) {
            throw new IllegalArgumentException("an empty frame");
        }
    }
}
