package dev.sluice.media.sdp;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

/** Who begins the DTLS handshake (RFC 4145 section 4, RFC 8842 section 5). */
public enum SetupRole {
    ACTIVE,
    PASSIVE,
    ACTPASS,
    HOLDCONN;

    static @Nullable SetupRole read(String value) {
        for (SetupRole role : values()) {
            if (role.toString().equalsIgnoreCase(value.trim())) {
                return role;
            }
        }
        return null;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
