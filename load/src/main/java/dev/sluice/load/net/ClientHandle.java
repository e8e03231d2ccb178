package dev.sluice.load.net;

import dev.sluice.load.client.LoadClient;

/** A client, and what its loop does for it; may be used by any thread. */
public final class ClientHandle<T extends LoadClient> {

    private final ClientLoop loop;
    private final ClientSocket socket;
    private final T client;

    ClientHandle(ClientLoop loop, ClientSocket socket, T client) {
        this.loop = loop;
        this.socket = socket;
        this.client = client;
    }

    /** Its methods are for the loop alone, but for {@link LoadClient#joined}. */
    public T client() {
        return client;
    }

    /** The server has answered. */
    public void answer(String sdp) {
        loop.execute(
                nowNanos -> {
                    client.onAnswer(sdp, nowNanos);
                    socket.flush();
                });
    }

    /** Asks the client something on its loop, and waits for what it says. */
    public <R> R ask(java.util.function.Function<T, R> question) {
        return loop.call(_ -> question.apply(client));
    }

    /** Leaves: says goodbye by DTLS and closes the socket a moment later. */
    public void leave() {
        loop.leave(this);
    }

    ClientSocket socket() {
        return socket;
    }
}
