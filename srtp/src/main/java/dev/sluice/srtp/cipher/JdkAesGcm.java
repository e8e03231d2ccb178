package dev.sluice.srtp.cipher;

import java.security.GeneralSecurityException;

import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES-GCM by the JDK: as fast as native code, but it leaves a kilobyte of garbage a packet. */
final class JdkAesGcm extends ArrayAesGcm {

    private static final String TRANSFORMATION = "AES/GCM/NoPadding";
    private static final int INITIAL_ASSOCIATED_DATA_BYTES = 128;

    private final Cipher cipher;
    private final SecretKeySpec key;
    private byte[] associatedData = new byte[INITIAL_ASSOCIATED_DATA_BYTES];
    private int associatedDataSizeBytes;

    JdkAesGcm(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
        try {
            cipher = Cipher.getInstance(TRANSFORMATION);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    TRANSFORMATION + " is missing from the Java runtime", e);
        }
    }

    @Override
    byte[] associatedData(int sizeBytes) {
        if (associatedData.length < sizeBytes) {
            associatedData = new byte[sizeBytes];
        }
        associatedDataSizeBytes = sizeBytes;
        return associatedData;
    }

    @Override
    void seal(byte[] input, int sizeBytes, byte[] output) {
        try {
            process(Cipher.ENCRYPT_MODE, input, sizeBytes, output);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(TRANSFORMATION + " over " + sizeBytes + " bytes", e);
        }
    }

    @Override
    boolean open(byte[] input, int sizeBytes, byte[] output) {
        try {
            process(Cipher.DECRYPT_MODE, input, sizeBytes, output);
            return true;
        } catch (AEADBadTagException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(TRANSFORMATION + " over " + sizeBytes + " bytes", e);
        }
    }

    private void process(int mode, byte[] input, int sizeBytes, byte[] output)
            throws GeneralSecurityException {
        cipher.init(mode, key, new GCMParameterSpec(8 * TAG_SIZE_BYTES, nonce()));
        cipher.updateAAD(associatedData, 0, associatedDataSizeBytes);
        cipher.doFinal(input, 0, sizeBytes, output, 0);
    }
}
