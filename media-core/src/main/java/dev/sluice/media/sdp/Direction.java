package dev.sluice.media.sdp;

import java.util.Locale;

/** Which way media flows, seen from the one who says it (RFC 8866 6.7). */
public enum Direction {
    SENDRECV,
    SENDONLY,
    RECVONLY,
    INACTIVE;

    static Direction of(MediaDescription media, Attributes session) {
        for (Direction direction : values()) {
            if (media.attributes().has(direction.attribute())) {
                return direction;
            }
        }
        for (Direction direction : values()) {
            if (session.has(direction.attribute())) {
                return direction;
            }
        }
        return SENDRECV;
    }

    boolean sends() {
        return this == SENDRECV || this == SENDONLY;
    }

    boolean receives() {
        return this == SENDRECV || this == RECVONLY;
    }

    String attribute() {
        return name().toLowerCase(Locale.ROOT);
    }
}
