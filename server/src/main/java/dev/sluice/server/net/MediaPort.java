package dev.sluice.server.net;

import dev.sluice.sockets.Transport;

import io.netty.channel.EventLoopGroup;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;

/** The sockets of one loop, UDP and TCP, which have the same port on each address. */
final class MediaPort {

    /** Another process may hold the TCP port whose UDP port was free, or that of an address. */
    private static final int MAX_BIND_ATTEMPTS = 20;

    private final UdpEdge udp;
    private final @Nullable TcpEdge tcp;

    /**
     * @param tcp null where only UDP is served
     */
    MediaPort(UdpEdge udp, @Nullable TcpEdge tcp) {
        this.udp = udp;
        this.tcp = tcp;
    }

    /**
     * Opens the sockets: UDP first; where any port will do, it is one that all of them can have.
     *
     * @param wanted 0 for any that is free
     * @param isShared whether other loops bind the port, too
     * @return the port
     * @throws IOException when an address cannot be bound; the caller closes what is open
     */
    int bind(
            EventLoopGroup group,
            Transport transport,
            List<InetAddress> addresses,
            int wanted,
            boolean isShared,
            TcpEdge.Receiver tcpReceiver)
            throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                int bound = udp.bind(group, transport, addresses, wanted, isShared);
                if (tcp != null) {
                    tcp.bind(group, transport, addresses, bound, isShared, tcpReceiver);
                }
                return bound;
            } catch (IOException e) {
                if (wanted != 0 || attempt == MAX_BIND_ATTEMPTS) {
                    throw e;
                }
                close();
            }
        }
    }

    /** Lets datagrams and connections in. */
    void serve() {
        udp.startReceiving();
        if (tcp != null) {
            tcp.startAccepting();
        }
    }

    /** Sends what was queued. */
    void flush() {
        udp.flush();
        if (tcp != null) {
            tcp.flush();
        }
    }

    /** A defect of ours: counted, and told of. */
    void onDefect(Throwable defect) {
        udp.onDefect(defect);
    }

    void close() {
        udp.close();
        if (tcp != null) {
            tcp.close();
        }
    }
}
