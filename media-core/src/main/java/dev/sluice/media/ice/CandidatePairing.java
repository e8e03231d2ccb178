package dev.sluice.media.ice;

import org.jspecify.annotations.Nullable;

/**
 * Pairs our candidates with the peer's, in whatever order they come: told of (RFC 8445, section
 * 6.1.2; RFC 8838), or shown by a check (RFC 8445, sections 7.3.1.3 and 7.3.1.4).
 */
final class CandidatePairing {

    private final AgentRole role;
    private final LocalCandidates locals;
    private final RemoteCandidates remotes;
    private final CheckList list;
    private final Nomination nomination;

    CandidatePairing(
            AgentRole role,
            LocalCandidates locals,
            RemoteCandidates remotes,
            CheckList list,
            Nomination nomination) {
        this.role = role;
        this.locals = locals;
        this.remotes = remotes;
        this.list = list;
        this.nomination = nomination;
    }

    void onLocalCandidate(LocalCandidate candidate) {
        for (RemoteCandidate remote : remotes.told()) {
            pair(candidate, remote);
        }
    }

    RemoteCandidateStatus onRemoteCandidate(RemoteCandidate candidate) {
        RemoteCandidateStatus status = remotes.onTold(candidate);
        if (status == RemoteCandidateStatus.ADDED && nomination.selected() == null) {
            for (CandidatePair pair : list.pairs()) {
                if (pair.remote().isAt(candidate.transport(), candidate.address())) {
                    pair.onRemoteTold(candidate);
                }
            }
            locals.gathered().forEach(own -> pair(own, candidate));
        }
        return status;
    }

    /** The peer will tell of no more. */
    void onEndOfCandidates() {
        remotes.onComplete();
    }

    private void pair(LocalCandidate own, RemoteCandidate remote) {
        if (nomination.selected() == null && CandidatePair.canPair(own, remote)) {
            list.add(CandidatePair.of(own, remote), role.current());
        }
    }

    /**
     * The pair that a check of the peer came by, made where it is new; null where none may be made.
     *
     * @param priority of the check
     */
    @Nullable CandidatePair ofRequest(LocalCandidate own, NetworkPath path, long priority) {
        CandidatePair known = list.byPath(path);
        return known != null ? known : newOfRequest(own, path, priority);
    }

    private @Nullable CandidatePair newOfRequest(
            LocalCandidate own, NetworkPath path, long priority) {
        if (nomination.selected() != null && role.isControlling()) {
            // What we have nominated stays until a restart (RFC 8445, section 8.1.1).
            return null;
        }
        CandidateTransport theirs =
                path.isTcp() ? CandidateTransport.TCP_ACTIVE : CandidateTransport.UDP;
        RemoteCandidate remote = remotes.at(theirs, path.remote(), priority);
        if (remote == null) {
            return null;
        }
        CandidatePair pair = CandidatePair.ofRequest(own, remote, path);
        return list.addTriggered(pair, role.current()) ? pair : null;
    }
}
