package dev.sluice.server.router;

import dev.sluice.media.ice.NetworkPath;

import java.util.HashMap;
import java.util.Map;

/**
 * Paths between loops: which of those that lead here belong to sessions of other loops, and which
 * of our sessions' paths lead elsewhere. Only paths that an authentic check validated are here, so
 * that sessions bound their number.
 */
final class PathTable {

    private final LoopPlace place;

    /** Paths that lead to this loop's sockets, and the loops of their sessions. */
    private final Map<NetworkPath, Integer> holders = new HashMap<>();

    /** Paths of this loop's sessions, and the loops that they lead to. */
    private final Map<NetworkPath, Integer> vias = new HashMap<>();

    PathTable(LoopPlace place) {
        this.place = place;
    }

    /**
     * The other loop whose session holds a path that leads here, or {@link Whereabouts#NOWHERE}.
     */
    int holderOf(NetworkPath path) {
        return holders.isEmpty()
                ? Whereabouts.NOWHERE
                : holders.getOrDefault(path, Whereabouts.NOWHERE);
    }

    /** The loop that a path of ours leads to. */
    int viaOf(NetworkPath path) {
        return vias.getOrDefault(path, place.loop());
    }

    /** A session of this loop has a path, which leads to a loop; that one is told. */
    void onAdded(NetworkPath path, int via) {
        holders.remove(path);
        if (via == place.loop()) {
            vias.remove(path);
        } else {
            vias.put(path, via);
            int holder = place.loop();
            place.send(
                    via,
                    (engine, nowNanos) -> engine.demultiplexer().onHeldElsewhere(path, holder));
        }
    }

    /** No session of this loop has the path any more. */
    void onRemoved(NetworkPath path) {
        Integer via = vias.remove(path);
        if (via != null) {
            int holder = place.loop();
            place.send(via, (engine, nowNanos) -> engine.paths().onReleased(path, holder));
        }
    }

    /** The session goes to another loop with its paths, which tells those that they lead to. */
    void onMoved(NetworkPath path, int to) {
        if (vias.remove(path) == null) {
            onHeld(path, to);
        }
    }

    /** A session of another loop has a path that leads here. */
    void onHeld(NetworkPath path, int holder) {
        holders.put(path, holder);
    }

    private void onReleased(NetworkPath path, int holder) {
        holders.remove(path, holder);
    }
}
