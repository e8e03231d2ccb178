package dev.sluice.load.app;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** The address of this machine that another one sees. */
final class LocalRoute {

    /** No datagram is sent to it; a port is needed to ask the kernel for the route. */
    private static final int ANY_PORT = 9;

    private LocalRoute() {}

    /**
     * The address that packets to a host leave from.
     *
     * @throws IOException when there is no route
     */
    static InetAddress towards(InetAddress host) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(host, ANY_PORT));
            return socket.getLocalAddress();
        } catch (java.io.UncheckedIOException e) {
            throw new IOException("No route to " + host, e);
        }
    }
}
