package dev.sluice.server.router;

import dev.sluice.media.ice.NetworkPath;
import dev.sluice.server.session.PeerSession;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
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

    int size() {
        return byId.size();
    }

    Collection<Peer> peers() {
        return byId.values();
    }

    void add(Peer peer) {
        byId.put(peer.session().id(), peer);
        byPublicId.put(peer.publicId(), peer);
        addUfrag(peer);
    }

    /** Makes the peer's current fragment known; earlier ones stay until the session ends. */
    void addUfrag(Peer peer) {
        byUfrag.put(peer.session().localUfrag(), peer);
    }

    /**
     * Whether a path is another's, by checks within the consent time. It stays so: who can forge
     * the source address of a check has no right to what is the other's.
     */
    boolean isHeldByOther(NetworkPath path, Peer claimant, long nowNanos) {
        Peer holder = byPath.get(path);
        return holder != null && holder != claimant && holder.session().holds(path, nowNanos);
    }

    /** The caller has asked {@link #isHeldByOther}. */
    void addPath(PeerSession session, NetworkPath path) {
        Peer peer = byId.get(session.id());
        if (peer != null) {
            byPath.put(path, peer);
        }
    }

    void removePath(PeerSession session, NetworkPath path) {
        byPath.computeIfPresent(path, (_, peer) -> peer.session() == session ? null : peer);
    }

    void removeUfrag(String localUfrag) {
        byUfrag.remove(localUfrag);
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
        return byId.get(session.id());
    }

    /** The TCP connections of a peer. */
    List<NetworkPath> connectionsOf(Peer peer) {
        List<NetworkPath> connections = new ArrayList<>();
        byPath.forEach(
                (path, owner) -> {
                    if (owner == peer && path.isTcp()) {
                        connections.add(path);
                    }
                });
        return connections;
    }

    void remove(Peer peer) {
        byId.remove(peer.session().id());
        byPublicId.remove(peer.publicId());
        byUfrag.values().removeIf(other -> other == peer);
        byPath.values().removeIf(other -> other == peer);
    }
}
