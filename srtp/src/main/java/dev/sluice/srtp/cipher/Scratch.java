package dev.sluice.srtp.cipher;

import io.netty.buffer.ByteBuf;

import java.util.Arrays;

/**
 * Reused memory between a packet's buffer and the ciphers, which want arrays: what is read from the
 * buffer lies in {@link #input()}, the cipher writes to {@link #output()}, and only a verified
 * result goes back.
 */
final class Scratch {

    /** Fits an Ethernet frame at once; larger packets make it grow, up to a datagram's 64 KiB. */
    private static final int INITIAL_SIZE_BYTES = 2048;

    private byte[] input = new byte[INITIAL_SIZE_BYTES];
    private byte[] output = new byte[INITIAL_SIZE_BYTES];

    byte[] input() {
        return input;
    }

    byte[] output() {
        return output;
    }

    /** Copies bytes in and makes room for that many and {@code extraBytes} in both arrays. */
    void load(ByteBuf from, int index, int sizeBytes, int extraBytes) {
        reserve(sizeBytes + extraBytes);
        from.getBytes(index, input, 0, sizeBytes);
    }

    /** Forgets what packets left in it. */
    void wipe() {
        Arrays.fill(input, (byte) 0);
        Arrays.fill(output, (byte) 0);
    }

    private void reserve(int sizeBytes) {
        if (input.length < sizeBytes) {
            int grown = Math.max(sizeBytes, 2 * input.length);
            input = new byte[grown];
            output = new byte[grown];
        }
    }
}
