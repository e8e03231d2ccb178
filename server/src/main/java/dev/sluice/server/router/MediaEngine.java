package dev.sluice.server.router;

import dev.sluice.media.ice.NetworkPath;
import dev.sluice.media.sdp.IceFragment;
import dev.sluice.media.sdp.SessionDescription;
import dev.sluice.server.session.LoopCounters;
import dev.sluice.server.session.Mailbox;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

import org.jspecify.annotations.Nullable;

import java.util.random.RandomGenerator;

/**
 * Everything that one loop owns: sessions, rooms and their deadlines. Pure: datagrams, requests and
 * time go in, datagrams and events come out. Each public method is one call of the loop; what it
 * means is in the part that it leads to, and the parts reach each other by the engine.
 */
public final class MediaEngine {

    private final SessionTable sessions;
    private final PathTable paths;
    private final Demultiplexer demultiplexer;
    private final Strays strays;
    private final Moves moves;
    private final Mirrors mirrors;
    private final Rooms rooms;
    private final Admission admission;
    private final Departures departures;
    private final DeadlineQueue deadlines = new DeadlineQueue();
    private final DeadlineTurn deadlineTurn = new DeadlineTurn(this, deadlines);
    private final SessionFactory factory;
    private final IcePatches patches;
    private final RoomSink sink = new RoomSink(this);
    private final SessionReports reports;
    private final LayerWishes wishes;
    private final OpenWork openWork = new OpenWork();

    /**
     * @param random for SSRCs, ICE credentials and session ids: a secure source in production
     * @param mailbox the way in for other threads
     * @param place of the loop among others
     */
    public MediaEngine(
            EngineSettings settings,
            Mailbox mailbox,
            ByteBufAllocator allocator,
            RandomGenerator random,
            LoopCounters counters,
            LoopPlace place) {
        this.sessions = new SessionTable(place);
        this.paths = new PathTable(place);
        this.demultiplexer = new Demultiplexer(this, place, sessions, paths, counters);
        this.strays = new Strays(place, counters, allocator, demultiplexer);
        this.mirrors = new Mirrors(this, place, settings.waitForPublisher(), counters);
        this.rooms = new Rooms(sessions, deadlines, mirrors);
        this.departures = new Departures(this, place, settings.endViewersWithPublisher());
        this.reports = new SessionReports(sessions);
        this.wishes = new LayerWishes(sessions);
        this.factory = new SessionFactory(settings, mailbox, allocator, random, counters);
        this.admission = new Admission(this, settings, place, factory);
        this.moves = new Moves(this, place, factory, counters);
        this.patches = new IcePatches(sessions, settings.candidates(), random);
    }

    /**
     * Takes a datagram from the network; borrowed.
     *
     * @return false where it belonged to no session, of this loop or another
     */
    public boolean onDatagram(ByteBuf datagram, NetworkPath path, long nowNanos, EngineOutput out) {
        sink.over(out);
        return demultiplexer.onDatagram(datagram, path, nowNanos);
    }

    /**
     * Forwards and sends what has gathered, and tells other loops of what is there for them. To be
     * called once after each batch of datagrams, and after every other call before time goes on.
     */
    public void settle(long nowNanos, EngineOutput out) {
        sink.over(out);
        openWork.settle(nowNanos, sink);
        strays.flush();
        mirrors.flush();
    }

    /**
     * Whether {@link #settle} or {@link #onDeadline} left something that is due, which is better
     * done when the sockets had their turn.
     */
    public boolean isBehind() {
        return deadlineTurn.hasOverdue() || openWork.isBehind();
    }

    /** Whether a session has authenticated the peer behind the path. */
    public boolean isServed(NetworkPath path) {
        return demultiplexer.isServed(path);
    }

    /** A TCP connection has ended. */
    public void onConnectionClosed(NetworkPath connection, long nowNanos, EngineOutput out) {
        sink.over(out);
        demultiplexer.onConnectionClosed(connection, nowNanos);
    }

    /** Opens a letter from another thread. */
    public void onLetter(Mailbox.Letter letter, long nowNanos, EngineOutput out) {
        sink.over(out);
        letter.open(nowNanos, sink);
    }

    /** Opens a letter from another loop, or from this one to itself. */
    public void onLoopLetter(LoopPlace.Letter letter, long nowNanos, EngineOutput out) {
        sink.over(out);
        letter.open(this, nowNanos);
    }

    /** Calls those whose time has come; so many at most that the loop gets to all else, too. */
    public void onDeadline(long nowNanos, EngineOutput out) {
        sink.over(out);
        deadlineTurn.take(nowNanos);
    }

    /** When {@link #onDeadline} and {@link #settle} are to be called though nothing has come. */
    public long nextDeadlineNanos() {
        return Math.min(deadlines.nextDeadlineNanos(), heldUntilNanos());
    }

    /** Like {@link #nextDeadlineNanos}, of what has to be punctual; mostly there is nothing. */
    public long heldUntilNanos() {
        return openWork.heldUntilNanos();
    }

    /** Begins to publish a stream. */
    public OfferOutcome publish(
            String stream, SessionDescription offer, long nowNanos, EngineOutput out) {
        sink.over(out);
        return admission.publish(stream, offer, nowNanos);
    }

    /** Begins to watch a stream with a wish for the layers of each video track. */
    public OfferOutcome watch(
            String stream,
            SessionDescription offer,
            LayerWish wish,
            long nowNanos,
            EngineOutput out) {
        sink.over(out);
        return admission.watch(stream, offer, wish, nowNanos);
    }

    /** Takes trickled candidates or an ICE restart; see {@link MediaSessions#patch}. */
    public PatchOutcome patch(
            String sessionId,
            @Nullable String ifMatch,
            IceFragment fragment,
            long nowNanos,
            EngineOutput out) {
        sink.over(out);
        return patches.patch(sessionId, ifMatch, fragment, nowNanos, sink);
    }

    /** Whether there is such a session, in that role and of that stream. */
    public boolean serves(SessionName name) {
        return sessions.of(name) != null;
    }

    /** Ends a session; false when there is none. */
    public boolean end(String sessionId, long nowNanos, EngineOutput out) {
        sink.over(out);
        return departures.delete(sessionId, nowNanos);
    }

    /** Takes no more sessions. */
    public void close() {
        departures.close();
    }

    /** Takes no more sessions and ends those there are, with a word to each peer. */
    public void shutdown(long nowNanos, EngineOutput out) {
        sink.over(out);
        departures.shutdown(nowNanos);
    }

    /** Whether every ended session has said its last word. */
    public boolean isQuiet() {
        return departures.isQuiet();
    }

    SessionTable sessions() {
        return sessions;
    }

    Demultiplexer demultiplexer() {
        return demultiplexer;
    }

    Moves moves() {
        return moves;
    }

    Rooms rooms() {
        return rooms;
    }

    Departures departures() {
        return departures;
    }

    DeadlineQueue deadlines() {
        return deadlines;
    }

    OpenWork openWork() {
        return openWork;
    }

    Strays strays() {
        return strays;
    }

    PathTable paths() {
        return paths;
    }

    Mirrors mirrors() {
        return mirrors;
    }

    RoomSink sink() {
        return sink;
    }

    void arm(Peer peer) {
        if (sessions.of(peer.session()) == peer) {
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
        return Census.of(sessions.peers(), factory.runningHandshakes(), openWork, nowNanos);
    }
}
