package dev.sluice.media.ice;

import java.net.InetSocketAddress;

/**
 * Where datagrams go between a peer and us. A TCP connection is a path of its own: it is named by a
 * number that no other has had.
 *
 * @param socket the index of the local UDP socket; below zero for a TCP connection
 * @param remote the peer's address as seen there, resolved
 */
public record NetworkPath(int socket, InetSocketAddress remote) {

    /** The path of a TCP connection with a number from 0 up. */
    public static NetworkPath ofConnection(int connection, InetSocketAddress remote) {
        return new NetworkPath(~connection, remote);
    }

    public boolean isTcp() {
        return socket < 0;
    }

    /** The number of the TCP connection. */
    public int connection() {
        return ~socket;
    }
}
