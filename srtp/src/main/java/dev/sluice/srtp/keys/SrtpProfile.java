package dev.sluice.srtp.keys;

import org.jspecify.annotations.Nullable;

/**
 * SRTP protection profiles and their parameters. The constants are named as SDES names its crypto
 * suites. There is no profile without encryption: see {@link SrtpOptions#nullCipher()}.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5764#section-4.1.2">RFC 5764 section 4.1.2</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6188">RFC 6188</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7714#section-14.2">RFC 7714 section 14.2</a>
 */
public enum SrtpProfile {
    AEAD_AES_128_GCM(0x0007, 16, 12, 16, 16),
    AEAD_AES_256_GCM(0x0008, 32, 12, 16, 16),
    AES_CM_128_HMAC_SHA1_80(0x0001, 16, 14, 10, 10),
    /** The short tag is for RTP only; RTCP keeps the 80-bit tag (RFC 5764 section 4.1.2). */
    AES_CM_128_HMAC_SHA1_32(0x0002, 16, 14, 4, 10),
    /** For SDES only: DTLS-SRTP has no number for it. */
    AES_256_CM_HMAC_SHA1_80(SrtpProfile.NO_ID, 32, 14, 10, 10),
    /** For SDES only; RTCP keeps the 80-bit tag. */
    AES_256_CM_HMAC_SHA1_32(SrtpProfile.NO_ID, 32, 14, 4, 10);

    private static final int NO_ID = -1;

    private final int id;
    private final int keySizeBytes;
    private final int saltSizeBytes;
    private final int rtpTagSizeBytes;
    private final int rtcpTagSizeBytes;

    SrtpProfile(
            int id,
            int keySizeBytes,
            int saltSizeBytes,
            int rtpTagSizeBytes,
            int rtcpTagSizeBytes) {
        this.id = id;
        this.keySizeBytes = keySizeBytes;
        this.saltSizeBytes = saltSizeBytes;
        this.rtpTagSizeBytes = rtpTagSizeBytes;
        this.rtcpTagSizeBytes = rtcpTagSizeBytes;
    }

    /**
     * The profile with this number in the use_srtp extension, or null for one that is not spoken
     * here.
     */
    public static @Nullable SrtpProfile ofId(int id) {
        for (SrtpProfile profile : values()) {
            if (profile.hasId() && profile.id == id) {
                return profile;
            }
        }
        return null;
    }

    /** The profile with this SDES crypto suite name, or null for one that is not spoken here. */
    public static @Nullable SrtpProfile ofSuite(String name) {
        for (SrtpProfile profile : values()) {
            if (profile.name().equals(name)) {
                return profile;
            }
        }
        return null;
    }

    /** Whether DTLS-SRTP can negotiate the profile. */
    public boolean hasId() {
        return id != NO_ID;
    }

    /**
     * The number of the profile in the use_srtp extension.
     *
     * @throws IllegalStateException when it has none
     */
    public int id() {
        if (!hasId()) {
            throw new IllegalStateException(
                    name() + " has no number in DTLS-SRTP; only SDES can negotiate it");
        }
        return id;
    }

    /** The size of the master key and of the session encryption keys. */
    public int keySizeBytes() {
        return keySizeBytes;
    }

    /** The size of the master salt and of the session salts. */
    public int saltSizeBytes() {
        return saltSizeBytes;
    }

    public int rtpTagSizeBytes() {
        return rtpTagSizeBytes;
    }

    public int rtcpTagSizeBytes() {
        return rtcpTagSizeBytes;
    }

    /** Whether encryption and authentication are one AEAD operation (RFC 7714). */
    public boolean isAead() {
        return this == AEAD_AES_128_GCM || this == AEAD_AES_256_GCM;
    }
}
