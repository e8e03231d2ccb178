package dev.sluice.media.ice;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

/**
 * How a candidate's address was found, with its recommended type preference (RFC 8445, section
 * 5.1.2.2).
 */
public enum CandidateType {
    HOST("host", 126),
    PEER_REFLEXIVE("prflx", 110),
    SERVER_REFLEXIVE("srflx", 100),
    RELAYED("relay", 0);

    private final String token;
    private final int preference;

    CandidateType(String token, int preference) {
        this.token = token;
        this.preference = preference;
    }

    /** The word behind {@code typ}. */
    public String token() {
        return token;
    }

    /** 0..126. */
    public int preference() {
        return preference;
    }

    /** The type of a token in any case, or null where it is unknown. */
    public static @Nullable CandidateType ofToken(String token) {
        String wanted = token.toLowerCase(Locale.ROOT);
        for (CandidateType type : values()) {
            if (type.token.equals(wanted)) {
                return type;
            }
        }
        return null;
    }
}
