package dev.sluice.load.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Where packets to a server leave from.
 *
 * @param address of this machine, as the server sees it
 * @param any what a socket is bound to for that family of addresses
 */
record LocalRoute(InetAddress address, InetAddress any) {

    /** No datagram is sent to it; a port is needed to ask the kernel for the route. */
    private static final int ANY_PORT = 9;

    /**
     * The route to a host.
     *
     * @param host a name or an address
     * @throws IOException when the name cannot be resolved, or there is no route
     */
    static LocalRoute towards(String host) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(InetAddress.getByName(host), ANY_PORT));
            return from(socket.getLocalAddress());
        } catch (UncheckedIOException e) {
            throw new IOException("No route to " + host, e);
        }
    }

    /** The route that begins at an address of this machine. */
    static LocalRoute from(InetAddress address) {
        String any = address instanceof Inet6Address ? "::" : "0.0.0.0";
        return new LocalRoute(address, InetAddress.ofLiteral(any));
    }
}
