package dev.sluice.media.sdp;

import org.jspecify.annotations.Nullable;

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

    /** The direction of the attribute's name; null for another word. */
    static @Nullable Direction ofAttribute(String name) {
        for (Direction direction : values()) {
            if (direction.attribute().equals(name)) {
                return direction;
            }
        }
        return null;
    }

    static Direction of(boolean sends, boolean receives) {
        if (sends) {
            return receives ? SENDRECV : SENDONLY;
        }
        return receives ? RECVONLY : INACTIVE;
    }

    /** The same as the other end sees it. */
    public Direction reversed() {
        return of(receives(), sends());
    }

    /** What both allow, each seen from the same end (RFC 3264 section 6.1). */
    public Direction and(Direction other) {
        return of(sends() && other.sends(), receives() && other.receives());
    }

    public boolean sends() {
        return this == SENDRECV || this == SENDONLY;
    }

    public boolean receives() {
        return this == SENDRECV || this == RECVONLY;
    }

    String attribute() {
        return name().toLowerCase(Locale.ROOT);
    }
}
