package dev.sluice.srtp.cipher;

/** AES-GCM by Intel's library: a packet is one call. */
final class IpsecMbAesGcm extends NativeAesGcm {

    private static final int TAG_OFFSET = 0;
    private static final int CONTEXT_OFFSET = 64;

    /** Last, so that what a packet touches lies together, however much of it a key fills. */
    private static final int KEY_DATA_OFFSET = CONTEXT_OFFSET + IpsecMb.CONTEXT_SIZE_BYTES;

    private final int keySizeBytes;

    IpsecMbAesGcm(byte[] key) {
        super(KEY_DATA_OFFSET + IpsecMb.keyDataSizeBytes());
        keySizeBytes = key.length;
        try (NativeMemory plain = new NativeMemory(keySizeBytes)) {
            plain.put(0, key);
            IpsecMb.expand(plain.address(0, keySizeBytes), keySizeBytes, keyData());
        }
    }

    @Override
    void encrypt(long nonce, long associated, int associatedBytes, long data, int sizeBytes) {
        IpsecMb.encrypt(
                keySizeBytes,
                keyData(),
                context(),
                data,
                sizeBytes,
                nonce,
                associated,
                associatedBytes,
                data + sizeBytes);
    }

    @Override
    boolean decrypt(long nonce, long associated, int associatedBytes, long data, int sizeBytes) {
        crypt(nonce, associated, associatedBytes, data, sizeBytes);
        if (isTag(data + sizeBytes)) {
            return true;
        }
        crypt(nonce, associated, associatedBytes, data, sizeBytes);
        return false;
    }

    private void crypt(long nonce, long associated, int associatedBytes, long data, int sizeBytes) {
        IpsecMb.decrypt(
                keySizeBytes,
                keyData(),
                context(),
                data,
                sizeBytes,
                nonce,
                associated,
                associatedBytes,
                own(TAG_OFFSET, TAG_SIZE_BYTES));
    }

    /** In constant time. */
    private boolean isTag(long tag) {
        long computed = own(TAG_OFFSET, TAG_SIZE_BYTES);
        long first = NativeLibrary.word(computed) ^ NativeLibrary.word(tag);
        long second =
                NativeLibrary.word(computed + Long.BYTES) ^ NativeLibrary.word(tag + Long.BYTES);
        return (first | second) == 0;
    }

    private long keyData() {
        return own(KEY_DATA_OFFSET, IpsecMb.keyDataSizeBytes());
    }

    private long context() {
        return own(CONTEXT_OFFSET, IpsecMb.CONTEXT_SIZE_BYTES);
    }
}
