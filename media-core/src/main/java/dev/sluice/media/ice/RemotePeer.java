package dev.sluice.media.ice;

import dev.sluice.media.stun.StunIntegrity;

import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** What is known of the peer under one pair of credentials. */
final class RemotePeer {

    /** Candidates that the peer tells of. */
    static final int MAX_CANDIDATES = 64;

    /** Candidates that the peer's checks show. */
    static final int MAX_PEER_REFLEXIVE = 16;

    private final List<RemoteCandidate> told = new ArrayList<>();
    private final List<RemoteCandidate> learned = new ArrayList<>();
    private @Nullable IceCredentials credentials;
    private @Nullable StunIntegrity integrity;
    private int learnedEver;
    private boolean complete;

    void onCredentials(IceCredentials received) {
        credentials = received;
        integrity = StunIntegrity.ofPassword(received.password());
    }

    /** Null before the peer's answer is here. */
    @Nullable IceCredentials credentials() {
        return credentials;
    }

    /** Of what we send to the peer, and of its answers; null before the peer's answer is here. */
    @Nullable StunIntegrity integrity() {
        return integrity;
    }

    List<RemoteCandidate> told() {
        return told;
    }

    RemoteCandidateStatus onTold(RemoteCandidate candidate) {
        for (RemoteCandidate known : told) {
            if (known.isAt(candidate.transport(), candidate.address())) {
                return RemoteCandidateStatus.DUPLICATE;
            }
        }
        if (told.size() == MAX_CANDIDATES) {
            return RemoteCandidateStatus.TOO_MANY;
        }
        told.add(candidate);
        learned.removeIf(known -> known.isAt(candidate.transport(), candidate.address()));
        return RemoteCandidateStatus.ADDED;
    }

    /**
     * The candidate that a check came from, learned where it is new; null where there are enough.
     */
    @Nullable RemoteCandidate at(
            CandidateTransport transport, InetSocketAddress address, long priority) {
        for (RemoteCandidate known : told) {
            if (known.isAt(transport, address)) {
                return known;
            }
        }
        for (RemoteCandidate known : learned) {
            if (known.isAt(transport, address)) {
                return known;
            }
        }
        if (learned.size() == MAX_PEER_REFLEXIVE) {
            return null;
        }
        RemoteCandidate found =
                RemoteCandidate.peerReflexive(transport, address, priority, learnedEver++);
        learned.add(found);
        return found;
    }

    /** Makes room for another where the pair was learned. */
    void forget(RemoteCandidate candidate) {
        learned.remove(candidate);
    }

    /** No more candidates will be told of (RFC 8838, section 13). */
    void onComplete() {
        complete = true;
    }

    boolean isComplete() {
        return complete;
    }
}
