package dev.sluice.srtp.cipher;

import io.netty.buffer.ByteBuf;

import org.bouncycastle.util.Pack;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * HMAC-SHA1 (RFC 2104) by the JDK's SHA-1, because it runs on the processor's instructions: the
 * states behind the two padded keys are kept, and each packet starts from copies of them, which are
 * its garbage.
 */
final class JdkHmacSha1 implements PacketMac {

    private static final String ALGORITHM = "SHA-1";
    private static final int BLOCK_SIZE_BYTES = 64;
    private static final byte INNER_PAD = 0x36;
    private static final byte OUTER_PAD = 0x5c;

    private final MessageDigest inner;
    private final MessageDigest outer;
    private final Scratch scratch = new Scratch();
    private final byte[] digest = new byte[SIZE_BYTES];

    JdkHmacSha1(byte[] key) {
        inner = padded(key, INNER_PAD);
        outer = padded(key, OUTER_PAD);
    }

    private static MessageDigest padded(byte[] key, byte pad) {
        byte[] block = Arrays.copyOf(key, BLOCK_SIZE_BYTES);
        for (int i = 0; i < block.length; i++) {
            block[i] ^= pad;
        }
        try {
            MessageDigest digest = MessageDigest.getInstance(ALGORITHM);
            digest.update(block);
            return digest;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(ALGORITHM + " is missing from the Java runtime", e);
        } finally {
            Arrays.fill(block, (byte) 0);
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
        end(inner, scratch.input(), sizeBytes);
        end(outer, digest, SIZE_BYTES);
        return digest;
    }

    /** The digest of what the state has seen and these bytes; the state stays as it was. */
    private void end(MessageDigest state, byte[] bytes, int sizeBytes) {
        try {
            MessageDigest work = (MessageDigest) state.clone();
            work.update(bytes, 0, sizeBytes);
            work.digest(digest, 0, SIZE_BYTES);
        } catch (GeneralSecurityException | CloneNotSupportedException e) {
            throw new IllegalStateException(ALGORITHM + " over " + sizeBytes + " bytes", e);
        }
    }

    @Override
    public void close() {
        inner.reset();
        outer.reset();
        scratch.wipe();
    }
}
