package dev.sluice.media.ice;

import java.net.InetSocketAddress;

/**
 * Where datagrams go between a peer and this server.
 *
 * @param socket the index of the local UDP socket
 * @param remote the peer's address as seen on that socket, resolved
 */
public record NetworkPath(int socket, InetSocketAddress remote) {}
