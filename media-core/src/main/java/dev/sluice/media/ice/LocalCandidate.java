package dev.sluice.media.ice;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * A candidate of our own (RFC 8445, section 5.1.1).
 *
 * @param address what the peer sends to, resolved
 * @param base what we send from; the address itself for a host candidate
 * @param socket of the base, as in {@link NetworkPath}; of no meaning for TCP, where each
 *     connection has its own
 * @param localPreference 0..65535, the larger the better
 * @param foundation equal for candidates of the same type, transport, base address and STUN server
 */
public record LocalCandidate(
        CandidateType type,
        CandidateTransport transport,
        InetSocketAddress address,
        InetSocketAddress base,
        int socket,
        int localPreference,
        String foundation) {

    /** The port of candidates that open connections (RFC 6544, section 4.5). */
    static final int DISCARD_PORT = 9;

    private static final int MAX_OTHER_PREFERENCE = 8191;

    /** A UDP socket's address; its preference among the sockets is 0..65535. */
    public static LocalCandidate host(int socket, InetSocketAddress address, int localPreference) {
        return new LocalCandidate(
                CandidateType.HOST,
                CandidateTransport.UDP,
                address,
                address,
                socket,
                localPreference,
                foundation(CandidateType.HOST, CandidateTransport.UDP, address.getAddress(), ""));
    }

    /**
     * A host candidate of TCP.
     *
     * @param otherPreference among the addresses, 0..8191
     */
    public static LocalCandidate tcpHost(
            CandidateTransport transport, InetSocketAddress address, int otherPreference) {
        if (!transport.isTcp() || otherPreference < 0 || otherPreference > MAX_OTHER_PREFERENCE) {
            throw new IllegalArgumentException(
                    "A transport of TCP and a preference of 0..8191 are expected, not "
                            + transport
                            + " and "
                            + otherPreference);
        }
        return new LocalCandidate(
                CandidateType.HOST,
                transport,
                address,
                address,
                0,
                transport.localPreference(CandidateType.HOST, otherPreference),
                foundation(CandidateType.HOST, transport, address.getAddress(), ""));
    }

    /** What a STUN server saw the host candidate as. */
    LocalCandidate serverReflexive(InetSocketAddress mapped, InetSocketAddress server) {
        return reflexive(
                CandidateType.SERVER_REFLEXIVE, mapped, server.getAddress().getHostAddress());
    }

    /** What the peer saw this candidate as (RFC 8445, section 7.2.5.3.1). */
    LocalCandidate peerReflexive(InetSocketAddress mapped) {
        return reflexive(CandidateType.PEER_REFLEXIVE, mapped, "");
    }

    private LocalCandidate reflexive(
            CandidateType reflexive, InetSocketAddress mapped, String server) {
        return new LocalCandidate(
                reflexive,
                transport,
                mapped,
                base,
                socket,
                localPreference,
                foundation(reflexive, transport, base.getAddress(), server));
    }

    private static String foundation(
            CandidateType type, CandidateTransport transport, InetAddress base, String server) {
        var crc = new CRC32();
        String key = type + " " + transport + " " + base.getHostAddress() + " " + server;
        crc.update(key.getBytes(StandardCharsets.UTF_8));
        return Long.toString(crc.getValue());
    }

    /** RFC 8445, section 5.1.2.1. */
    public long priority() {
        return IceCandidate.priority(type, localPreference, IceCandidate.RTP_COMPONENT);
    }

    /** What a check from here says in PRIORITY (RFC 8445, section 7.1.1). */
    long checkPriority() {
        return IceCandidate.priority(
                CandidateType.PEER_REFLEXIVE, localPreference, IceCandidate.RTP_COMPONENT);
    }

    boolean isLinkLocal() {
        return address.getAddress().isLinkLocalAddress();
    }

    /** The candidate as the peer is told of it. */
    public IceCandidate toCandidate() {
        StringBuilder extensions = new StringBuilder();
        if (type != CandidateType.HOST) {
            extensions.append(
                    "raddr %s rport %d".formatted(IceCandidate.textOf(base), base.getPort()));
        }
        if (transport.isTcp()) {
            extensions.append(extensions.isEmpty() ? "" : " ");
            extensions.append("tcptype ").append(transport.tcpType());
        }
        return new IceCandidate(
                foundation,
                IceCandidate.RTP_COMPONENT,
                transport.token(),
                priority(),
                IceCandidate.textOf(address),
                transport == CandidateTransport.TCP_ACTIVE ? DISCARD_PORT : address.getPort(),
                type,
                extensions.toString());
    }
}
