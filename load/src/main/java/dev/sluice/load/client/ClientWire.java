package dev.sluice.load.client;

import io.netty.buffer.ByteBuf;

import java.net.InetSocketAddress;

/** A client's socket, and the loop that serves it. */
public interface ClientWire {

    /** Sends a datagram; takes the buffer over. */
    void send(ByteBuf datagram, InetSocketAddress remote);

    /** Runs something on the loop, from any thread. */
    void post(Task task);

    /** Something to do on the loop. */
    @FunctionalInterface
    interface Task {

        void run(long nowNanos);
    }
}
