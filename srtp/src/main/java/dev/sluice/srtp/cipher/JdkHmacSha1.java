package dev.sluice.srtp.cipher;

import io.netty.buffer.ByteBuf;

import org.bouncycastle.util.Pack;

import java.security.GeneralSecurityException;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HMAC-SHA1 by the JDK, because it runs on the processor's SHA instructions; it leaves a little
 * garbage a packet.
 */
final class JdkHmacSha1 implements PacketMac {

    private static final String ALGORITHM = "HmacSHA1";

    private final Mac mac;
    private final Scratch scratch = new Scratch();
    private final byte[] digest = new byte[SIZE_BYTES];

    JdkHmacSha1(byte[] key) {
        try {
            mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(ALGORITHM + " is missing from the Java runtime", e);
        }
    }

    @Override
    public byte[] digest(ByteBuf packet, int sizeBytes) {
        scratch.load(packet, packet.readerIndex(), sizeBytes, 0);
        return digest(sizeBytes);
    }

    @Override
    public byte[] digest(ByteBuf packet, int sizeBytes, int word) {
        scratch.load(packet, packet.readerIndex(), sizeBytes, Integer.BYTES);
        Pack.intToBigEndian(word, scratch.input(), sizeBytes);
        return digest(sizeBytes + Integer.BYTES);
    }

    private byte[] digest(int sizeBytes) {
        mac.update(scratch.input(), 0, sizeBytes);
        try {
            mac.doFinal(digest, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(ALGORITHM + " over " + sizeBytes + " bytes", e);
        }
        return digest;
    }

    @Override
    public void close() {
        scratch.wipe();
    }
}
