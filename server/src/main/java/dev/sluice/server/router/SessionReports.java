package dev.sluice.server.router;

import org.jspecify.annotations.Nullable;

import java.util.List;

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

    /** The session with this public id; null where there is none. */
    public @Nullable SessionStats stats(String publicId, long nowNanos) {
        Peer peer = sessions.byPublicId(publicId);
        return peer == null ? null : peer.stats(nowNanos);
    }

    /** The session of this URL; null where there is none. */
    public @Nullable SessionStats stats(SessionName name, long nowNanos) {
        Peer peer = sessions.of(name);
        return peer == null ? null : peer.stats(nowNanos);
    }
}
