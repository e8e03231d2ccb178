package dev.sluice.load.net;

import dev.sluice.load.client.ClientWire;
import dev.sluice.load.client.TestClients;
import dev.sluice.load.client.WatchingClient;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/** Viewers on loopback that are of no run. */
final class TestViewers {

    private TestViewers() {}

    /**
     * @param address is told where it has its socket
     * @param wiring what stands between it and that
     */
    static ClientHandle<WatchingClient> open(
            ClientLoop loop,
            AtomicReference<InetSocketAddress> address,
            UnaryOperator<ClientWire> wiring)
            throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        return loop.open(
                loopback,
                loopback,
                (wire, local) -> {
                    address.set(local);
                    return TestClients.viewer(wiring.apply(wire), local);
                });
    }
}
