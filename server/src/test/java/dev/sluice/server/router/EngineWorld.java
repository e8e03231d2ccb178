package dev.sluice.server.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.bwe.EstimationMode;
import dev.sluice.media.bwe.EstimatorSettings;
import dev.sluice.media.ice.IceCandidate;
import dev.sluice.media.ice.NetworkPath;
import dev.sluice.media.pacing.PacerSettings;
import dev.sluice.media.rtp.DatagramKind;
import dev.sluice.media.sdp.SessionDescription;
import dev.sluice.media.sim.Delivery;
import dev.sluice.media.sim.LinkConditions;
import dev.sluice.media.sim.SimulatedNetwork;
import dev.sluice.media.sim.VirtualTime;
import dev.sluice.media.time.Deadline;
import dev.sluice.media.time.WallClock;
import dev.sluice.server.net.SharedWhereabouts;
import dev.sluice.server.session.BatchSettings;
import dev.sluice.server.session.DatagramRun;
import dev.sluice.server.session.DropReason;
import dev.sluice.server.session.HandshakeBudget;
import dev.sluice.server.session.LoopCounters;
import dev.sluice.server.session.Mailbox;
import dev.sluice.server.session.PeerSession;
import dev.sluice.server.session.SendSettings;
import dev.sluice.server.session.SessionSink;
import dev.sluice.server.session.SessionTimeouts;
import dev.sluice.srtp.cipher.CipherProvider;
import dev.sluice.srtp.keys.CertificateIdentity;
import dev.sluice.srtp.keys.IdentityRotation;
import dev.sluice.srtp.keys.SrtpProfile;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;

import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * One engine, or those of several loops, with their peers in virtual time, on a simulated network.
 * Only DTLS has threads: its datagrams do not take the network, and while a handshake runs, virtual
 * time stands still.
 */
final class EngineWorld implements AutoCloseable {

    static final InetSocketAddress SERVER = new InetSocketAddress("192.0.2.1", 8081);

    /** How many loops the tests run with that do not say; each has to hold with any number. */
    private static final int LOOPS = Integer.getInteger("sluice.test.loops", 1);

    static final long CONNECT_NANOS = 30_000_000_000L;
    static final long HANDSHAKE_NANOS = 10_000_000_000L;
    static final long CONSENT_NANOS = 30_000_000_000L;

    private static final long MILLI = 1_000_000L;

    /** Negative, as the monotonic clock of a real machine may be. */
    private static final long START_NANOS = -12_345_678_901_234L;

    /** Real time: more than a busy machine needs for a handshake. */
    private static final long PATIENCE_SECONDS = 60;

    /** Calls at one instant; more is an engine that asks to be called at once, for ever. */
    private static final int MAX_STEPS_AT_ONCE = 10_000;

    /** How long the server gives one certificate to new sessions. */
    static final Duration CERTIFICATE_LIFETIME = Duration.ofHours(1);

    static final CertificateIdentity PEER_IDENTITY = identity();

    static final List<SrtpProfile> PROFILES =
            List.of(SrtpProfile.AEAD_AES_128_GCM, SrtpProfile.AES_CM_128_HMAC_SHA1_80);

    static final SendSettings SENDING =
            new SendSettings(
                    new EstimatorSettings(EstimationMode.HYBRID, 1_000_000, 50_000, 100_000_000),
                    PacerSettings.DEFAULT,
                    new BatchSettings(10, true));

    private final VirtualTime time = new VirtualTime(START_NANOS);
    private final SimulatedNetwork<InetSocketAddress> network;
    private final LoopCounters counters = new LoopCounters();
    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
    private final BlockingQueue<Mail> mail = new LinkedBlockingQueue<>();
    private final SharedWhereabouts whereabouts = new SharedWhereabouts();
    private final Set<Integer> stalled = new HashSet<>();
    private final List<Mail> held = new ArrayList<>();
    private final Map<InetSocketAddress, Integer> loopOf = new HashMap<>();
    private final Random order;
    private boolean isUnruly;
    private final List<SessionEvent> events = new ArrayList<>();
    private final List<Integer> sentSizesBytes = new ArrayList<>();
    private final List<Integer> runs = new ArrayList<>();
    private final List<ByteBuf> received = new ArrayList<>();
    private final Map<InetSocketAddress, Integer> sentTo = new HashMap<>();
    private final List<PeerLink> peers = new ArrayList<>();
    private final Map<InetSocketAddress, NetworkPath> connections = new HashMap<>();
    private final List<NetworkPath> closed = new ArrayList<>();
    private final EngineOutput output = new Output();
    private final List<MediaEngine> engines = new ArrayList<>();

    /** For one loop, or for whoever it concerns where that is none. */
    private record Mail(int loop, Runnable letter) {}

    private static final int NO_LOOP = -1;

    EngineWorld(long seed) {
        this(seed, settings(100, 100, false, true));
    }

    EngineWorld(long seed, EngineSettings settings) {
        this(seed, settings, LOOPS);
    }

    /** A server of several loops; which of them a peer reaches is told by {@link #lead}. */
    EngineWorld(long seed, EngineSettings settings, int loops) {
        network = new SimulatedNetwork<>(seed, LinkConditions.PERFECT.withDelayMillis(10));
        order = new Random(seed);
        Random random = new Random(seed);
        for (int i = 0; i < loops; i++) {
            int loop = i;
            engines.add(
                    new MediaEngine(
                            settings,
                            letter -> mail.add(new Mail(loop, () -> open(loop, letter))),
                            allocator,
                            random,
                            counters,
                            new LoopPlace(
                                    loop,
                                    loops,
                                    whereabouts,
                                    (to, letter) ->
                                            mail.add(new Mail(to, () -> openOfLoop(to, letter))))));
        }
    }

    static EngineWorld ofLoops(long seed, int loops) {
        return new EngineWorld(seed, settings(100, 100, false, true), loops);
    }

    private void open(int loop, Mailbox.Letter letter) {
        MediaEngine engine = engines.get(loop);
        engine.onLetter(letter, time.nowNanos(), output);
        engine.settle(nowNanos(), output);
    }

    private void openOfLoop(int loop, LoopPlace.Letter letter) {
        MediaEngine engine = engines.get(loop);
        engine.onLoopLetter(letter, time.nowNanos(), output);
        engine.settle(nowNanos(), output);
    }

    /** Has the datagrams of an address reach a loop, as the kernel does by its hash. */
    void lead(InetSocketAddress from, int loop) {
        loopOf.put(from, loop);
    }

    private int loopOf(InetSocketAddress from) {
        return loopOf.getOrDefault(from, from.getPort() % engines.size());
    }

    /** The loop does nothing from now on; what is for it waits, but datagrams are lost. */
    void stall(int loop) {
        stalled.add(loop);
    }

    void resume(int loop) {
        stalled.remove(loop);
        List<Mail> waiting = List.copyOf(held);
        held.clear();
        waiting.forEach(one -> (stalled.contains(one.loop()) ? held : mail).add(one));
    }

    /** From now on letters of different loops overtake each other, and some wait for a while. */
    void letMailBeUnruly() {
        isUnruly = true;
    }

    SharedWhereabouts whereabouts() {
        return whereabouts;
    }

    MediaEngine engine(int loop) {
        return engines.get(loop);
    }

    /** The engine that has a session; any where none has. */
    MediaEngine engineOf(String sessionId) {
        return engines.get(Math.max(0, whereabouts.loopOfSession(sessionId)));
    }

    /** Whether the loop that a path leads to serves it. */
    boolean isServed(NetworkPath path) {
        return engines.get(loopOf(path.remote())).isServed(path);
    }

    MediaEngine engineOf(SimulatedPeer peer) {
        return engineOf(peer.sessionId());
    }

    /** What all loops hold together. */
    EngineSnapshot snapshot() {
        return engines.stream()
                .map(engine -> engine.snapshot(nowNanos()))
                .reduce(EngineSnapshot.EMPTY, EngineSnapshot::plus);
    }

    List<SessionSummary> sessions() {
        return engines.stream()
                .flatMap(engine -> engine.reports().list(nowNanos()).stream())
                .sorted(Comparator.comparingLong(SessionSummary::ageNanos).reversed())
                .toList();
    }

    SessionStats stats(String publicId) {
        return engines.stream()
                .flatMap(engine -> engine.reports().stats(publicId, nowNanos()).stream())
                .findFirst()
                .orElseThrow();
    }

    OfferOutcome publish(String stream, SessionDescription offer) {
        MediaEngine engine = engines.get(order.nextInt(engines.size()));
        OfferOutcome outcome = engine.publish(stream, offer, nowNanos(), output);
        engine.settle(nowNanos(), output);
        return outcome;
    }

    OfferOutcome watch(String stream, SessionDescription offer, LayerWish wish) {
        int loop = whereabouts.loopOfStream(stream);
        MediaEngine engine =
                engines.get(loop == Whereabouts.NOWHERE ? order.nextInt(engines.size()) : loop);
        OfferOutcome outcome = engine.watch(stream, offer, wish, nowNanos(), output);
        engine.settle(nowNanos(), output);
        return outcome;
    }

    static EngineSettings settings(
            int maxSessions, int maxHandshakes, boolean waits, boolean endsViewers) {
        return new EngineSettings(
                new IdentityRotation(
                        new SecureRandom(), new WallClock(0), CERTIFICATE_LIFETIME, START_NANOS),
                PROFILES,
                CipherProvider.bouncyCastle(),
                IceCandidate.hosts(List.of(SERVER)),
                new SessionTimeouts(CONNECT_NANOS, HANDSHAKE_NANOS, CONSENT_NANOS),
                SENDING,
                maxSessions,
                new HandshakeBudget(maxHandshakes),
                waits,
                endsViewers);
    }

    private static CertificateIdentity identity() {
        return CertificateIdentity.generate(
                new SecureRandom(), Instant.EPOCH, CertificateIdentity.DEFAULT_VALIDITY);
    }

    EngineOutput output() {
        return output;
    }

    LoopCounters counters() {
        return counters;
    }

    List<SessionEvent> events() {
        return events;
    }

    /** The details of the events that ended a session. */
    List<String> endOf(SimulatedPeer peer) {
        return events.stream()
                .filter(e -> e.kind() == SessionEvent.Kind.ENDED)
                .filter(e -> e.sessionId().equals(peer.sessionId()))
                .map(SessionEvent::detail)
                .toList();
    }

    /** The sizes of everything that the engine has sent. */
    List<Integer> sentSizesBytes() {
        return sentSizesBytes;
    }

    /** How many datagrams each run had that the engine has sent. */
    List<Integer> runs() {
        return runs;
    }

    /** How many datagrams the engine has sent to an address. */
    int sentTo(InetSocketAddress address) {
        return sentTo.getOrDefault(address, 0);
    }

    /** All that was dropped, whatever the reason. */
    long dropped() {
        return Arrays.stream(DropReason.values())
                .mapToLong(reason -> counters.dropped(reason).value())
                .sum();
    }

    long dropped(DropReason reason) {
        return counters.dropped(reason).value();
    }

    PeerSession sessionOf(SimulatedPeer peer) {
        return Objects.requireNonNull(engineOf(peer).sessions().byId(peer.sessionId())).session();
    }

    long nowNanos() {
        return time.nowNanos();
    }

    /** The conditions between a peer and the server, both ways, from now on. */
    void link(SimulatedPeer peer, LinkConditions conditions) {
        network.link(peer.address(), SERVER, conditions);
        network.link(SERVER, peer.address(), conditions);
    }

    void linkToPeer(SimulatedPeer peer, LinkConditions conditions) {
        network.link(SERVER, peer.address(), conditions);
    }

    static InetSocketAddress address(int host) {
        return new InetSocketAddress("198.51.100." + host, 40_000 + host);
    }

    SimulatedPublisher publisher(String stream, OfferText.Formats formats) {
        var peer = new SimulatedPublisher(peers.size(), address(peers.size() + 1), formats);
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
        var peer = new SimulatedPublisher(peers.size(), address(peers.size() + 1), formats);
        peer.insistOnDtlsServer();
        accept(peer, publish(stream, peer.offer(fingerprint())));
        return peer;
    }

    /** Where the next peer is, whose datagrams reach this loop. */
    private void leadNext(int loop) {
        lead(address(peers.size() + 1), loop);
    }

    /** A connected publisher, whose datagrams reach this loop. */
    SimulatedPublisher publisherBy(int loop, String stream) {
        leadNext(loop);
        return connectedPublisher(stream, SimulatedPublisher.WITH_RTX);
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
        return whereabouts.loopOfSession(peer.sessionId());
    }

    /** A connected publisher of several encodings, which sends. */
    SimulatedSimulcast simulcast(String stream, long... bps) {
        var peer = new SimulatedSimulcast(peers.size(), address(peers.size() + 1), bps);
        accept(peer, publish(stream, peer.offer(fingerprint())));
        connect(peer);
        peer.startMedia(nowNanos());
        return peer;
    }

    SimulatedViewer viewer(String stream, OfferText.Formats formats) {
        var peer = new SimulatedViewer(peers.size(), address(peers.size() + 1), formats);
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
        var peer = new SimulatedPublisher(peers.size(), address(peers.size() + 1), formats);
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
        return PEER_IDENTITY.fingerprint().toSdp();
    }

    private void accept(SimulatedPeer peer, OfferOutcome outcome) {
        assertThat(outcome).isInstanceOf(OfferOutcome.Accepted.class);
        peer.onAccepted((OfferOutcome.Accepted) outcome);
        peers.add(new PeerLink(this, peer));
    }

    PeerLink linkOf(SimulatedPeer peer) {
        return peers.stream().filter(link -> link.peer().equals(peer)).findFirst().orElseThrow();
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
        return events.stream()
                .filter(e -> e.kind() == SessionEvent.Kind.CONNECTED)
                .anyMatch(e -> e.sessionId().equals(peer.sessionId()));
    }

    /** Opens mail, in real time and at one virtual instant, until the condition is met. */
    void await(BooleanSupplier condition) {
        long endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        try {
            while (!condition.getAsBoolean()) {
                assertThat(System.nanoTime()).as("out of patience").isLessThan(endNanos);
                Mail letter = mail.poll(10, TimeUnit.MILLISECONDS);
                if (letter != null) {
                    open(letter);
                }
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    void post(Runnable letter) {
        mail.add(new Mail(NO_LOOP, letter));
    }

    private void open(Mail letter) {
        if (stalled.contains(letter.loop())) {
            held.add(letter);
        } else {
            letter.letter().run();
        }
    }

    /** Lets a span of virtual time pass. */
    void run(long millis) {
        long endNanos = nowNanos() + millis * MILLI;
        int stepsAtOnce = 0;
        openMail();
        for (long next = nextNanos(); next <= endNanos; next = nextNanos()) {
            stepsAtOnce = next <= nowNanos() ? stepsAtOnce + 1 : 0;
            if (stepsAtOnce > MAX_STEPS_AT_ONCE) {
                throw new AssertionError("The engine asks to be called at once, for ever");
            }
            time.advanceTo(next);
            step();
            openMail();
        }
        time.advanceTo(endNanos);
        openAllMail();
    }

    private void openMail() {
        if (isUnruly) {
            openSomeMail();
        } else {
            openAllMail();
        }
    }

    private void openAllMail() {
        for (Mail letter = mail.poll(); letter != null; letter = mail.poll()) {
            open(letter);
        }
    }

    /** Loops come to their mail at different times; each opens it in order. */
    private void openSomeMail() {
        Set<Integer> late = new HashSet<>();
        for (int loop = 0; loop < engines.size(); loop++) {
            if (order.nextInt(4) == 0) {
                late.add(loop);
            }
        }
        for (int i = mail.size(); i > 0; i--) {
            Mail letter = mail.remove();
            if (late.contains(letter.loop())) {
                mail.add(letter);
            } else {
                open(letter);
            }
        }
    }

    private long nextNanos() {
        long next = network.nextDeliveryNanos();
        for (int loop = 0; loop < engines.size(); loop++) {
            if (!stalled.contains(loop)) {
                next = Math.min(next, engines.get(loop).nextDeadlineNanos());
            }
        }
        for (PeerLink link : peers) {
            next = Math.min(next, link.peer().nextDeadlineNanos());
        }
        return next;
    }

    private void step() {
        for (Delivery<InetSocketAddress> delivery : network.poll(nowNanos())) {
            if (delivery.to().equals(SERVER)) {
                receive(delivery.from(), delivery.datagram());
            } else {
                peers.stream()
                        .filter(link -> link.peer().address().equals(delivery.to()))
                        .forEach(link -> link.onDatagram(delivery.datagram()));
            }
        }
        endBatch();
        for (PeerLink link : List.copyOf(peers)) {
            link.peer().onDeadline(nowNanos(), this::send);
        }
        for (int loop = 0; loop < engines.size(); loop++) {
            MediaEngine engine = engines.get(loop);
            if (!stalled.contains(loop) && Deadline.isDue(engine.nextDeadlineNanos(), nowNanos())) {
                engine.onDeadline(nowNanos(), output);
                engine.settle(nowNanos(), output);
            }
        }
    }

    OfferOutcome publish(String stream) {
        var peer = new SimulatedPublisher(99, address(99), SimulatedPublisher.WITH_RTX);
        return publish(stream, peer.offer(fingerprint()));
    }

    OfferOutcome watch(String stream) {
        var peer = new SimulatedViewer(98, address(98), SimulatedViewer.WITH_RTX);
        return watch(stream, peer.offer(fingerprint()), LayerWish.AUTOMATIC);
    }

    /** Does something inside of a loop's engine at this instant. */
    void act(int loop, Consumer<SessionSink> action) {
        open(loop, (_, sink) -> action.accept(sink));
    }

    boolean end(SimulatedPeer peer) {
        MediaEngine engine = engineOf(peer);
        boolean ended = engine.end(peer.sessionId(), nowNanos(), output);
        engine.settle(nowNanos(), output);
        openAllMail();
        return ended;
    }

    /** All loops end their sessions. */
    void shutdown() {
        engines.forEach(MediaEngine::close);
        for (MediaEngine engine : engines) {
            engine.shutdown(nowNanos(), output);
            engine.settle(nowNanos(), output);
        }
    }

    /** Sends a datagram of a peer over the network. */
    void send(InetSocketAddress from, ByteBuf datagram) {
        network.send(from, SERVER, datagram, nowNanos());
    }

    /** Brings a datagram to the engine now; in a buffer that is gone after the call. */
    void toEngine(InetSocketAddress from, ByteBuf datagram) {
        receive(from, datagram);
        endBatch();
        if (!isUnruly) {
            openLoopMail();
        }
    }

    /** Letters between loops; those of DTLS threads wait where there is one loop. */
    private void openLoopMail() {
        if (engines.size() > 1) {
            openAllMail();
        }
    }

    private void receive(InetSocketAddress from, ByteBuf datagram) {
        int loop = loopOf(from);
        if (stalled.contains(loop)) {
            return;
        }
        ByteBuf copy = allocator.directBuffer(Math.max(1, datagram.readableBytes()));
        copy.writeBytes(datagram, datagram.readerIndex(), datagram.readableBytes());
        received.add(copy);
        engines.get(loop).onDatagram(copy, pathOf(from), nowNanos(), output);
    }

    /** What came at one instant is one batch. */
    private void endBatch() {
        for (int loop = 0; loop < engines.size(); loop++) {
            if (!stalled.contains(loop)) {
                engines.get(loop).settle(nowNanos(), output);
            }
        }
        List<ByteBuf> borrowed = List.copyOf(received);
        received.clear();
        for (ByteBuf datagram : borrowed) {
            assertThat(datagram.release()).as("a borrowed buffer is given back").isTrue();
        }
    }

    /** From now on the peer's datagrams come by a TCP connection. */
    NetworkPath connectByTcp(SimulatedPeer peer) {
        int number = connections.size() * engines.size() + loopOf(peer.address());
        NetworkPath connection = NetworkPath.ofConnection(number, peer.address());
        connections.put(peer.address(), connection);
        return connection;
    }

    void disconnect(SimulatedPeer peer) {
        NetworkPath connection = Objects.requireNonNull(connections.remove(peer.address()));
        MediaEngine engine = engines.get(loopOf(peer.address()));
        engine.onConnectionClosed(connection, nowNanos(), output);
        engine.settle(nowNanos(), output);
        openAllMail();
    }

    /** The connections that the engine wants to be closed. */
    List<NetworkPath> closedConnections() {
        return closed;
    }

    private NetworkPath pathOf(InetSocketAddress from) {
        NetworkPath connection = connections.get(from);
        return connection == null ? new NetworkPath(0, from) : connection;
    }

    /** Ends the engine, and holds it to have released every buffer. */
    @Override
    public void close() {
        isUnruly = false;
        shutdown();
        await(() -> engines.stream().allMatch(MediaEngine::isQuiet));
        openMail();
        peers.forEach(PeerLink::close);
        for (MediaEngine engine : engines) {
            assertThat(engine.sessions().size()).isZero();
            assertThat(engine.nextDeadlineNanos()).isEqualTo(Deadline.NEVER);
        }
        assertThat(whereabouts.isEmpty()).as("nothing is anywhere").isTrue();
        assertThat(usedBytes()).as("bytes not released").isZero();
    }

    long usedBytes() {
        return allocator.metric().usedDirectMemory() + allocator.metric().usedHeapMemory();
    }

    private final class Output implements EngineOutput {

        @Override
        public void transmit(ByteBuf datagram, NetworkPath path) {
            sentSizesBytes.add(datagram.readableBytes());
            assertThat(path).as("the path of the address").isEqualTo(pathOf(path.remote()));
            sentTo.merge(path.remote(), 1, Integer::sum);
            if (DatagramKind.of(datagram) == DatagramKind.DTLS) {
                peers.stream()
                        .filter(link -> link.peer().address().equals(path.remote()))
                        .forEach(link -> link.onDtls(datagram));
            } else {
                network.send(SERVER, path.remote(), datagram, nowNanos());
            }
            datagram.release();
        }

        @Override
        public void transmitRun(DatagramRun run, NetworkPath path) {
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
}
