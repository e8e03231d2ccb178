package dev.sluice.server.router;

import dev.sluice.media.rtp.DatagramKind;
import dev.sluice.media.sdp.LocalTrack;
import dev.sluice.media.stun.StunMessage;
import dev.sluice.server.session.LoopCounters;

import io.netty.buffer.ByteBuf;

import java.util.ArrayList;
import java.util.List;

/**
 * Brings sessions to the loops that their packets reach. The kernel chooses the loop by addresses
 * that nobody knows when a session is made; so it is made on any loop, and goes to the one that its
 * first authentic check comes by, or, as clients check many paths, to that of its first DTLS. From
 * then on it stays.
 */
final class Moves {

    private final MediaEngine engine;
    private final LoopPlace place;
    private final SessionFactory factory;
    private final LoopCounters counters;

    Moves(MediaEngine engine, LoopPlace place, SessionFactory factory, LoopCounters counters) {
        this.engine = engine;
        this.place = place;
        this.factory = factory;
        this.counters = counters;
    }

    /** Whether a check that came by another loop takes the peer there. */
    static boolean isDueByCheck(Peer peer, StunMessage check) {
        return peer.session().isUntouched()
                && !peer.session().hasPath()
                && peer.session().isAuthentic(check);
    }

    /** Whether a datagram that came by a validated path of another loop takes the peer there. */
    static boolean isDueByDtls(Peer peer, ByteBuf datagram) {
        return DatagramKind.of(datagram) == DatagramKind.DTLS && peer.session().isUntouched();
    }

    /** Sends a peer to the loop that a datagram of it has come by, together with that. */
    void move(Peer peer, Stray.Arrived came) {
        int from = place.loop();
        int to = came.via();
        String id = peer.session().id();
        String published = peer instanceof Publisher ? peer.room().name() : null;
        MovingPeer moving = pack(peer);
        engine.rooms().moveOut(peer);
        moving.paths().forEach(moved -> engine.paths().onMoved(moved.path(), to));
        ByteBuf datagram = came.datagram().retain();
        // First the letter, so that who is sent there by what is written here comes after it.
        Runnable write = () -> place.whereabouts().move(id, moving.ufrags(), published, from, to);
        place.send(
                to,
                (there, nowNanos) -> {
                    write.run();
                    try {
                        there.moves().onArrived(moving, came, nowNanos);
                    } finally {
                        datagram.release();
                    }
                });
        write.run();
        counters.sessionsMoved.increment();
    }

    private MovingPeer pack(Peer peer) {
        List<MovingPeer.MovingPath> paths = new ArrayList<>();
        for (var path : engine.sessions().pathsOf(peer)) {
            paths.add(new MovingPeer.MovingPath(path, engine.paths().viaOf(path)));
        }
        List<LocalTrack> tracks = List.of();
        List<LayerWish> wishes = List.of();
        if (peer instanceof Subscriber viewer) {
            tracks = viewer.locals();
            wishes = viewer.tracks().stream().map(SubscribedTrack::wish).toList();
        }
        return new MovingPeer(
                peer.role(),
                peer.session().leave(),
                tracks,
                wishes,
                engine.sessions().ufragsOf(peer),
                paths);
    }

    /** Takes in a peer of another loop, and what it has sent to this one. */
    private void onArrived(MovingPeer moving, Stray.Arrived came, long nowNanos) {
        Peer peer = factory.moved(moving, engine.rooms().findOrMake(moving.stream()));
        engine.rooms().enter(peer);
        moving.ufrags().forEach(ufrag -> engine.sessions().addUfrag(peer, ufrag));
        for (MovingPeer.MovingPath moved : moving.paths()) {
            engine.sessions().addPath(peer.session(), moved.path());
            engine.paths().onAdded(moved.path(), moved.via());
        }
        if (engine.departures().isClosing()) {
            engine.departures().turnAway(peer, nowNanos);
        } else {
            engine.demultiplexer().onStray(came, nowNanos);
        }
    }
}
