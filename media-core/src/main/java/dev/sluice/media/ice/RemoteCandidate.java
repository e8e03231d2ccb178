package dev.sluice.media.ice;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/** A candidate of the peer, told by it or learned from a check. */
record RemoteCandidate(
        CandidateType type,
        CandidateTransport transport,
        InetSocketAddress address,
        long priority,
        String foundation) {

    /** What can be checked of a candidate line; null where it is of no use here. */
    static @Nullable RemoteCandidate of(IceCandidate candidate) {
        CandidateTransport transport = CandidateTransport.of(candidate);
        InetAddress address = IpLiteral.parse(candidate.address());
        if (transport == null || address == null || !isUnicast(address)) {
            return null;
        }
        if (candidate.component() != IceCandidate.RTP_COMPONENT || candidate.port() == 0) {
            return null;
        }
        return new RemoteCandidate(
                candidate.type(),
                transport,
                new InetSocketAddress(address, candidate.port()),
                candidate.priority(),
                candidate.foundation());
    }

    private static boolean isUnicast(InetAddress address) {
        return !address.isAnyLocalAddress() && !address.isMulticastAddress();
    }

    /**
     * A candidate that a check came from (RFC 8445, section 7.3.1.3).
     *
     * @param priority of the check
     */
    static RemoteCandidate peerReflexive(
            CandidateTransport transport, InetSocketAddress address, long priority, int number) {
        // No candidate of a peer has a foundation with a hyphen, which is no ice-char.
        return new RemoteCandidate(
                CandidateType.PEER_REFLEXIVE, transport, address, priority, "prflx-" + number);
    }

    /** Whether it names the same place; all that open connections have an unknown port. */
    boolean isAt(CandidateTransport otherTransport, InetSocketAddress otherAddress) {
        return transport == otherTransport && address.equals(otherAddress);
    }

    boolean isLinkLocal() {
        return address.getAddress().isLinkLocalAddress();
    }
}
