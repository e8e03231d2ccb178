package dev.sluice.load.net;

import dev.sluice.sockets.AddressArray;
import dev.sluice.sockets.ArrivalClock;
import dev.sluice.sockets.ReceiveBuffers;

import org.jspecify.annotations.Nullable;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/**
 * Reads the sockets of a loop's clients, one after the other: each datagram with the time at which
 * the kernel took it in, whenever it is read.
 */
final class DatagramReader {

    /** Datagrams taken by one system call. */
    private static final int BATCH = 16;

    /** Datagrams of one socket before others have their turn. */
    private static final int MAX_READ = 4 * BATCH;

    private static final int ADDRESS_BYTES = 16;

    private final ReceiveBuffers buffers =
            new ReceiveBuffers(BATCH, ClientSockets.MAX_DATAGRAM_BYTES);

    private final ArrivalClock clock = new ArrivalClock();

    /** Not known before the first socket. */
    private @Nullable Boolean isPossible;

    /** Who sent the last datagram: mostly the one server that there is. */
    private @Nullable InetSocketAddress sender;

    private long senderHigh;
    private long senderLow;
    private int senderScope;

    DatagramReader() {
        buffers.fill();
    }

    /** Whether the system lets us; asked once. */
    boolean mayRead(int descriptor) {
        if (isPossible == null) {
            isPossible = ReceiveBuffers.mayReceive(descriptor);
        }
        return isPossible;
    }

    /** Gives the socket what has come for it; what is left is told of again. */
    void read(int descriptor, ClientSocket socket) {
        int taken = 0;
        int received;
        do {
            received = Math.max(0, buffers.receive(descriptor));
            clock.read();
            for (int i = 0; i < received; i++) {
                take(i, socket);
            }
            taken += received;
        } while (received == buffers.count() && taken < MAX_READ);
    }

    /** One client's failure, whatever it is, must leave the message fit for the next one. */
    private void take(int message, ClientSocket socket) {
        long arrivalNanos = clock.arrivalNanos(buffers.stampNanos(message));
        try {
            socket.onDatagram(buffers.datagram(message), sender(message), arrivalNanos);
        } catch (RuntimeException | Error e) {
            socket.onFailed(e);
        } finally {
            buffers.renew(message);
        }
    }

    private InetSocketAddress sender(int message) {
        AddressArray senders = buffers.senders();
        InetSocketAddress known = sender;
        if (known == null
                || senders.low(message) != senderLow
                || senders.port(message) != known.getPort()
                || senders.high(message) != senderHigh
                || senders.scope(message) != senderScope) {
            senderHigh = senders.high(message);
            senderLow = senders.low(message);
            senderScope = senders.scope(message);
            known = new InetSocketAddress(address(), senders.port(message));
            sender = known;
        }
        return known;
    }

    private InetAddress address() {
        byte[] bytes =
                ByteBuffer.allocate(ADDRESS_BYTES).putLong(senderHigh).putLong(senderLow).array();
        try {
            // One that maps an address of IPv4 becomes that.
            return senderScope == 0
                    ? InetAddress.getByAddress(bytes)
                    : Inet6Address.getByAddress(null, bytes, senderScope);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Lets go of the memory. */
    void close() {
        buffers.release();
    }
}
