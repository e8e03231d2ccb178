package dev.sluice.media.ice;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

/**
 * The transport of a candidate; those of TCP differ by who opens the connection (RFC 6544, section
 * 4.5).
 */
public enum CandidateTransport {
    UDP("udp", ""),
    /** Opens connections; its port means nothing. */
    TCP_ACTIVE("tcp", "active"),
    /** Waits for connections. */
    TCP_PASSIVE("tcp", "passive"),
    /** Opens one while the peer does the same. */
    TCP_SIMULTANEOUS_OPEN("tcp", "so");

    private static final int DIRECTION_SHIFT = 13;

    private final String token;
    private final String tcpType;

    CandidateTransport(String token, String tcpType) {
        this.token = token;
        this.tcpType = tcpType;
    }

    /** The transport of a candidate line, or null where it is unknown or without its tcptype. */
    public static @Nullable CandidateTransport of(IceCandidate candidate) {
        String tcpType = candidate.extension("tcptype");
        String wanted = tcpType == null ? "" : tcpType.toLowerCase(Locale.ROOT);
        for (CandidateTransport transport : values()) {
            if (transport.token.equals(candidate.transport())
                    && (transport == UDP || transport.tcpType.equals(wanted))) {
                return transport;
            }
        }
        return null;
    }

    public boolean isTcp() {
        return this != UDP;
    }

    /** The word in a candidate line. */
    public String token() {
        return token;
    }

    /** The value of {@code tcptype}; empty for UDP. */
    public String tcpType() {
        return tcpType;
    }

    /** Whether a local candidate of this kind goes with a remote one (RFC 6544, section 6.2). */
    boolean pairsWith(CandidateTransport remote) {
        return switch (this) {
            case UDP -> remote == UDP;
            case TCP_ACTIVE -> remote == TCP_PASSIVE;
            case TCP_PASSIVE -> remote == TCP_ACTIVE;
            case TCP_SIMULTANEOUS_OPEN -> remote == TCP_SIMULTANEOUS_OPEN;
        };
    }

    /**
     * The local preference of a TCP candidate, 0..65535 (RFC 6544, section 4.2).
     *
     * @param otherPreference of the address, 0..8191
     */
    int localPreference(CandidateType type, int otherPreference) {
        return (directionPreference(type) << DIRECTION_SHIFT) + otherPreference;
    }

    private int directionPreference(CandidateType type) {
        boolean nat = type == CandidateType.SERVER_REFLEXIVE;
        return switch (this) {
            case UDP -> throw new IllegalStateException("UDP has no direction");
            case TCP_ACTIVE -> nat ? 4 : 6;
            case TCP_PASSIVE -> nat ? 2 : 4;
            case TCP_SIMULTANEOUS_OPEN -> nat ? 6 : 2;
        };
    }
}
