package dev.sluice.interop;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;

/** A pair of free ports, RTP's even one and RTCP's behind it, and the way to send there. */
final class RtpReceiverPorts implements AutoCloseable {

    private static final int ATTEMPTS = 100;

    private final DatagramSocket socket =
            new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    private final int port = freePair();

    RtpReceiverPorts() throws SocketException {}

    int port() {
        return port;
    }

    void send(byte[] datagram) throws IOException {
        InetSocketAddress to = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        socket.send(new DatagramPacket(datagram, datagram.length, to));
    }

    private static int freePair() throws SocketException {
        for (int i = 0; i < ATTEMPTS; i++) {
            try (DatagramSocket first = new DatagramSocket(0)) {
                int port = first.getLocalPort();
                if (port % 2 == 0 && isFree(port + 1)) {
                    return port;
                }
            }
        }
        throw new SocketException("no pair of ports was free in " + ATTEMPTS + " attempts");
    }

    private static boolean isFree(int port) {
        try (DatagramSocket probe = new DatagramSocket(port)) {
            return probe.isBound();
        } catch (SocketException taken) {
            return false;
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
