package dev.sluice.srtp.cipher;

import dev.sluice.srtp.keys.SrtpKeys;
import dev.sluice.srtp.keys.SrtpMasterKey;
import dev.sluice.srtp.keys.SrtpOptions;
import dev.sluice.srtp.keys.SrtpProfile;

/**
 * Something that computes AES and HMAC-SHA1: makes packet ciphers that run on it. Any thread may
 * ask for one.
 */
public abstract class CipherProvider {

    /** There on every machine; fast where BouncyCastle has native code. */
    public static CipherProvider bouncyCastle() {
        return BouncyCastleProvider.INSTANCE;
    }

    /** Which one it is. */
    public abstract CipherKind kind();

    /** The libraries that do the work, with their versions, for people to read. */
    public abstract String libraries();

    /** The cipher of the keys' profile, with session keys derived from them. */
    public final PacketCipher cipher(SrtpKeys keys) {
        return cipher(SrtpMasterKey.of(keys), SrtpOptions.DEFAULT);
    }

    /**
     * The cipher of the keys' profile, with session keys derived from them, for packets that carry
     * the key's identifier. Its owner closes it.
     *
     * @throws IllegalArgumentException when an AEAD profile is asked to leave RTP unencrypted or
     *     unauthenticated, which it cannot
     */
    public final PacketCipher cipher(SrtpMasterKey key, SrtpOptions options) {
        SrtpProfile profile = key.keys().profile();
        if (profile.isAead() && !(options.isRtpEncrypted() && options.isRtpAuthenticated())) {
            throw new IllegalArgumentException(profile + " always protects RTP: " + options);
        }
        SessionKeys rtp = SrtpKeyDerivation.rtp(key.keys());
        SessionKeys rtcp = SrtpKeyDerivation.rtcp(key.keys());
        try {
            return profile.isAead()
                    ? new AesGcmPacketCipher(this, rtp, rtcp, key.mki())
                    : new AesCmHmacSha1PacketCipher(this, profile, options, rtp, rtcp, key.mki());
        } finally {
            rtp.wipe();
            rtcp.wipe();
        }
    }

    /** AES-GCM with a key of 16 or 32 bytes, which the caller may wipe then. */
    abstract AesGcm aesGcm(byte[] key);

    /** AES in counter mode with a key of 16 or 32 bytes, which the caller may wipe then. */
    abstract PacketKeystream keystream(byte[] key);

    /** HMAC-SHA1 with a key of 20 bytes, which the caller may wipe then. */
    abstract PacketMac mac(byte[] key);

    @Override
    public final String toString() {
        return kind().configName() + ", " + libraries();
    }
}
