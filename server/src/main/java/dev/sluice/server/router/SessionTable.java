package dev.sluice.server.router;

import dev.sluice.media.ice.NetworkPath;
import dev.sluice.server.session.PeerSession;

import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds peers by id, by ICE user name fragment and by validated path. */
final class SessionTable {

    private final Map<String, Peer> byId = new LinkedHashMap<>();
    private final Map<String, Peer> byPublicId = new HashMap<>();
    private final Map<String, Peer> byUfrag = new HashMap<>();
    private final Map<NetworkPath, Peer> byPath = new HashMap<>();

    private final LoopPlace place;

    SessionTable(LoopPlace place) {
        this.place = place;
    }

    int size() {
        return byId.size();
    }

    Collection<Peer> peers() {
        return byId.values();
    }

    void add(Peer peer) {
        peer.session().owner(peer);
        byId.put(peer.session().id(), peer);
        byPublicId.put(peer.publicId(), peer);
        place.whereabouts().addSession(peer.session().id(), place.loop());
        addUfrag(peer);
    }

    /** Makes the peer's current fragment known; earlier ones stay until the session ends. */
    void addUfrag(Peer peer) {
        addUfrag(peer, peer.session().localUfrag());
    }

    /** Makes one more fragment of the peer known, which came with it. */
    void addUfrag(Peer peer, String ufrag) {
        removeUfragOf(ufrag);
        byUfrag.put(ufrag, peer);
        peer.ufrags().add(ufrag);
        place.whereabouts().addUfrag(ufrag, place.loop());
    }

    /**
     * Whether a path is another's, by checks within the consent time. It stays so: who can forge
     * the source address of a check has no right to what is the other's.
     */
    boolean isHeldByOther(NetworkPath path, @Nullable Peer claimant, long nowNanos) {
        Peer holder = byPath.get(path);
        return holder != null && holder != claimant && holder.session().holds(path, nowNanos);
    }

    /** The caller has asked {@link #isHeldByOther}. */
    void addPath(PeerSession session, NetworkPath path) {
        Peer peer = of(session);
        if (peer != null) {
            removePath(path);
            byPath.put(path, peer);
            peer.paths().add(path);
        }
    }

    /** The path is a session's of another loop. */
    void removePath(NetworkPath path) {
        Peer holder = byPath.remove(path);
        if (holder != null) {
            holder.paths().remove(path);
        }
    }

    void removePath(PeerSession session, NetworkPath path) {
        Peer holder = byPath.get(path);
        if (holder != null && holder.session() == session) {
            removePath(path);
        }
    }

    private void removeUfragOf(String ufrag) {
        Peer holder = byUfrag.remove(ufrag);
        if (holder != null) {
            holder.ufrags().remove(ufrag);
        }
    }

    void removeUfrag(String localUfrag) {
        removeUfragOf(localUfrag);
        place.whereabouts().removeUfrag(localUfrag);
    }

    @Nullable Peer byId(String id) {
        return byId.get(id);
    }

    /** Of the session in that role and of that stream. */
    @Nullable Peer of(SessionName name) {
        Peer peer = byId.get(name.id());
        return peer != null
                        && peer.role() == name.role()
                        && peer.room().name().equals(name.stream())
                ? peer
                : null;
    }

    @Nullable Peer byPublicId(String publicId) {
        return byPublicId.get(publicId);
    }

    @Nullable Peer byUfrag(String ufrag) {
        return byUfrag.get(ufrag);
    }

    @Nullable Peer byPath(NetworkPath path) {
        return byPath.get(path);
    }

    @Nullable Peer of(PeerSession session) {
        return session.owner() instanceof Peer peer ? peer : null;
    }

    /** The validated paths of a peer. */
    List<NetworkPath> pathsOf(Peer peer) {
        return List.copyOf(peer.paths());
    }

    /** The fragments by which checks name a peer. */
    List<String> ufragsOf(Peer peer) {
        return List.copyOf(peer.ufrags());
    }

    void remove(Peer peer) {
        place.whereabouts().removeSession(peer.session().id());
        ufragsOf(peer).forEach(place.whereabouts()::removeUfrag);
        forget(peer);
    }

    /** The peer goes to another loop, which tells where it is. */
    void forget(Peer peer) {
        peer.session().owner(null);
        byId.remove(peer.session().id());
        byPublicId.remove(peer.publicId());
        ufragsOf(peer).forEach(this::removeUfragOf);
        pathsOf(peer).forEach(this::removePath);
    }
}
