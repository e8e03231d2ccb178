package dev.sluice.srtp.cipher;

/** AES-GCM by OpenSSL: one context a key, of which each packet changes the nonce only. */
final class OpenSslAesGcm extends NativeAesGcm {

    private final NativeHandle context;

    OpenSslAesGcm(byte[] key) {
        super(Integer.BYTES);
        context = OpenSsl.context(OpenSsl.aesGcm(key.length), key);
    }

    @Override
    void encrypt(long nonce, long associated, int associatedBytes, long data, int sizeBytes) {
        long cipher = context.address();
        long count = written();
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
        long count = written();
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

    /** Where OpenSSL says how much it wrote. */
    private long written() {
        return own(0, Integer.BYTES);
    }

    @Override
    public void close() {
        super.close();
        context.close();
    }
}
