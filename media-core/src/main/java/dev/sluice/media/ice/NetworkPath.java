package dev.sluice.media.ice;

import org.jspecify.annotations.Nullable;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * Where datagrams go between a peer and us. A TCP connection is a path of its own: it is named by a
 * number that no other has had.
 *
 * <p>The address is kept as numbers, too: in Java's own form it is spread over four objects, each
 * of which has gone cold when the next packet to one of many peers leaves.
 */
public final class NetworkPath {

    /** The lower half of an IPv4 address as an IPv6 one, without the address (RFC 4291 2.5.5.2). */
    private static final long MAPPED = 0xFFFF_0000_0000L;

    private static final int IPV6_BYTES = 16;

    private final int socket;
    private final int port;
    private final long addressHigh;
    private final long addressLow;
    private final int scope;
    private final InetSocketAddress remote;

    /**
     * @param socket the index of the local UDP socket; below zero for a TCP connection
     * @param remote the peer's address as seen there, resolved
     */
    public NetworkPath(int socket, InetSocketAddress remote) {
        InetAddress host = Objects.requireNonNull(remote.getAddress(), "unresolved address");
        ByteBuffer address = ByteBuffer.wrap(host.getAddress());
        boolean isIpv4 = address.capacity() == Integer.BYTES;
        this.socket = socket;
        this.port = remote.getPort();
        this.addressHigh = isIpv4 ? 0 : address.getLong(0);
        this.addressLow = isIpv4 ? mapped(address.getInt(0)) : address.getLong(Long.BYTES);
        this.scope = host instanceof Inet6Address ipv6 ? ipv6.getScopeId() : 0;
        this.remote = remote;
    }

    /** The path of a TCP connection with a number from 0 up. */
    public static NetworkPath ofConnection(int connection, InetSocketAddress remote) {
        return new NetworkPath(~connection, remote);
    }

    /**
     * The path to an address that is known as numbers.
     *
     * @param socket the index of the local UDP socket
     * @param high the first half of the IPv6 address
     * @param low the second half; an IPv4 address is mapped
     * @param scope of a link-local address; else 0
     */
    public static NetworkPath ofAddress(int socket, long high, long low, int scope, int port) {
        byte[] address = ByteBuffer.allocate(IPV6_BYTES).putLong(high).putLong(low).array();
        try {
            InetAddress host =
                    scope == 0
                            ? InetAddress.getByAddress(address)
                            : Inet6Address.getByAddress(null, address, scope);
            return new NetworkPath(socket, new InetSocketAddress(host, port));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("16 bytes are an address", e);
        }
    }

    /** An IPv4 address as the second half of an IPv6 one (RFC 4291 2.5.5.2). */
    private static long mapped(int ipv4) {
        return MAPPED | Integer.toUnsignedLong(ipv4);
    }

    /** Whether the peer has this address. */
    public boolean leadsTo(long high, long low, int toScope, int toPort) {
        return port == toPort && addressLow == low && addressHigh == high && scope == toScope;
    }

    /** The index of the local UDP socket; below zero for a TCP connection. */
    public int socket() {
        return socket;
    }

    /** The peer's address as seen there. */
    public InetSocketAddress remote() {
        return remote;
    }

    /** The peer's port. */
    public int port() {
        return port;
    }

    /** The first half of the peer's address as an IPv6 one; 0 of IPv4. */
    public long addressHigh() {
        return addressHigh;
    }

    /** The second half of the peer's address as an IPv6 one; IPv4 is mapped (RFC 4291 2.5.5.2). */
    public long addressLow() {
        return addressLow;
    }

    /** Which link a link-local address is of; 0 of any other. */
    public int scope() {
        return scope;
    }

    public boolean isTcp() {
        return socket < 0;
    }

    /** The number of the TCP connection. */
    public int connection() {
        return ~socket;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NetworkPath path
                && socket == path.socket
                && leadsTo(path.addressHigh, path.addressLow, path.scope, path.port);
    }

    @Override
    public int hashCode() {
        long address = 31 * addressHigh + addressLow;
        return (31 * socket + port) * 31 + Long.hashCode(address);
    }

    @Override
    public String toString() {
        return "NetworkPath[socket=" + socket + ", remote=" + remote + "]";
    }
}
