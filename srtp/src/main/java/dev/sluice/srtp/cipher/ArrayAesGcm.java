package dev.sluice.srtp.cipher;

import io.netty.buffer.ByteBuf;

import org.bouncycastle.util.Pack;

/** What AES-GCM that works on arrays has in common: packets are copied in and results back. */
abstract class ArrayAesGcm implements AesGcm {

    private final byte[] nonce = new byte[NONCE_SIZE_BYTES];
    private final Scratch scratch = new Scratch();

    /** The nonce of the packet at hand. */
    final byte[] nonce() {
        return nonce;
    }

    @Override
    public final void nonce(long head, int tail) {
        Pack.longToBigEndian(head, nonce, 0);
        Pack.intToBigEndian(tail, nonce, Long.BYTES);
    }

    @Override
    public final void seal(ByteBuf packet, int clearSizeBytes) {
        associate(packet, clearSizeBytes, clearSizeBytes);
        sealBehind(clearSizeBytes, packet);
    }

    @Override
    public final void seal(ByteBuf packet, int clearSizeBytes, int word) {
        associate(packet, clearSizeBytes, word, clearSizeBytes + Integer.BYTES);
        sealBehind(clearSizeBytes, packet);
    }

    @Override
    public final boolean open(ByteBuf packet, int clearSizeBytes, int sealedSizeBytes) {
        if (!AesGcm.hasTag(clearSizeBytes, sealedSizeBytes)) {
            return false;
        }
        associate(packet, clearSizeBytes, clearSizeBytes);
        return openBehind(clearSizeBytes, sealedSizeBytes, packet);
    }

    @Override
    public final boolean open(ByteBuf packet, int clearSizeBytes, int sealedSizeBytes, int word) {
        if (!AesGcm.hasTag(clearSizeBytes, sealedSizeBytes)) {
            return false;
        }
        associate(packet, clearSizeBytes, word, clearSizeBytes + Integer.BYTES);
        return openBehind(clearSizeBytes, sealedSizeBytes, packet);
    }

    private void associate(ByteBuf packet, int clearSizeBytes, int word, int sizeBytes) {
        Pack.intToBigEndian(word, associate(packet, clearSizeBytes, sizeBytes), clearSizeBytes);
    }

    private byte[] associate(ByteBuf packet, int clearSizeBytes, int sizeBytes) {
        byte[] data = associatedData(sizeBytes);
        packet.getBytes(packet.readerIndex(), data, 0, clearSizeBytes);
        return data;
    }

    private void sealBehind(int clearSizeBytes, ByteBuf packet) {
        int start = packet.readerIndex() + clearSizeBytes;
        int size = packet.readableBytes() - clearSizeBytes;
        scratch.load(packet, start, size, TAG_SIZE_BYTES);
        seal(scratch.input(), size, scratch.output());
        packet.writerIndex(start).writeBytes(scratch.output(), 0, size + TAG_SIZE_BYTES);
    }

    private boolean openBehind(int clearSizeBytes, int sealedSizeBytes, ByteBuf packet) {
        int start = packet.readerIndex() + clearSizeBytes;
        int size = sealedSizeBytes - clearSizeBytes;
        scratch.load(packet, start, size, 0);
        if (!open(scratch.input(), size, scratch.output())) {
            return false;
        }
        packet.writerIndex(start).writeBytes(scratch.output(), 0, size - TAG_SIZE_BYTES);
        return true;
    }

    /** The associated data of the packet at hand, for the caller to fill this many bytes of. */
    abstract byte[] associatedData(int sizeBytes);

    /** Encrypts; the output gets the ciphertext and behind it the tag. */
    abstract void seal(byte[] input, int sizeBytes, byte[] output);

    /**
     * Decrypts ciphertext and tag, {@code sizeBytes} together; false when the tag does not verify.
     */
    abstract boolean open(byte[] input, int sizeBytes, byte[] output);

    @Override
    public void close() {
        scratch.wipe();
    }
}
