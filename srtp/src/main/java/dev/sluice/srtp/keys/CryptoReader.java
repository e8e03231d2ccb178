package dev.sluice.srtp.keys;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.StringTokenizer;

/** Reads the text of a crypto attribute, RFC 4568 section 9. */
final class CryptoReader {

    /** Sixteen keys with their longest identifiers fit. */
    private static final int MAX_LENGTH = 8192;

    private static final String LINE_START = "a=crypto:";
    private static final String INLINE = "inline:";
    private static final int MAX_TAG_DIGITS = 9;
    private static final int MAX_LIFETIME_DIGITS = 15;
    private static final int MAX_LIFETIME_EXPONENT = 48;
    private static final int MAX_MKI_DIGITS = 309;

    private CryptoReader() {}

    /** Says why a text is refused; holds no key. */
    private static final class Refusal extends Exception {

        private static final long serialVersionUID = 1;

        Refusal(String reason) {
            super(reason, null, false, false);
        }

        String reason() {
            return String.valueOf(getMessage());
        }
    }

    static CryptoParse read(String text) {
        try {
            return new CryptoParse.Parsed(attribute(text));
        } catch (Refusal e) {
            return new CryptoParse.Refused(e.reason());
        } catch (IllegalArgumentException e) {
            // What the values themselves refuse; they name no key.
            return new CryptoParse.Refused(String.valueOf(e.getMessage()));
        }
    }

    private static CryptoAttribute attribute(String text) throws Refusal {
        if (text.length() > MAX_LENGTH) {
            throw new Refusal("crypto attribute of " + text.length() + " characters");
        }
        String value = text.startsWith(LINE_START) ? text.substring(LINE_START.length()) : text;
        StringTokenizer words = new StringTokenizer(value, " \t\r\n");
        if (words.countTokens() < 3) {
            throw new Refusal("crypto attribute without tag, suite or key");
        }
        int tag = tag(words.nextToken());
        SrtpProfile profile = profile(words.nextToken());
        List<SrtpMasterKey> keys = keys(words.nextToken(), profile);
        List<String> rest = new ArrayList<>();
        while (words.hasMoreTokens()) {
            rest.add(words.nextToken());
        }
        return new CryptoAttribute(tag, keys, parameters(rest));
    }

    private static int tag(String text) throws Refusal {
        if (!isNumber(text, MAX_TAG_DIGITS) || (text.length() > 1 && text.startsWith("0"))) {
            throw new Refusal("crypto tag is not a number of 1 to 9 digits");
        }
        return Integer.parseInt(text);
    }

    private static SrtpProfile profile(String suite) throws Refusal {
        SrtpProfile profile = SrtpProfile.ofSuite(suite);
        if (profile == null) {
            throw new Refusal("crypto suite " + printable(suite) + " is not supported");
        }
        return profile;
    }

    private static List<SrtpMasterKey> keys(String text, SrtpProfile profile) throws Refusal {
        String[] parameters = text.split(";", -1);
        if (parameters.length > CryptoAttribute.MAX_KEYS) {
            throw new Refusal(parameters.length + " keys, more than " + CryptoAttribute.MAX_KEYS);
        }
        List<SrtpMasterKey> keys = new ArrayList<>();
        for (String parameter : parameters) {
            keys.add(key(parameter, profile));
        }
        return keys;
    }

    private static SrtpMasterKey key(String text, SrtpProfile profile) throws Refusal {
        if (!text.startsWith(INLINE)) {
            throw new Refusal("key method is not inline");
        }
        String[] fields = text.substring(INLINE.length()).split("\\|", -1);
        if (fields.length > 3) {
            throw new Refusal("inline key with more than lifetime and MKI");
        }
        long lifetime = SrtpMasterKey.MAX_RTP_PACKETS;
        Mki mki = Mki.NONE;
        for (int i = 1; i < fields.length; i++) {
            if (fields[i].contains(":") && i == fields.length - 1) {
                mki = mki(fields[i]);
            } else if (i == 1) {
                lifetime = lifetime(fields[i]);
            } else {
                throw new Refusal("MKI is not NUMBER:SIZE");
            }
        }
        return new SrtpMasterKey(keyAndSalt(fields[0], profile), mki, lifetime);
    }

    private static SrtpKeys keyAndSalt(String base64, SrtpProfile profile) throws Refusal {
        byte[] both = decode(base64);
        try {
            int keySize = profile.keySizeBytes();
            int expected = keySize + profile.saltSizeBytes();
            if (both.length != expected) {
                throw new Refusal(
                        "inline key and salt of %s have %d bytes, not %d"
                                .formatted(profile, both.length, expected));
            }
            byte[] key = Arrays.copyOf(both, keySize);
            byte[] salt = Arrays.copyOfRange(both, keySize, expected);
            SrtpKeys keys = new SrtpKeys(profile, key, salt);
            Arrays.fill(key, (byte) 0);
            Arrays.fill(salt, (byte) 0);
            return keys;
        } finally {
            Arrays.fill(both, (byte) 0);
        }
    }

    private static byte[] decode(String base64) throws Refusal {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException _) {
            throw new Refusal("inline key is not base64");
        }
    }

    private static long lifetime(String text) throws Refusal {
        if (text.startsWith("2^") && isNumber(text.substring(2), 2)) {
            int exponent = Integer.parseInt(text.substring(2));
            if (exponent <= MAX_LIFETIME_EXPONENT) {
                return 1L << exponent;
            }
        } else if (isNumber(text, MAX_LIFETIME_DIGITS)) {
            long packets = Long.parseLong(text);
            if (packets >= 1 && packets <= SrtpMasterKey.MAX_RTP_PACKETS) {
                return packets;
            }
        }
        throw new Refusal("lifetime is not 1 to 2^48 packets");
    }

    private static Mki mki(String text) throws Refusal {
        int colon = text.indexOf(':');
        String value = text.substring(0, colon);
        String size = text.substring(colon + 1);
        if (!isNumber(value, MAX_MKI_DIGITS) || !isNumber(size, 3)) {
            throw new Refusal("MKI is not NUMBER:SIZE");
        }
        return Mki.of(new BigInteger(value), Integer.parseInt(size));
    }

    private static SessionParameters parameters(List<String> words) throws Refusal {
        SessionParameterReader reader = new SessionParameterReader();
        for (String word : words) {
            String refusal = reader.read(word);
            if (refusal != null) {
                throw new Refusal(refusal);
            }
        }
        return reader.parameters();
    }

    /** Decimal ASCII digits, at least one. */
    static boolean isNumber(String text, int maxDigits) {
        return !text.isEmpty()
                && text.length() <= maxDigits
                && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** A word of the peer's for a message: short and without control characters. */
    static String printable(String word) {
        String plain = word.replaceAll("[^A-Za-z0-9_.+-]", "?");
        return plain.length() <= 40 ? plain : plain.substring(0, 40) + "...";
    }
}
