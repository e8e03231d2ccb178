package dev.sluice.server.router;

import dev.sluice.media.ice.NetworkPath;
import dev.sluice.media.rtp.DatagramKind;
import dev.sluice.media.stun.StunMessage;
import dev.sluice.server.session.DropReason;
import dev.sluice.server.session.LoopCounters;
import dev.sluice.server.session.PeerSession;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

/**
 * Leads each datagram to its session (RFC 7983): a check by the user name fragment that it names,
 * all else by the path that checks have validated. What is of another loop's session is handed over
 * to that loop, and what other loops hand over comes in here.
 */
final class Demultiplexer implements Strays.Receiver {

    private final MediaEngine engine;
    private final LoopPlace place;
    private final SessionTable sessions;
    private final PathTable paths;
    private final LoopCounters counters;
    private final StunMessage stun = new StunMessage();

    /** The loop that the check under way has come by. */
    private int checkVia;

    Demultiplexer(
            MediaEngine engine,
            LoopPlace place,
            SessionTable sessions,
            PathTable paths,
            LoopCounters counters) {
        this.engine = engine;
        this.place = place;
        this.sessions = sessions;
        this.paths = paths;
        this.counters = counters;
        this.checkVia = place.loop();
    }

    /** A datagram, borrowed; false where it belongs to no session, of this loop or another. */
    boolean onDatagram(ByteBuf datagram, NetworkPath path, long nowNanos) {
        if (path.port() == 0) {
            // Nothing can be sent there, so it is not to become anybody's path.
            drop(DropReason.UNVALIDATED_ADDRESS);
            return false;
        }
        return DatagramKind.of(datagram) == DatagramKind.STUN
                ? onStun(datagram, path, nowNanos)
                : onSessionDatagram(datagram, path, nowNanos);
    }

    /** Whether a session, of this loop or another, has authenticated the peer behind the path. */
    boolean isServed(NetworkPath path) {
        return sessions.byPath(path) != null || paths.holderOf(path) != Whereabouts.NOWHERE;
    }

    /** A check: whoever holds its path is asked first, then the one whom it names. */
    private boolean onStun(ByteBuf datagram, NetworkPath path, long nowNanos) {
        String ufrag = readUfrag(datagram);
        if (ufrag == null) {
            return false;
        }
        Peer peer = sessions.byUfrag(ufrag);
        int owner = peer != null ? place.loop() : place.whereabouts().loopOfUfrag(ufrag);
        if (owner == Whereabouts.NOWHERE) {
            drop(DropReason.UNKNOWN_UFRAG);
            return false;
        }
        if (sessions.isHeldByOther(path, peer, nowNanos)) {
            drop(DropReason.PATH_TAKEN);
            return false;
        }
        int holder = paths.holderOf(path);
        int asked = holder == Whereabouts.NOWHERE ? owner : holder;
        if (peer != null && asked == place.loop()) {
            onCheck(peer, path, place.loop(), nowNanos);
        } else {
            engine.strays().handOver(datagram, path, asked);
        }
        return true;
    }

    private @Nullable String readUfrag(ByteBuf datagram) {
        String username = stun.wrap(datagram) ? stun.username() : null;
        if (username == null) {
            drop(DropReason.MALFORMED_STUN);
            return null;
        }
        return username.split(":", 2)[0];
    }

    private void onCheck(Peer peer, NetworkPath path, int via, long nowNanos) {
        checkVia = via;
        peer.session().onStun(stun, path, nowNanos, engine.sink());
        if (sessions.byPath(path) != peer && peer.session().holds(path, nowNanos)) {
            // The one who held it has fallen silent.
            onPathValidated(peer.session(), path);
        }
        checkVia = place.loop();
        engine.deadlines().arm(peer);
    }

    private boolean onSessionDatagram(ByteBuf datagram, NetworkPath path, long nowNanos) {
        Peer peer = sessions.byPath(path);
        if (peer != null) {
            onDatagramOf(peer, datagram, path, nowNanos);
            return true;
        }
        int holder = paths.holderOf(path);
        if (holder == Whereabouts.NOWHERE) {
            drop(DropReason.UNVALIDATED_ADDRESS);
            return false;
        }
        engine.strays().handOver(datagram, path, holder);
        return true;
    }

    private void onDatagramOf(Peer peer, ByteBuf datagram, NetworkPath path, long nowNanos) {
        peer.session().onDatagram(datagram, path, nowNanos, engine.sink());
        engine.deadlines().arm(peer);
    }

    // From and for other loops.

    /** Takes what reached another loop and is ours, or was. */
    @Override
    public void onStray(Stray.Arrived stray, long nowNanos) {
        if (DatagramKind.of(stray.datagram()) == DatagramKind.STUN) {
            onStrayCheck(stray, nowNanos);
        } else {
            onStrayDatagram(stray, nowNanos);
        }
    }

    @Override
    public void transmit(ByteBuf datagram, NetworkPath path) {
        engine.sink().transmit(datagram, path);
    }

    private void onStrayCheck(Stray.Arrived stray, long nowNanos) {
        String ufrag = readUfrag(stray.datagram());
        if (ufrag == null) {
            return;
        }
        Peer peer = sessions.byUfrag(ufrag);
        if (sessions.isHeldByOther(stray.path(), peer, nowNanos)) {
            drop(DropReason.PATH_TAKEN);
        } else if (peer == null) {
            handOn(ufrag, stray);
        } else if (stray.via() != place.loop() && Moves.isDueByCheck(peer, stun)) {
            engine.moves().move(peer, stray);
        } else {
            onCheck(peer, stray.path(), stray.via(), nowNanos);
        }
    }

    private void handOn(String ufrag, Stray.Arrived stray) {
        int owner = place.whereabouts().loopOfUfrag(ufrag);
        if (owner == Whereabouts.NOWHERE || owner == place.loop()) {
            drop(DropReason.UNKNOWN_UFRAG);
        } else {
            engine.strays().handOn(stray, owner);
        }
    }

    private void onStrayDatagram(Stray.Arrived stray, long nowNanos) {
        Peer peer = sessions.byPath(stray.path());
        if (peer == null) {
            drop(DropReason.UNVALIDATED_ADDRESS);
        } else if (stray.via() != place.loop() && Moves.isDueByDtls(peer, stray.datagram())) {
            engine.moves().move(peer, stray);
        } else {
            onDatagramOf(peer, stray.datagram(), stray.path(), nowNanos);
        }
    }

    // Which paths are whose.

    void onPathValidated(PeerSession session, NetworkPath path) {
        sessions.addPath(session, path);
        paths.onAdded(path, checkVia);
    }

    void onPathRetired(PeerSession session, NetworkPath path) {
        sessions.removePath(session, path);
        if (sessions.byPath(path) == null) {
            paths.onRemoved(path);
        }
    }

    /** A path that leads here has become one of a session of another loop. */
    void onHeldElsewhere(NetworkPath path, int holder) {
        sessions.removePath(path);
        paths.onHeld(path, holder);
    }

    /** A TCP connection of this loop has ended; whoever holds it is told. */
    void onConnectionClosed(NetworkPath connection, long nowNanos) {
        int holder = paths.holderOf(connection);
        if (holder == Whereabouts.NOWHERE) {
            onPathClosed(connection, nowNanos);
        } else {
            place.send(
                    holder,
                    (there, later) -> there.demultiplexer().onPathClosed(connection, later));
        }
    }

    private void onPathClosed(NetworkPath connection, long nowNanos) {
        Peer peer = sessions.byPath(connection);
        if (peer != null) {
            peer.session().onPathClosed(connection, nowNanos, engine.sink());
            engine.arm(peer);
        }
    }

    private void drop(DropReason reason) {
        counters.dropped(reason).increment();
    }
}
