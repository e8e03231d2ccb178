package dev.sluice.srtp.keys;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * SRTP keys in SDP, RFC 4568 (with the suites of RFC 6188 and RFC 7714).
 *
 * <pre>
 *    a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:KEY-AND-SALT|2^20|1:4;inline:... KDR=3 WSH=128
 *             |  suite                         base64       |    |              session parameters
 *            tag                                    lifetime    MKI:its size in bytes
 * </pre>
 *
 * <p>Whoever sees this text can open the media, so it belongs only into signalling that is itself
 * encrypted. {@link #toString()} leaves the keys out.
 *
 * @param tag which attribute of an offer an answer takes; 0 to 999,999,999
 * @param keys what the sender of the attribute protects its media with; all of one profile, and
 *     with identifiers of one size when there are several
 */
public record CryptoAttribute(int tag, List<SrtpMasterKey> keys, SessionParameters parameters) {

    /** The most master keys of one attribute that are read. */
    public static final int MAX_KEYS = 16;

    public static final int MAX_TAG = 999_999_999;

    /**
     * @throws IllegalArgumentException when the tag is out of range, there is no key or too many,
     *     or when keys differ in profile or identifier size or share an identifier
     */
    public CryptoAttribute {
        keys = List.copyOf(keys);
        if (tag < 0 || tag > MAX_TAG) {
            throw new IllegalArgumentException("crypto tag " + tag + ", not 0 to " + MAX_TAG);
        }
        if (keys.isEmpty() || keys.size() > MAX_KEYS) {
            throw new IllegalArgumentException(keys.size() + " keys, not 1 to " + MAX_KEYS);
        }
        requireDistinct(keys);
    }

    /** An attribute with one key, without identifier or lifetime. */
    public static CryptoAttribute of(int tag, SrtpKeys keys) {
        return new CryptoAttribute(tag, List.of(SrtpMasterKey.of(keys)), SessionParameters.NONE);
    }

    /** An attribute with one fresh key. */
    public static CryptoAttribute random(int tag, SrtpProfile profile, SecureRandom random) {
        return of(tag, SrtpKeys.random(profile, random));
    }

    /**
     * Reads an attribute that a session here can use: parameters that would leave packets
     * unprotected or ask for what is not supported are refused, as is an unknown suite.
     *
     * @param text with or without {@code a=crypto:}; any text gives a result
     */
    public static CryptoParse parse(String text) {
        return switch (parseSyntax(text)) {
            case CryptoParse.Refused refused -> refused;
            case CryptoParse.Parsed parsed -> {
                String unsupported = parsed.attribute().parameters().unsupported();
                yield unsupported == null ? parsed : new CryptoParse.Refused(unsupported);
            }
        };
    }

    /** Reads an attribute whatever its session parameters ask for: to look at or hand on. */
    public static CryptoParse parseSyntax(String text) {
        return CryptoReader.read(text);
    }

    public SrtpProfile profile() {
        return keys.getFirst().keys().profile();
    }

    /** The attribute's value, with the keys: for SDP, never for a log. */
    public String value() {
        String text =
                tag
                        + " "
                        + profile().name()
                        + " "
                        + keys.stream()
                                .map(CryptoAttribute::keyParameter)
                                .collect(Collectors.joining(";"));
        String words = parameters.write();
        return words.isEmpty() ? text : text + " " + words;
    }

    /** The SDP line without its end, with the keys: for SDP, never for a log. */
    public String line() {
        return "a=crypto:" + value();
    }

    @Override
    public String toString() {
        return "CryptoAttribute[%d %s %d keys %s]"
                .formatted(tag, profile(), keys.size(), parameters);
    }

    private static String keyParameter(SrtpMasterKey key) {
        StringBuilder text = new StringBuilder("inline:").append(base64(key.keys()));
        if (key.maxPackets() != SrtpMasterKey.MAX_RTP_PACKETS) {
            text.append('|').append(lifetime(key.maxPackets()));
        }
        if (key.mki().sizeBytes() > 0) {
            BigInteger value = key.mki().value();
            text.append('|').append(value).append(':').append(key.mki().sizeBytes());
        }
        return text.toString();
    }

    private static String base64(SrtpKeys keys) {
        byte[] key = keys.masterKey();
        byte[] salt = keys.masterSalt();
        byte[] both = Arrays.copyOf(key, key.length + salt.length);
        System.arraycopy(salt, 0, both, key.length, salt.length);
        String text = Base64.getEncoder().encodeToString(both);
        Arrays.fill(key, (byte) 0);
        Arrays.fill(salt, (byte) 0);
        Arrays.fill(both, (byte) 0);
        return text;
    }

    private static String lifetime(long packets) {
        return Long.bitCount(packets) == 1
                ? "2^" + Long.numberOfTrailingZeros(packets)
                : Long.toString(packets);
    }

    private static void requireDistinct(List<SrtpMasterKey> keys) {
        SrtpMasterKey first = keys.getFirst();
        Set<Mki> known = new HashSet<>();
        for (SrtpMasterKey key : keys) {
            if (key.keys().profile() != first.keys().profile()
                    || key.mki().sizeBytes() != first.mki().sizeBytes()) {
                throw new IllegalArgumentException("keys differ in profile or identifier size");
            }
            if (!known.add(key.mki())) {
                throw new IllegalArgumentException("two keys have " + key.mki());
            }
        }
    }
}
