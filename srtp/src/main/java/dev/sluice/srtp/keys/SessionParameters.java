package dev.sluice.srtp.keys;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The session parameters of a crypto attribute, RFC 4568 section 6.3.
 *
 * @param derivationRateExponent KDR: keys are derived anew every 2^this packets; 0 to 24, or {@link
 *     #NO_RATE} for one derivation only
 * @param unencryptedRtp UNENCRYPTED_SRTP
 * @param unencryptedRtcp UNENCRYPTED_SRTCP
 * @param unauthenticatedRtp UNAUTHENTICATED_SRTP
 * @param fecOrder FEC_ORDER, or null for the default
 * @param windowSizeHint WSH: the replay window that the sender proposes, at least {@link
 *     #MIN_WINDOW_SIZE}, or {@link #NO_WINDOW_SIZE}
 * @param optional parameters that began with a hyphen, without it: who does not know them passes
 *     over them
 */
public record SessionParameters(
        int derivationRateExponent,
        boolean unencryptedRtp,
        boolean unencryptedRtcp,
        boolean unauthenticatedRtp,
        @Nullable FecOrder fecOrder,
        int windowSizeHint,
        List<String> optional) {

    public static final int NO_RATE = -1;
    public static final int MAX_RATE_EXPONENT = 24;
    public static final int NO_WINDOW_SIZE = 0;
    public static final int MIN_WINDOW_SIZE = 64;

    /** None at all. */
    public static final SessionParameters NONE =
            new SessionParameters(NO_RATE, false, false, false, null, NO_WINDOW_SIZE, List.of());

    /** Whether FEC is computed over encrypted packets. */
    public enum FecOrder {
        /** FEC first, then SRTP. */
        FEC_SRTP,
        /** SRTP first, then FEC. */
        SRTP_FEC
    }

    public SessionParameters {
        if (derivationRateExponent < NO_RATE || derivationRateExponent > MAX_RATE_EXPONENT) {
            throw new IllegalArgumentException("KDR=" + derivationRateExponent + ", not 0 to 24");
        }
        if (windowSizeHint != NO_WINDOW_SIZE && windowSizeHint < MIN_WINDOW_SIZE) {
            throw new IllegalArgumentException("WSH=" + windowSizeHint + ", not 64 or more");
        }
        optional = List.copyOf(optional);
        for (String word : optional) {
            if (!word.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
                throw new IllegalArgumentException("session parameter with blank or odd letters");
            }
        }
    }

    /** Why sessions here do not do what the parameters ask for, or null when they do. */
    @Nullable String unsupported() {
        if (unencryptedRtp || unencryptedRtcp || unauthenticatedRtp) {
            return write() + " would leave packets unprotected";
        }
        if (derivationRateExponent != NO_RATE) {
            return "KDR=" + derivationRateExponent + ": repeated key derivation is not supported";
        }
        return fecOrder == null ? null : "FEC_ORDER=" + fecOrder + " is not supported";
    }

    /** As in the attribute, separated by blanks; empty for {@link #NONE}. */
    String write() {
        List<String> words = new ArrayList<>();
        if (derivationRateExponent != NO_RATE) {
            words.add("KDR=" + derivationRateExponent);
        }
        if (unencryptedRtp) {
            words.add("UNENCRYPTED_SRTP");
        }
        if (unencryptedRtcp) {
            words.add("UNENCRYPTED_SRTCP");
        }
        if (unauthenticatedRtp) {
            words.add("UNAUTHENTICATED_SRTP");
        }
        if (fecOrder != null) {
            words.add("FEC_ORDER=" + fecOrder);
        }
        if (windowSizeHint != NO_WINDOW_SIZE) {
            words.add("WSH=" + windowSizeHint);
        }
        optional.forEach(word -> words.add("-" + word));
        return String.join(" ", words);
    }

    /** Without the values of parameters that are not known here: they might be keys. */
    @Override
    public String toString() {
        SessionParameters known =
                new SessionParameters(
                        derivationRateExponent,
                        unencryptedRtp,
                        unencryptedRtcp,
                        unauthenticatedRtp,
                        fecOrder,
                        windowSizeHint,
                        List.of());
        String names =
                optional.stream()
                        .map(word -> " -" + word.replaceFirst("=.*", "=..."))
                        .collect(Collectors.joining());
        return "SessionParameters[" + known.write() + names + "]";
    }
}
