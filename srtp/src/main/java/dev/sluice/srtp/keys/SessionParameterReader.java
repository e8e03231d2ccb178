package dev.sluice.srtp.keys;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Gathers the session parameters of a crypto attribute, word by word. */
final class SessionParameterReader {

    private final Set<String> seen = new HashSet<>();
    private final List<String> optional = new ArrayList<>();
    private int rateExponent = SessionParameters.NO_RATE;
    private int windowSizeHint = SessionParameters.NO_WINDOW_SIZE;
    private SessionParameters.@Nullable FecOrder fecOrder;

    /** Takes a word; why it is refused, or null. */
    @Nullable String read(String word) {
        if (word.startsWith("-")) {
            optional.add(word.substring(1));
            return null;
        }
        int equals = word.indexOf('=');
        String name = equals < 0 ? word : word.substring(0, equals);
        String value = equals < 0 ? "" : word.substring(equals + 1);
        if (!seen.add(name)) {
            return "session parameter " + CryptoReader.printable(name) + " stands twice";
        }
        return switch (name) {
            case "KDR" -> rate(value);
            case "WSH" -> windowSize(value);
            case "FEC_ORDER" -> fecOrder(value);
            case "UNENCRYPTED_SRTP", "UNENCRYPTED_SRTCP", "UNAUTHENTICATED_SRTP" ->
                    equals < 0 ? null : "session parameter " + name + " takes no value";
            default -> "session parameter " + CryptoReader.printable(name) + " is not supported";
        };
    }

    SessionParameters parameters() {
        return new SessionParameters(
                rateExponent,
                seen.contains("UNENCRYPTED_SRTP"),
                seen.contains("UNENCRYPTED_SRTCP"),
                seen.contains("UNAUTHENTICATED_SRTP"),
                fecOrder,
                windowSizeHint,
                optional);
    }

    private @Nullable String rate(String value) {
        if (!CryptoReader.isNumber(value, 2)
                || Integer.parseInt(value) > SessionParameters.MAX_RATE_EXPONENT) {
            return "KDR is not a number from 0 to " + SessionParameters.MAX_RATE_EXPONENT;
        }
        rateExponent = Integer.parseInt(value);
        return null;
    }

    private @Nullable String windowSize(String value) {
        if (!CryptoReader.isNumber(value, 9)
                || Integer.parseInt(value) < SessionParameters.MIN_WINDOW_SIZE) {
            return "WSH is not a number from " + SessionParameters.MIN_WINDOW_SIZE + " on";
        }
        windowSizeHint = Integer.parseInt(value);
        return null;
    }

    private @Nullable String fecOrder(String value) {
        for (SessionParameters.FecOrder order : SessionParameters.FecOrder.values()) {
            if (order.name().equals(value)) {
                fecOrder = order;
                return null;
            }
        }
        return "FEC_ORDER is neither FEC_SRTP nor SRTP_FEC";
    }
}
