package dev.sluice.server.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.ice.NetworkPath;
import dev.sluice.media.rtp.DatagramKind;
import dev.sluice.media.sim.VirtualTime;
import dev.sluice.server.session.DatagramRun;

import io.netty.buffer.ByteBuf;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Brings to the peers of a world what its engines send, and keeps what tests ask about it. */
final class WorldOutput implements EngineOutput {

    private final VirtualTime time;
    private final WorldNetwork network;
    private final List<PeerLink> peers;
    private final List<SessionEvent> events = new ArrayList<>();
    private final List<Integer> sentSizesBytes = new ArrayList<>();
    private final List<Integer> runs = new ArrayList<>();
    private final Map<InetSocketAddress, Integer> sentTo = new HashMap<>();
    private final List<NetworkPath> closed = new ArrayList<>();

    WorldOutput(VirtualTime time, WorldNetwork network, List<PeerLink> peers) {
        this.time = time;
        this.network = network;
        this.peers = peers;
    }

    List<SessionEvent> events() {
        return events;
    }

    /** The sizes of everything that was sent. */
    List<Integer> sentSizesBytes() {
        return sentSizesBytes;
    }

    /** How many datagrams were sent. */
    int sent() {
        return sentSizesBytes.size();
    }

    /** How many datagrams each run had. */
    List<Integer> runs() {
        return runs;
    }

    /** How many datagrams were sent to an address. */
    int sentTo(InetSocketAddress address) {
        return sentTo.getOrDefault(address, 0);
    }

    /** The connections that the engines want to be closed. */
    List<NetworkPath> closedConnections() {
        return closed;
    }

    @Override
    public void transmit(ByteBuf datagram, NetworkPath path) {
        sentSizesBytes.add(datagram.readableBytes());
        assertThat(path).as("the path of the address").isEqualTo(network.pathOf(path.remote()));
        sentTo.merge(path.remote(), 1, Integer::sum);
        if (DatagramKind.of(datagram) == DatagramKind.DTLS) {
            peers.stream()
                    .filter(link -> link.peer().address().equals(path.remote()))
                    .forEach(link -> link.onDtls(datagram));
        } else {
            network.sendToPeer(path.remote(), datagram, time.nowNanos());
        }
        datagram.release();
    }

    @Override
    public boolean takesRuns(NetworkPath path) {
        return !path.isTcp();
    }

    @Override
    public void transmitRun(DatagramRun run, NetworkPath path) {
        assertThat(takesRuns(path)).as("a run by a path that takes one").isTrue();
        runs.add(run.size());
        run.drainTo(datagram -> transmit(datagram, path));
    }

    @Override
    public void closeConnection(NetworkPath connection) {
        closed.add(connection);
    }

    @Override
    public void onEvent(SessionEvent event) {
        events.add(event);
    }
}
