package dev.sluice.load.media;

import io.netty.buffer.ByteBuf;

import java.util.random.RandomGenerator;

/** Bytes that stand for coded pictures: none is zero, so that no start code is among them. */
final class Filler {

    private static final int BYTES = 4096;
    private static final int MAX_BYTE = 256;

    private final byte[] bytes = new byte[BYTES];

    Filler(RandomGenerator random) {
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) random.nextInt(1, MAX_BYTE);
        }
    }

    /** Appends as many bytes as are missing until {@code out} has the size. */
    void fill(ByteBuf out, int sizeBytes) {
        int missing = sizeBytes - out.readableBytes();
        while (missing > 0) {
            int part = Math.min(missing, BYTES);
            out.writeBytes(bytes, 0, part);
            missing -= part;
        }
    }
}
