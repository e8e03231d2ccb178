package dev.sluice.load.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.load.client.ClientState;
import dev.sluice.load.client.FailureReason;
import dev.sluice.load.client.LoadClient;
import dev.sluice.load.client.PublishingClient;
import dev.sluice.load.client.TestClients;
import dev.sluice.load.client.WatchingClient;
import dev.sluice.load.net.ClientHandle;
import dev.sluice.load.net.ClientLoop;
import dev.sluice.load.report.JoinFigures;
import dev.sluice.load.signal.WhipClient;
import dev.sluice.media.ice.IceCredentials;
import dev.sluice.srtp.keys.KeyingMaterial;
import dev.sluice.srtp.keys.SrtpKeys;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

class AttendanceTest {

    private static final long SECOND = 1_000_000_000L;
    private static final int STREAM = 0;
    private static final int STREAM_OF_OTHERS = 1;

    /** Nobody listens there. */
    private static final InetSocketAddress SERVER =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);

    /** It cannot be deleted: there is no server. */
    private static final WhipClient.Session SESSION =
            new WhipClient.Session(URI.create("http://127.0.0.1:9/session"), "", false);

    private final AtomicLong nowNanos = new AtomicLong(100 * SECOND);
    private final ClientLoop loop = new ClientLoop("test", nowNanos::get);
    private final JoinLedger publishing = new JoinLedger();
    private final JoinLedger watching = new JoinLedger();
    private final List<ClientHandle<?>> clients = new ArrayList<>();
    private final LoadPlan plan = TestPlans.of("http://127.0.0.1:9", 1, 1, 1);
    private Fleet fleet;
    private Attendance attendance;

    @BeforeEach
    void start() throws IOException {
        fleet = new Fleet(plan, TestClients.WORLD);
        attendance = new Attendance(fleet, publishing, watching, nowNanos::get);
    }

    @AfterEach
    void stop() {
        clients.forEach(ClientHandle::leave);
        loop.close();
        fleet.close();
    }

    @Test
    void aViewerThatGetsNothingForTwoSecondsThoughItsPublisherSendsIsLost() throws Exception {
        publish();
        attendance.addViewer(watch(STREAM));
        passNanos(2 * SECOND);

        attendance.noteLosses();

        assertThat(watching.figures().lost()).isEqualTo(1);
        assertThat(watching.figures().failures()).containsExactly(entryOf("no_media"));
        assertThat(publishing.figures().lost()).isZero();
    }

    @Test
    void oneThatGotSomethingLessThanTwoSecondsAgoIsNotLost() throws Exception {
        publish();
        attendance.addViewer(watch(STREAM));
        passNanos(2 * SECOND - 1);

        attendance.noteLosses();

        assertThat(watching.figures().lost()).isZero();
    }

    @Test
    void oneThatGetsSomethingAgainIsNotLost() throws Exception {
        publish();
        Fleet.Member<WatchingClient> viewer = watch(STREAM);
        attendance.addViewer(viewer);
        passNanos(2 * SECOND);
        receive(viewer.handle());

        attendance.noteLosses();

        assertThat(watching.figures().lost()).isZero();
    }

    @Test
    void whoWatchesAStreamOfOthersMayGetNothing() throws Exception {
        publish();
        attendance.addViewer(watch(STREAM_OF_OTHERS));
        passNanos(60 * SECOND);

        attendance.noteLosses();

        assertThat(watching.figures().lost()).isZero();
    }

    @Test
    void whereThePublisherIsLostItsViewersAreNot() throws Exception {
        ClientHandle<PublishingClient> publisher = publish();
        attendance.addViewer(watch(STREAM));
        tell(publisher, client -> client.onFailed(FailureReason.ENDED_BY_SERVER, "close_notify"));
        passNanos(2 * SECOND);

        attendance.noteLosses();

        assertThat(publishing.figures().failures()).containsExactly(entryOf("ended_by_server"));
        assertThat(watching.figures().lost()).isZero();
    }

    @Test
    void nobodyIsLostTwice() throws Exception {
        publish();
        attendance.addViewer(watch(STREAM));
        passNanos(2 * SECOND);

        attendance.noteLosses();
        attendance.noteLosses();
        attendance.leaveAll();

        JoinFigures figures = watching.figures();
        assertThat(figures.lost()).isEqualTo(1);
        assertThat(figures.notEnded()).isEqualTo(1);
        assertThat(figures.failures()).containsExactly(entryOf("no_media"));
    }

    @Test
    void whoComesAndGoesIsJudgedWhenItGoes() throws Exception {
        JoinLedger churning = new JoinLedger();
        publish();
        Fleet.Member<WatchingClient> viewer = watch(STREAM);
        passNanos(2 * SECOND);

        attendance.leaveEarly(viewer, churning);

        assertThat(churning.figures().failures()).containsExactly(entryOf("no_media"));
        assertThat(watching.figures().lost()).isZero();
    }

    private static Map.Entry<String, Integer> entryOf(String reason) {
        return Map.entry(reason, 1);
    }

    private void passNanos(long nanos) {
        nowNanos.addAndGet(nanos);
    }

    /** A publisher that has its keys, and so sends. */
    private ClientHandle<PublishingClient> publish() throws Exception {
        ClientHandle<PublishingClient> handle =
                loop.open(
                        SERVER.getAddress(),
                        SERVER.getAddress(),
                        (wire, local) ->
                                PublishingClient.of(
                                        TestClients.WORLD,
                                        wire,
                                        local,
                                        plan.publisher(),
                                        new SplittableRandom(1)));
        clients.add(handle);
        String candidate = "1 1 udp 1 127.0.0.1 %d typ host".formatted(SERVER.getPort());
        IceCredentials ice = IceCredentials.random(TestClients.RANDOM);
        String answer =
                Answers.to(handle.client().offer(), ice, TestClients.IDENTITY, List.of(candidate))
                        .answer()
                        .write();
        tell(handle, client -> client.onAnswer(answer, nowNanos.get()));
        tell(handle, client -> client.onKeys(keys(), nowNanos.get()));
        assertThat(handle.ask(LoadClient::state)).isEqualTo(ClientState.CONNECTED);
        attendance.addPublisher(new Fleet.Member<>(handle, SESSION, STREAM, nowNanos.get()));
        return handle;
    }

    private static KeyingMaterial keys() {
        return new KeyingMaterial(
                SrtpKeys.random(TestClients.PROFILE, TestClients.RANDOM),
                SrtpKeys.random(TestClients.PROFILE, TestClients.RANDOM));
    }

    /** A viewer that gets something now. */
    private Fleet.Member<WatchingClient> watch(int stream) throws IOException {
        ClientHandle<WatchingClient> handle =
                loop.open(
                        SERVER.getAddress(),
                        SERVER.getAddress(),
                        (wire, local) ->
                                new WatchingClient(
                                        TestClients.WORLD,
                                        wire,
                                        local,
                                        plan.viewer(false),
                                        new SplittableRandom(2),
                                        _ -> {}));
        clients.add(handle);
        receive(handle);
        return new Fleet.Member<>(handle, SESSION, stream, nowNanos.get());
    }

    private void receive(ClientHandle<WatchingClient> viewer) {
        ByteBuf packet = Unpooled.buffer().writeShort(0x8060).writeZero(20);
        tell(viewer, client -> client.onDatagram(packet, SERVER, nowNanos.get()));
        packet.release();
    }

    private static <T extends LoadClient> void tell(ClientHandle<T> handle, Consumer<T> what) {
        handle.ask(
                client -> {
                    what.accept(client);
                    return client;
                });
    }
}
