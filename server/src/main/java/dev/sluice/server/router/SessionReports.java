package dev.sluice.server.router;

import java.util.List;
import java.util.Optional;

/** Tells of the sessions of one loop; to be asked on it. */
public final class SessionReports {

    private final SessionTable sessions;

    SessionReports(SessionTable sessions) {
        this.sessions = sessions;
    }

    /** Every session, the oldest first. */
    public List<SessionSummary> list(long nowNanos) {
        return sessions.peers().stream().map(peer -> peer.summary(nowNanos)).toList();
    }

    /** The session with this public id; nothing where there is none. */
    public Optional<SessionStats> stats(String publicId, long nowNanos) {
        return Optional.ofNullable(sessions.byPublicId(publicId)).map(peer -> peer.stats(nowNanos));
    }

    /** The session of this URL; nothing where there is none. */
    public Optional<SessionStats> stats(SessionName name, long nowNanos) {
        return Optional.ofNullable(sessions.of(name)).map(peer -> peer.stats(nowNanos));
    }
}
