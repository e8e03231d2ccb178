package dev.sluice.media.ice;

import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** The peer's candidates under one pair of credentials: what it tells of, and what checks show. */
final class RemoteCandidates {

    /** Candidates that the peer tells of. */
    static final int MAX_CANDIDATES = 64;

    /** Candidates that the peer's checks show. */
    static final int MAX_PEER_REFLEXIVE = 16;

    private final List<RemoteCandidate> told = new ArrayList<>();
    private final List<RemoteCandidate> learned = new ArrayList<>();
    private int learnedEver;
    private boolean complete;

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
