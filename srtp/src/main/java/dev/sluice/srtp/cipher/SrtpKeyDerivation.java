package dev.sluice.srtp.cipher;

import dev.sluice.srtp.keys.SrtpKeys;
import dev.sluice.srtp.keys.SrtpProfile;

import java.util.Arrays;

/**
 * Derives session keys from a master key and salt, RFC 3711 section 4.3 with a key derivation rate
 * of zero: each session key is the AES counter mode keystream whose counter starts at the master
 * salt with a label mixed in.
 *
 * <pre>
 *    byte   0                      7                  13  14 15
 *          +--+--+--+--+--+--+--+-----+--+--+--+--+--+--+--+--+
 *          |      master salt     ^label       salt     | 0  0|
 *          +--+--+--+--+--+--+--+-----+--+--+--+--+--+--+--+--+
 * </pre>
 *
 * <p>A 12-byte salt is padded with zeros on its right to 14 (RFC 7714 section 11); a 256-bit master
 * key uses AES-256 as the pseudo-random function (RFC 6188 section 3).
 */
final class SrtpKeyDerivation {

    static final int LABEL_RTP_ENCRYPTION = 0;
    static final int LABEL_RTP_AUTHENTICATION = 1;
    static final int LABEL_RTP_SALT = 2;
    static final int LABEL_RTCP_ENCRYPTION = 3;
    static final int LABEL_RTCP_AUTHENTICATION = 4;
    static final int LABEL_RTCP_SALT = 5;

    /** The size of the HMAC-SHA1 key, RFC 3711 section 5.2. */
    private static final int AUTHENTICATION_KEY_SIZE_BYTES = 20;

    /**
     * The label is the top byte of the 56-bit key identifier that is XORed into the end of a
     * 14-byte salt.
     */
    private static final int LABEL_OFFSET = 7;

    private SrtpKeyDerivation() {}

    /** The session keys for RTP. */
    static SessionKeys rtp(SrtpKeys keys) {
        return derive(keys, LABEL_RTP_ENCRYPTION, LABEL_RTP_AUTHENTICATION, LABEL_RTP_SALT);
    }

    /** The session keys for RTCP. */
    static SessionKeys rtcp(SrtpKeys keys) {
        return derive(keys, LABEL_RTCP_ENCRYPTION, LABEL_RTCP_AUTHENTICATION, LABEL_RTCP_SALT);
    }

    /** The first {@code sizeBytes} of the keystream that belongs to the label. */
    static byte[] keystream(byte[] masterKey, byte[] masterSalt, int label, int sizeBytes) {
        AesCounterMode aes = new AesCounterMode(masterKey);
        byte[] counter = aes.counter();
        System.arraycopy(masterSalt, 0, counter, 0, masterSalt.length);
        counter[LABEL_OFFSET] ^= (byte) label;
        byte[] keystream = new byte[sizeBytes];
        aes.process(new byte[sizeBytes], sizeBytes, keystream);
        return keystream;
    }

    private static SessionKeys derive(SrtpKeys keys, int encryption, int authentication, int salt) {
        SrtpProfile profile = keys.profile();
        byte[] key = keys.masterKey();
        byte[] masterSalt = keys.masterSalt();
        int authenticationSize = profile.isAead() ? 0 : AUTHENTICATION_KEY_SIZE_BYTES;
        try {
            return new SessionKeys(
                    keystream(key, masterSalt, encryption, profile.keySizeBytes()),
                    keystream(key, masterSalt, authentication, authenticationSize),
                    keystream(key, masterSalt, salt, profile.saltSizeBytes()));
        } finally {
            Arrays.fill(key, (byte) 0);
            Arrays.fill(masterSalt, (byte) 0);
        }
    }
}
