package dev.sluice.server.router;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;

/** The rooms of a loop, each kept as long as somebody is in it; and who comes and goes. */
final class Rooms {

    private final Map<String, Room> byName = new HashMap<>();
    private final SessionTable sessions;
    private final DeadlineQueue deadlines;
    private final Mirrors mirrors;

    Rooms(SessionTable sessions, DeadlineQueue deadlines, Mirrors mirrors) {
        this.sessions = sessions;
        this.deadlines = deadlines;
        this.mirrors = mirrors;
    }

    /** The room of a stream that somebody of this loop publishes or watches; else null. */
    @Nullable Room find(String stream) {
        return byName.get(stream);
    }

    /** The room of a stream, or a new one, which is kept when the first peer enters. */
    Room findOrMake(String stream) {
        Room room = byName.get(stream);
        return room != null ? room : new Room(stream);
    }

    /** Takes a peer in, who is new or comes from another loop. */
    void enter(Peer peer) {
        Room room = peer.room();
        byName.putIfAbsent(room.name(), room);
        sessions.add(peer);
        switch (peer) {
            case Publisher publisher -> {
                // That the one before has ended elsewhere may not be known here yet.
                mirrors.close(room);
                room.publisherJoins(publisher);
                mirrors.announce(room.name());
            }
            case Subscriber subscriber -> {
                room.subscriberJoins(subscriber);
                mirrors.want(room);
            }
        }
        deadlines.arm(peer);
    }

    /** The peer is another loop's from now on; its viewers, if it has any, wait for it. */
    void moveOut(Peer peer) {
        deadlines.forget(peer);
        sessions.forget(peer);
        leave(peer, false);
    }

    /**
     * Takes a peer out of its room.
     *
     * @param hasEnded false where it goes to another loop
     */
    void leave(Peer peer, boolean hasEnded) {
        Room room = peer.room();
        switch (peer) {
            case Publisher _ -> {
                room.publisherLeaves();
                mirrors.onPublisherGone(room, hasEnded);
            }
            case Subscriber subscriber -> {
                room.subscriberLeaves(subscriber);
                if (room.subscribers().isEmpty()) {
                    mirrors.close(room);
                }
            }
        }
        if (room.isEmpty()) {
            byName.remove(room.name(), room);
        }
    }
}
