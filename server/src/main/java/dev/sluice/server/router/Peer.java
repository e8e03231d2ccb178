package dev.sluice.server.router;

import dev.sluice.media.time.Deadline;
import dev.sluice.server.session.PeerSession;
import dev.sluice.server.session.SessionSink;

/** A session in its role: it publishes into a room or watches one. */
abstract sealed class Peer permits Publisher, Subscriber {

    private final PeerSession session;
    private final Room room;

    /** The deadline under which the peer waits in the engine's queue. */
    long armedNanos = Deadline.NEVER;

    Peer(PeerSession session, Room room) {
        this.session = session;
        this.room = room;
    }

    PeerSession session() {
        return session;
    }

    Room room() {
        return room;
    }

    Role role() {
        return this instanceof Publisher ? Role.PUBLISHER : Role.VIEWER;
    }

    void onDeadline(long nowNanos, SessionSink out) {
        session.onDeadline(nowNanos, out);
    }

    long nextDeadlineNanos() {
        return session.nextDeadlineNanos();
    }

    /** RTCP BYE for every stream that we send to the peer. */
    void sayGoodbye(SessionSink out) {}
}
