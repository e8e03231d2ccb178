package dev.sluice.server.router;

import dev.sluice.media.ice.NetworkPath;
import dev.sluice.media.sdp.LocalTrack;
import dev.sluice.server.session.SessionMove;

import java.util.List;

/**
 * A peer on its way to another loop.
 *
 * @param tracks what a viewer was told of our streams; none of a publisher
 * @param wishes of a viewer, for each of his tracks
 * @param ufrags by which checks name it
 * @param paths those that are validated
 */
record MovingPeer(
        Role role,
        SessionMove session,
        List<LocalTrack> tracks,
        List<LayerWish> wishes,
        List<String> ufrags,
        List<MovingPath> paths) {

    /**
     * A validated path.
     *
     * @param via the loop that it leads to
     */
    record MovingPath(NetworkPath path, int via) {}

    String stream() {
        return session.setup().stream();
    }
}
