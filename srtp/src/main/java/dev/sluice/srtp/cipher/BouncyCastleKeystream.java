package dev.sluice.srtp.cipher;

import org.bouncycastle.util.Pack;

/** Counter mode by BouncyCastle's packet cipher. */
final class BouncyCastleKeystream extends ArrayKeystream {

    private final AesCounterMode cipher;

    BouncyCastleKeystream(byte[] key) {
        cipher = new AesCounterMode(key);
    }

    @Override
    void process(long counterHead, long counterTail, byte[] input, int sizeBytes, byte[] output) {
        byte[] counter = cipher.counter();
        Pack.longToBigEndian(counterHead, counter, 0);
        Pack.longToBigEndian(counterTail, counter, Long.BYTES);
        cipher.process(input, sizeBytes, output);
    }
}
