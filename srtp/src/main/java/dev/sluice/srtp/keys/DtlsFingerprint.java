package dev.sluice.srtp.keys;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;

/**
 * The hash of a certificate, as SDP carries it in {@code a=fingerprint} (RFC 8122 section 5).
 *
 * <p>SHA-1 and older hashes are refused: a fingerprint is all that ties the media to the
 * signalling.
 */
public final class DtlsFingerprint {

    /** The hash functions accepted, by the name SDP gives them. */
    public enum Algorithm {
        SHA_256("sha-256", "SHA-256", 32),
        SHA_384("sha-384", "SHA-384", 48),
        SHA_512("sha-512", "SHA-512", 64);

        private final String sdpName;
        private final String digestName;
        private final int sizeBytes;

        Algorithm(String sdpName, String digestName, int sizeBytes) {
            this.sdpName = sdpName;
            this.digestName = digestName;
            this.sizeBytes = sizeBytes;
        }

        public String sdpName() {
            return sdpName;
        }

        public int sizeBytes() {
            return sizeBytes;
        }

        byte[] digest(byte[] data) {
            try {
                return MessageDigest.getInstance(digestName).digest(data);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(
                        digestName + " is missing from the Java runtime", e);
            }
        }
    }

    private static final HexFormat SDP_HEX = HexFormat.ofDelimiter(":").withUpperCase();

    private final Algorithm algorithm;
    private final byte[] hash;

    /**
     * @throws IllegalArgumentException when the hash has not the algorithm's size
     */
    public DtlsFingerprint(Algorithm algorithm, byte[] hash) {
        if (hash.length != algorithm.sizeBytes()) {
            throw new IllegalArgumentException(
                    "a "
                            + algorithm.sdpName()
                            + " fingerprint has "
                            + algorithm.sizeBytes()
                            + " bytes, not "
                            + hash.length);
        }
        this.algorithm = algorithm;
        this.hash = hash.clone();
    }

    /** The SHA-256 fingerprint of a DER-encoded certificate. */
    public static DtlsFingerprint sha256Of(byte[] certificateDer) {
        return new DtlsFingerprint(Algorithm.SHA_256, Algorithm.SHA_256.digest(certificateDer));
    }

    /**
     * Reads the SDP form, for example {@code sha-256 4A:AD:B9:...}; letters in either case.
     *
     * @throws IllegalArgumentException when it is not of that form or its hash function is not
     *     accepted
     */
    public static DtlsFingerprint parse(String text) {
        String[] parts = text.strip().split(" +", -1);
        if (parts.length != 2) {
            throw new IllegalArgumentException("fingerprint is not 'algorithm hash': " + text);
        }
        return new DtlsFingerprint(algorithmNamed(parts[0]), SDP_HEX.parseHex(parts[1]));
    }

    public Algorithm algorithm() {
        return algorithm;
    }

    /** Whether this is the certificate's fingerprint; takes the same time wherever they differ. */
    public boolean matches(byte[] certificateDer) {
        return MessageDigest.isEqual(hash, algorithm.digest(certificateDer));
    }

    /**
     * The value of the SDP attribute: the algorithm, a space, upper-case hexadecimal with colons.
     */
    public String toSdp() {
        return algorithm.sdpName() + " " + SDP_HEX.formatHex(hash);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DtlsFingerprint that
                && algorithm == that.algorithm
                && MessageDigest.isEqual(hash, that.hash);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(hash);
    }

    @Override
    public String toString() {
        return toSdp();
    }

    private static Algorithm algorithmNamed(String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        for (Algorithm algorithm : Algorithm.values()) {
            if (algorithm.sdpName().equals(wanted)) {
                return algorithm;
            }
        }
        throw new IllegalArgumentException(
                "fingerprint hash function "
                        + name
                        + " is not accepted: sha-256, sha-384 or sha-512 is");
    }
}
