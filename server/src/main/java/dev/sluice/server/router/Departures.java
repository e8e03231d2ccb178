package dev.sluice.server.router;

import dev.sluice.media.ice.NetworkPath;
import dev.sluice.server.session.EndReason;
import dev.sluice.server.session.PeerSession;

import java.util.ArrayList;
import java.util.List;

/**
 * Ends the sessions of a loop: one that is told to go, the viewers of a publisher who has left, and
 * all of them at shutdown.
 */
final class Departures {

    private final MediaEngine engine;
    private final LoopPlace place;
    private final boolean endsViewers;

    /** Sessions that shutdown has ended, whose last words may be under way. */
    private final List<PeerSession> leaving = new ArrayList<>();

    private boolean closing;

    /**
     * @param endsViewers whether viewers go with their publisher
     */
    Departures(MediaEngine engine, LoopPlace place, boolean endsViewers) {
        this.engine = engine;
        this.place = place;
        this.endsViewers = endsViewers;
    }

    /** Takes no more sessions. */
    void close() {
        closing = true;
    }

    boolean isClosing() {
        return closing;
    }

    /** Takes no more sessions and ends those there are, with a word to each peer. */
    void shutdown(long nowNanos) {
        closing = true;
        SessionTable sessions = engine.sessions();
        sessions.peers().forEach(peer -> leaving.add(peer.session()));
        for (Peer peer : List.copyOf(sessions.peers())) {
            end(peer, EndReason.SHUTDOWN, nowNanos);
        }
    }

    /** Ends one that came from another loop during shutdown. */
    void turnAway(Peer peer, long nowNanos) {
        leaving.add(peer.session());
        end(peer, EndReason.SHUTDOWN, nowNanos);
    }

    /** Whether every ended session has said its last word. */
    boolean isQuiet() {
        leaving.removeIf(PeerSession::hasLeft);
        return leaving.isEmpty();
    }

    /** Ends the session with this id; false when there is none. */
    boolean delete(String sessionId, long nowNanos) {
        Peer peer = engine.sessions().byId(sessionId);
        if (peer == null) {
            return false;
        }
        end(peer, EndReason.DELETED, nowNanos);
        return true;
    }

    void end(Peer peer, EndReason reason, long nowNanos) {
        peer.sayGoodbye(engine.sink());
        peer.session().end(reason, nowNanos, engine.sink());
    }

    /** A session has ended, whoever wanted it. */
    void onEnded(Peer peer, EndReason reason, long nowNanos) {
        forgetPaths(peer);
        engine.sessions().remove(peer);
        place.whereabouts().discharge();
        engine.deadlines().forget(peer);
        engine.sink().event(SessionEvent.Kind.ENDED, peer, reason.name());
        switch (peer) {
            case Publisher publisher -> onPublisherLeft(publisher, nowNanos);
            case Subscriber viewer -> engine.rooms().leave(viewer, true);
        }
    }

    private void forgetPaths(Peer peer) {
        for (NetworkPath path : engine.sessions().pathsOf(peer)) {
            engine.paths().onRemoved(path);
            if (path.isTcp()) {
                engine.sink().closeConnection(path);
            }
        }
    }

    private void onPublisherLeft(Publisher publisher, long nowNanos) {
        publisher.fanOut().finish(nowNanos, engine.sink());
        place.whereabouts().releaseStream(publisher.room().name());
        engine.rooms().leave(publisher, true);
        onSourceEnded(publisher.room(), nowNanos);
    }

    /** The publisher has ended, wherever he was. */
    void onSourceEnded(Room room, long nowNanos) {
        if (endsViewers && !closing) {
            for (Subscriber subscriber : List.copyOf(room.subscribers())) {
                end(subscriber, EndReason.PUBLISHER_LEFT, nowNanos);
            }
        }
    }
}
