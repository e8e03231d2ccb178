package dev.sluice.server.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.ice.NetworkPath;
import dev.sluice.server.session.DropReason;
import dev.sluice.server.session.PeerSession;

import io.netty.buffer.ByteBufAllocator;

import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** A simulated server with its peers, and what tests ask about them. */
final class EngineWorld extends SimulatedServer {

    /** How many loops the tests run with that do not say; each has to hold with any number. */
    private static final int LOOPS = Integer.getInteger("sluice.test.loops", 1);

    EngineWorld(long seed) {
        this(seed, WorldSettings.settings());
    }

    EngineWorld(long seed, EngineSettings settings) {
        this(seed, settings, LOOPS);
    }

    /** A server of several loops; which of them a peer reaches is told by {@link #lead}. */
    EngineWorld(long seed, EngineSettings settings, int loops) {
        super(seed, settings, loops, null);
    }

    /** A world that does not see what is not released, as the allocator is another one. */
    EngineWorld(long seed, EngineSettings settings, int loops, ByteBufAllocator memory) {
        super(seed, settings, loops, memory);
    }

    static EngineWorld ofLoops(long seed, int loops) {
        return new EngineWorld(seed, WorldSettings.settings(), loops);
    }

    // What has come of it.

    MediaEngine engineOf(SimulatedPeer peer) {
        return engineOf(peer.sessionId());
    }

    /** What all loops hold together. */
    EngineSnapshot snapshot() {
        return engines().stream()
                .map(engine -> engine.snapshot(nowNanos()))
                .reduce(EngineSnapshot.EMPTY, EngineSnapshot::plus);
    }

    List<SessionSummary> sessions() {
        return engines().stream()
                .flatMap(engine -> engine.reports().list(nowNanos()).stream())
                .sorted(Comparator.comparingLong(SessionSummary::ageNanos).reversed())
                .toList();
    }

    SessionStats stats(String publicId) {
        return engines().stream()
                .flatMap(engine -> engine.reports().stats(publicId, nowNanos()).stream())
                .findFirst()
                .orElseThrow();
    }

    List<SessionEvent> events() {
        return output().events();
    }

    /** The details of the events that ended a session. */
    List<String> endOf(SimulatedPeer peer) {
        return events().stream()
                .filter(e -> e.kind() == SessionEvent.Kind.ENDED)
                .filter(e -> e.sessionId().equals(peer.sessionId()))
                .map(SessionEvent::detail)
                .toList();
    }

    /** The sizes of everything that the engine has sent. */
    List<Integer> sentSizesBytes() {
        return output().sentSizesBytes();
    }

    /** How many datagrams each run had that the engine has sent. */
    List<Integer> runs() {
        return output().runs();
    }

    /** How many datagrams the engine has sent to an address. */
    int sentTo(InetSocketAddress address) {
        return output().sentTo(address);
    }

    /** All that was dropped, whatever the reason. */
    long dropped() {
        return Arrays.stream(DropReason.values())
                .mapToLong(reason -> counters().dropped(reason).value())
                .sum();
    }

    long dropped(DropReason reason) {
        return counters().dropped(reason).value();
    }

    PeerSession sessionOf(SimulatedPeer peer) {
        return Objects.requireNonNull(engineOf(peer).sessions().byId(peer.sessionId())).session();
    }

    /** The connections that the engine wants to be closed. */
    List<NetworkPath> closedConnections() {
        return output().closedConnections();
    }

    // Peers.

    static InetSocketAddress address(int host) {
        // Never a name that somebody would have to look up.
        String address = "198.51.%d.%d".formatted(100 + host / 256, host % 256);
        return new InetSocketAddress(address, 40_000 + host);
    }

    SimulatedPublisher publisher(String stream, OfferText.Formats formats) {
        var peer = new SimulatedPublisher(peers().size(), address(peers().size() + 1), formats);
        accept(peer, publish(stream, peer.offer(fingerprint())));
        return peer;
    }

    /** Lets a publisher of another kind in and connects it. */
    void publishAs(String stream, SimulatedPeer peer) {
        accept(peer, publish(stream, peer.offer(fingerprint())));
        connect(peer);
    }

    /** A publisher that waits for the server to begin the DTLS handshake. */
    SimulatedPublisher passivePublisher(String stream, OfferText.Formats formats) {
        var peer = new SimulatedPublisher(peers().size(), address(peers().size() + 1), formats);
        peer.insistOnDtlsServer();
        accept(peer, publish(stream, peer.offer(fingerprint())));
        return peer;
    }

    /** Where the next peer is, whose datagrams reach this loop. */
    private void leadNext(int loop) {
        lead(address(peers().size() + 1), loop);
    }

    /** A connected publisher, whose datagrams reach this loop. */
    SimulatedPublisher publisherBy(int loop, String stream) {
        leadNext(loop);
        return connectedPublisher(stream, SimulatedPublisher.WITH_RTX);
    }

    /** A publisher whose offer this loop has answered, and whose datagrams will reach it. */
    SimulatedPublisher publisherAdmittedBy(int loop, String stream) {
        leadNext(loop);
        InetSocketAddress address = address(peers().size() + 1);
        var peer = new SimulatedPublisher(peers().size(), address, SimulatedPublisher.WITH_RTX);
        var offer = peer.offer(fingerprint());
        accept(peer, engine(loop).publish(stream, offer, nowNanos(), output()));
        return peer;
    }

    /** A connected viewer, whose datagrams reach this loop. */
    SimulatedViewer viewerBy(int loop, String stream) {
        leadNext(loop);
        return connectedViewer(stream, SimulatedViewer.WITH_RTX);
    }

    /** A viewer who has not begun to connect, and whose datagrams will reach this loop. */
    SimulatedViewer strangerBy(int loop, String stream) {
        leadNext(loop);
        return viewer(stream, SimulatedViewer.WITH_RTX);
    }

    int loopOf(SimulatedPeer peer) {
        return whereabouts().loopOfSession(peer.sessionId());
    }

    /** A connected publisher of several encodings, which sends. */
    SimulatedSimulcast simulcast(String stream, long... bps) {
        var peer = new SimulatedSimulcast(peers().size(), address(peers().size() + 1), bps);
        accept(peer, publish(stream, peer.offer(fingerprint())));
        connect(peer);
        peer.startMedia(nowNanos());
        return peer;
    }

    SimulatedViewer viewer(String stream, OfferText.Formats formats) {
        var peer = new SimulatedViewer(peers().size(), address(peers().size() + 1), formats);
        accept(peer, watch(stream, peer.offer(fingerprint()), LayerWish.AUTOMATIC));
        return peer;
    }

    /** A publisher that is connected and sends media. */
    SimulatedPublisher connectedPublisher(String stream, OfferText.Formats formats) {
        SimulatedPublisher peer = publisher(stream, formats);
        connect(peer);
        peer.startMedia(nowNanos());
        return peer;
    }

    /** A publisher as {@link #connectedPublisher}, who tells the round trip by XR. */
    SimulatedPublisher timedPublisher(String stream, OfferText.Formats formats) {
        var peer = new SimulatedPublisher(peers().size(), address(peers().size() + 1), formats);
        peer.tellRoundTrips();
        accept(peer, publish(stream, peer.offer(fingerprint())));
        connect(peer);
        peer.startMedia(nowNanos());
        return peer;
    }

    /** A viewer that is connected. */
    SimulatedViewer connectedViewer(String stream, OfferText.Formats formats) {
        SimulatedViewer peer = viewer(stream, formats);
        connect(peer);
        peer.startReporting(nowNanos());
        return peer;
    }

    static String fingerprint() {
        return WorldSettings.PEER_IDENTITY.fingerprint().toSdp();
    }

    private void accept(SimulatedPeer peer, OfferOutcome outcome) {
        assertThat(outcome).isInstanceOf(OfferOutcome.Accepted.class);
        peer.onAccepted((OfferOutcome.Accepted) outcome);
        peers().add(new PeerLink(this, peer));
    }

    PeerLink linkOf(SimulatedPeer peer) {
        return peers().stream().filter(link -> link.peer().equals(peer)).findFirst().orElseThrow();
    }

    /** ICE, then DTLS. */
    void connect(SimulatedPeer peer) {
        if (peer.isDtlsServer()) {
            linkOf(peer).startHandshake();
            nominate(peer);
        } else {
            nominate(peer);
            linkOf(peer).startHandshake();
        }
        await(() -> peer.isConnected() && isConnected(peer));
    }

    void nominate(SimulatedPeer peer) {
        peer.startChecks(nowNanos());
        for (int i = 0; i < 1_000 && !peer.isNominated(); i++) {
            run(10);
        }
        assertThat(peer.isNominated()).as("nominated").isTrue();
    }

    private boolean isConnected(SimulatedPeer peer) {
        return events().stream()
                .filter(e -> e.kind() == SessionEvent.Kind.CONNECTED)
                .anyMatch(e -> e.sessionId().equals(peer.sessionId()));
    }

    OfferOutcome publish(String stream) {
        var peer = new SimulatedPublisher(99, address(99), SimulatedPublisher.WITH_RTX);
        return publish(stream, peer.offer(fingerprint()));
    }

    OfferOutcome watch(String stream) {
        var peer = new SimulatedViewer(98, address(98), SimulatedViewer.WITH_RTX);
        return watch(stream, peer.offer(fingerprint()), LayerWish.AUTOMATIC);
    }
}
