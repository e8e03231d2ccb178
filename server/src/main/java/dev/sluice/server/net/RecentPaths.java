package dev.sluice.server.net;

import dev.sluice.media.ice.NetworkPath;

import org.jspecify.annotations.Nullable;

/**
 * The paths that datagrams came to a socket by lately, so that not each datagram makes one. A path
 * that falls into the place of another pushes it out.
 */
final class RecentPaths {

    private static final int PLACES = 4096;

    private final int socket;
    private final @Nullable NetworkPath[] paths = new NetworkPath[PLACES];

    /**
     * @param socket the index of the local socket
     */
    RecentPaths(int socket) {
        this.socket = socket;
    }

    /**
     * The path to a peer.
     *
     * @param high the first half of the IPv6 address, or of the one that maps an IPv4 address
     * @param low the second half
     * @param scope of a link-local address; else 0
     */
    NetworkPath of(long high, long low, int scope, int port) {
        int place = place(high, low, port);
        NetworkPath known = paths[place];
        if (known != null && known.leadsTo(high, low, scope, port)) {
            return known;
        }
        NetworkPath path = NetworkPath.ofAddress(socket, high, low, scope, port);
        paths[place] = path;
        return path;
    }

    /** Ports of one host, which are often near to each other, do not share a place. */
    private static int place(long high, long low, int port) {
        return (Long.hashCode(31 * high + low) + port) & (PLACES - 1);
    }
}
