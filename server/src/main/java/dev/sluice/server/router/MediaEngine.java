package dev.sluice.server.router;

import dev.sluice.media.ice.NetworkPath;
import dev.sluice.media.rtp.DatagramKind;
import dev.sluice.media.sdp.IceFragment;
import dev.sluice.media.sdp.SessionDescription;
import dev.sluice.media.stats.HealthChange;
import dev.sluice.media.stats.HealthLevel;
import dev.sluice.media.stream.StreamState;
import dev.sluice.media.stun.StunMessage;
import dev.sluice.server.session.DropReason;
import dev.sluice.server.session.EndReason;
import dev.sluice.server.session.LoopCounters;
import dev.sluice.server.session.Mailbox;
import dev.sluice.server.session.PeerSession;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Everything that one loop owns: sessions, rooms and their deadlines. Pure: datagrams, requests and
 * time go in, datagrams and events come out.
 */
public final class MediaEngine {

    private final EngineSettings settings;
    private final LoopCounters counters;
    private final SessionTable sessions = new SessionTable();
    private final Map<String, Room> rooms = new HashMap<>();
    private final DeadlineQueue deadlines = new DeadlineQueue();
    private final SessionFactory factory;
    private final IcePatches restarts;
    private final RoomSink sink = new RoomSink(this);
    private final StunMessage stun = new StunMessage();
    private final SessionReports reports = new SessionReports(sessions);
    private final LayerWishes wishes = new LayerWishes(sessions);
    private final List<PeerSession> leaving = new ArrayList<>();
    private final OpenWork openWork = new OpenWork();
    private boolean closing;

    /**
     * @param random for SSRCs, ICE credentials and session ids: a secure source in production
     * @param mailbox the way in for other threads
     */
    public MediaEngine(
            EngineSettings settings,
            Mailbox mailbox,
            ByteBufAllocator allocator,
            RandomGenerator random,
            LoopCounters counters) {
        this.settings = settings;
        this.counters = counters;
        this.factory = new SessionFactory(settings, mailbox, allocator, random, counters);
        this.restarts = new IcePatches(settings.candidates(), random);
    }

    /**
     * Takes a datagram from the network; borrowed.
     *
     * @return false where it belonged to no session
     */
    public boolean onDatagram(ByteBuf datagram, NetworkPath path, long nowNanos, EngineOutput out) {
        sink.over(out);
        Peer peer =
                DatagramKind.of(datagram) == DatagramKind.STUN
                        ? onStun(datagram, path, nowNanos)
                        : onSessionDatagram(datagram, path, nowNanos);
        if (peer != null) {
            deadlines.arm(peer);
        }
        return peer != null;
    }

    /**
     * Forwards and sends what has gathered. To be called once after each batch of datagrams, and
     * after every other call before time goes on.
     */
    public void settle(long nowNanos, EngineOutput out) {
        sink.over(out);
        openWork.settle(nowNanos, sink);
    }

    /** Whether a session has authenticated the peer behind the path. */
    public boolean isServed(NetworkPath path) {
        return sessions.byPath(path) != null;
    }

    /** A TCP connection has ended. */
    public void onConnectionClosed(NetworkPath connection, long nowNanos, EngineOutput out) {
        sink.over(out);
        Peer peer = sessions.byPath(connection);
        if (peer != null) {
            peer.session().onPathClosed(connection, nowNanos, sink);
            arm(peer);
        }
    }

    private @Nullable Peer onStun(ByteBuf datagram, NetworkPath path, long nowNanos) {
        String username = stun.wrap(datagram) ? stun.username() : null;
        if (username == null) {
            drop(DropReason.MALFORMED_STUN);
            return null;
        }
        Peer peer = sessions.byUfrag(username.split(":", 2)[0]);
        if (peer == null) {
            drop(DropReason.UNKNOWN_UFRAG);
            return null;
        }
        if (sessions.isHeldByOther(path, peer, nowNanos)) {
            drop(DropReason.PATH_TAKEN);
            return null;
        }
        peer.session().onStun(stun, path, nowNanos, sink);
        if (sessions.byPath(path) != peer && peer.session().holds(path, nowNanos)) {
            // The one who held it has fallen silent.
            sessions.addPath(peer.session(), path);
        }
        return peer;
    }

    private @Nullable Peer onSessionDatagram(ByteBuf datagram, NetworkPath path, long nowNanos) {
        Peer peer = sessions.byPath(path);
        if (peer == null) {
            drop(DropReason.UNVALIDATED_ADDRESS);
            return null;
        }
        peer.session().onDatagram(datagram, path, nowNanos, sink);
        return peer;
    }

    /** Opens a letter from another thread. */
    public void onLetter(Mailbox.Letter letter, long nowNanos, EngineOutput out) {
        sink.over(out);
        letter.open(nowNanos, sink);
    }

    /** Calls everyone whose time has come. */
    public void onDeadline(long nowNanos, EngineOutput out) {
        sink.over(out);
        for (Peer peer = deadlines.poll(nowNanos); peer != null; peer = deadlines.poll(nowNanos)) {
            peer.onDeadline(nowNanos, sink);
            tellHealth(peer);
            arm(peer);
        }
    }

    private void tellHealth(Peer peer) {
        HealthChange change = peer.takeHealthChange();
        if (change != null) {
            String detail = change.from() + " to " + change.to();
            sink.event(SessionEvent.Kind.HEALTH_CHANGED, peer, detail);
        }
    }

    public long nextDeadlineNanos() {
        return deadlines.nextDeadlineNanos();
    }

    /** Begins to publish a stream. */
    public OfferOutcome publish(
            String stream, SessionDescription offer, long nowNanos, EngineOutput out) {
        sink.over(out);
        Room room = rooms.get(stream);
        if (room != null && room.publisher() != null) {
            return refused(OfferOutcome.Reason.STREAM_TAKEN, "Somebody publishes '" + stream + "'");
        }
        return admit(() -> factory.publisher(room(stream), offer, nowNanos));
    }

    /** Begins to watch a stream. */
    public OfferOutcome watch(
            String stream, SessionDescription offer, long nowNanos, EngineOutput out) {
        return watch(stream, offer, LayerWish.AUTOMATIC, nowNanos, out);
    }

    /** Begins to watch a stream with a wish for the layers of each video track. */
    public OfferOutcome watch(
            String stream,
            SessionDescription offer,
            LayerWish wish,
            long nowNanos,
            EngineOutput out) {
        sink.over(out);
        Room room = rooms.get(stream);
        if (!settings.waitForPublisher() && (room == null || room.publisher() == null)) {
            return refused(
                    OfferOutcome.Reason.NOBODY_PUBLISHES, "Nobody publishes '" + stream + "'");
        }
        return admit(() -> wishing(factory.subscriber(room(stream), offer, nowNanos), wish));
    }

    private static SessionFactory.Created wishing(SessionFactory.Created created, LayerWish wish) {
        if (created instanceof SessionFactory.Created.Made(Subscriber viewer, String _)) {
            viewer.tracks().forEach(track -> track.wish(wish));
        }
        return created;
    }

    private interface Attempt {

        SessionFactory.Created make();
    }

    private OfferOutcome admit(Attempt attempt) {
        if (closing) {
            return refused(OfferOutcome.Reason.SHUTTING_DOWN, "The server is shutting down");
        }
        if (sessions.size() >= settings.maxSessions()) {
            return refused(
                    OfferOutcome.Reason.SERVER_FULL,
                    "All " + settings.maxSessions() + " sessions are taken");
        }
        return switch (attempt.make()) {
            case SessionFactory.Created.Refused(String why) ->
                    refused(OfferOutcome.Reason.UNACCEPTABLE_OFFER, why);
            case SessionFactory.Created.Made(Peer peer, String answerSdp) -> join(peer, answerSdp);
        };
    }

    private OfferOutcome join(Peer peer, String answerSdp) {
        rooms.putIfAbsent(peer.room().name(), peer.room());
        switch (peer) {
            case Publisher publisher -> peer.room().publisherJoins(publisher);
            case Subscriber subscriber -> peer.room().subscriberJoins(subscriber);
        }
        sessions.add(peer);
        deadlines.arm(peer);
        sink.event(SessionEvent.Kind.CREATED, peer, "");
        return new OfferOutcome.Accepted(
                peer.session().id(), peer.session().localUfrag(), answerSdp);
    }

    private static OfferOutcome refused(OfferOutcome.Reason reason, String detail) {
        return new OfferOutcome.Refused(reason, detail);
    }

    /** Takes trickled candidates or an ICE restart; see {@link MediaSessions#patch}. */
    public PatchOutcome patch(
            String sessionId,
            @Nullable String ifMatch,
            IceFragment fragment,
            long nowNanos,
            EngineOutput out) {
        sink.over(out);
        Peer peer = sessions.byId(sessionId);
        if (peer == null) {
            return new PatchOutcome.Refused(
                    PatchOutcome.Reason.UNKNOWN_SESSION, "There is no such session");
        }
        PatchOutcome outcome = restarts.patch(peer.session(), ifMatch, fragment, nowNanos, sink);
        if (outcome instanceof PatchOutcome.Restarted) {
            sessions.addUfrag(peer);
        }
        return outcome;
    }

    /** Whether there is such a session, in that role and of that stream. */
    public boolean serves(SessionName name) {
        return sessions.of(name) != null;
    }

    /** Ends a session; false when there is none. */
    public boolean end(String sessionId, long nowNanos, EngineOutput out) {
        sink.over(out);
        Peer peer = sessions.byId(sessionId);
        if (peer == null) {
            return false;
        }
        end(peer, EndReason.DELETED, nowNanos);
        return true;
    }

    /** Takes no more sessions and ends those there are, with a word to each peer. */
    public void shutdown(long nowNanos, EngineOutput out) {
        sink.over(out);
        closing = true;
        sessions.peers().forEach(peer -> leaving.add(peer.session()));
        for (Peer peer : List.copyOf(sessions.peers())) {
            end(peer, EndReason.SHUTDOWN, nowNanos);
        }
    }

    /** Whether every ended session has said its last word. */
    public boolean isQuiet() {
        leaving.removeIf(PeerSession::hasLeft);
        return leaving.isEmpty();
    }

    private void end(Peer peer, EndReason reason, long nowNanos) {
        peer.sayGoodbye(sink);
        peer.session().end(reason, nowNanos, sink);
    }

    void onEnded(Peer peer, EndReason reason, long nowNanos) {
        sessions.connectionsOf(peer).forEach(sink::closeConnection);
        sessions.remove(peer);
        deadlines.forget(peer);
        sink.event(SessionEvent.Kind.ENDED, peer, reason.name());
        Room room = peer.room();
        switch (peer) {
            case Publisher publisher -> onPublisherLeft(publisher, nowNanos);
            case Subscriber subscriber -> room.subscriberLeaves(subscriber);
        }
        if (room.isEmpty()) {
            rooms.remove(room.name(), room);
        }
    }

    private void onPublisherLeft(Publisher publisher, long nowNanos) {
        publisher.forward(nowNanos, sink);
        Room room = publisher.room();
        room.publisherLeaves();
        if (settings.endViewersWithPublisher() && !closing) {
            for (Subscriber subscriber : List.copyOf(room.subscribers())) {
                end(subscriber, EndReason.PUBLISHER_LEFT, nowNanos);
            }
        }
    }

    SessionTable sessions() {
        return sessions;
    }

    OpenWork openWork() {
        return openWork;
    }

    void arm(Peer peer) {
        if (sessions.byId(peer.session().id()) == peer) {
            deadlines.arm(peer);
        }
    }

    /** Tells of the sessions. */
    public SessionReports reports() {
        return reports;
    }

    /** What viewers want of layers. */
    public LayerWishes wishes() {
        return wishes;
    }

    /** What there is now, for metrics. */
    public EngineSnapshot snapshot(long nowNanos) {
        int streams = 0;
        int active = 0;
        int paused = 0;
        for (Room room : rooms.values()) {
            Publisher publisher = room.publisher();
            if (publisher != null) {
                streams++;
                for (var stream : publisher.session().streamSnapshots(nowNanos)) {
                    active += stream.state() instanceof StreamState.Active ? 1 : 0;
                    paused += stream.state() instanceof StreamState.Paused ? 1 : 0;
                }
            }
        }
        return new EngineSnapshot(
                byHealth(Role.PUBLISHER),
                byHealth(Role.VIEWER),
                streams,
                active,
                paused,
                factory.runningHandshakes());
    }

    private Map<HealthLevel, Integer> byHealth(Role role) {
        Map<HealthLevel, Integer> counts = new EnumMap<>(HealthLevel.class);
        for (Peer peer : sessions.peers()) {
            if (peer.role() == role) {
                counts.merge(peer.health().level(), 1, Integer::sum);
            }
        }
        return counts;
    }

    private Room room(String name) {
        Room room = rooms.get(name);
        return room != null ? room : new Room(name);
    }

    private void drop(DropReason reason) {
        counters.dropped(reason).increment();
    }
}
