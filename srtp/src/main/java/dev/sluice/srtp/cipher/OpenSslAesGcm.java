package dev.sluice.srtp.cipher;

/** AES-GCM by OpenSSL: one context a key, of which each packet changes the nonce only. */
final class OpenSslAesGcm extends NativeAesGcm {

    /** Where OpenSSL says how much it wrote. */
    private final NativeMemory written = new NativeMemory(Integer.BYTES);

    private final NativeHandle context;

    OpenSslAesGcm(byte[] key) {
        context = OpenSsl.context(OpenSsl.aesGcm(key.length), key);
    }

    @Override
    void encrypt(long nonce, long associated, int associatedBytes, long data, int sizeBytes) {
        long cipher = context.address();
        long count = written.address(0, Integer.BYTES);
        OpenSsl.start(cipher, nonce, OpenSsl.ENCRYPT);
        OpenSsl.update(cipher, 0, count, associated, associatedBytes);
        OpenSsl.update(cipher, data, count, data, sizeBytes);
        if (!OpenSsl.finish(cipher, data + sizeBytes, count)) {
            throw new IllegalStateException("OpenSSL did not end a packet");
        }
        OpenSsl.getTag(cipher, data + sizeBytes);
    }

    @Override
    boolean decrypt(long nonce, long associated, int associatedBytes, long data, int sizeBytes) {
        long cipher = context.address();
        long count = written.address(0, Integer.BYTES);
        OpenSsl.start(cipher, nonce, OpenSsl.DECRYPT);
        OpenSsl.setTag(cipher, data + sizeBytes);
        OpenSsl.update(cipher, 0, count, associated, associatedBytes);
        OpenSsl.update(cipher, data, count, data, sizeBytes);
        if (OpenSsl.finish(cipher, data + sizeBytes, count)) {
            return true;
        }
        OpenSsl.start(cipher, nonce, OpenSsl.DECRYPT);
        OpenSsl.update(cipher, data, count, data, sizeBytes);
        return false;
    }

    @Override
    public void close() {
        super.close();
        context.close();
        written.close();
    }
}
