package dev.sluice.interop;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Keeps the datagrams that come to a port of loopback, until one of its own tells the end. */
final class UdpRecorder implements AutoCloseable {

    private static final int RECEIVE_BUFFER_BYTES = 4 << 20;
    private static final int MAX_DATAGRAM_BYTES = 65_536;
    private static final byte[] END = "end of the recording".getBytes(StandardCharsets.US_ASCII);

    private final DatagramSocket socket;
    private final List<byte[]> datagrams = new ArrayList<>();
    private final Thread reader;

    UdpRecorder() throws SocketException {
        socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        socket.setReceiveBufferSize(RECEIVE_BUFFER_BYTES);
        reader = Thread.ofVirtual().start(this::read);
    }

    int port() {
        return socket.getLocalPort();
    }

    /** All datagrams that were sent before this call; loopback keeps their order. */
    List<byte[]> stop() throws IOException, InterruptedException {
        socket.send(new DatagramPacket(END, END.length, socket.getLocalSocketAddress()));
        reader.join();
        return datagrams;
    }

    private void read() {
        DatagramPacket packet =
                new DatagramPacket(new byte[MAX_DATAGRAM_BYTES], MAX_DATAGRAM_BYTES);
        try {
            while (true) {
                packet.setLength(MAX_DATAGRAM_BYTES);
                socket.receive(packet);
                byte[] data = Arrays.copyOf(packet.getData(), packet.getLength());
                if (Arrays.equals(data, END)) {
                    return;
                }
                datagrams.add(data);
            }
        } catch (IOException closed) {
            datagrams.clear();
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
