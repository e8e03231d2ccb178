package dev.sluice.server.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.load.app.LoadPlan;
import dev.sluice.load.app.LoadRun;
import dev.sluice.load.count.ReceivedTotals;
import dev.sluice.load.count.Verification;
import dev.sluice.load.report.JoinFigures;
import dev.sluice.load.report.LoadReport;
import dev.sluice.load.signal.Endpoint;
import dev.sluice.media.rtp.Codec;
import dev.sluice.server.app.MediaServer;
import dev.sluice.server.config.ConfigLoader;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

@Timeout(240)
class LoadRunTest {

    /** Neither a slow machine's pacing nor its estimates are to hold anything back. */
    private static final String CONFIGURATION =
            """
            http:
              listen: 127.0.0.1
              port: 0
            media:
              listen: ["127.0.0.1"]
              port: 0
              pacing:
                enabled: false
              estimation:
                startKbps: 5000
                minKbps: 5000
            auth:
              open: none
              publishTokens: ["publish-token"]
            """;

    private static final PrintStream SILENCE =
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);

    private static final int PUBLISHERS = 2;
    private static final int VIEWERS = 6;

    private MediaServer server;

    @BeforeEach
    void start() throws Exception {
        server = new MediaServer(ConfigLoader.parse("test", CONFIGURATION, Map.of()));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private LoadPlan plan(
            List<Codec> codecs, Verification verification, double lossPercent, double churnRate) {
        String root = "http://127.0.0.1:" + server.httpPort();
        return new LoadPlan(
                new Endpoint(root + "/whip/load{n}"),
                new Endpoint(root + "/whep/load{n}"),
                PUBLISHERS,
                VIEWERS,
                PUBLISHERS,
                codecs,
                300,
                40,
                30,
                10,
                2,
                0,
                20,
                60,
                lossPercent,
                1,
                verification,
                1,
                churnRate,
                1,
                "publish-token",
                OptionalLong.of(ProcessHandle.current().pid()));
    }

    private static LoadReport run(LoadPlan plan) throws Exception {
        try (LoadRun run = new LoadRun(plan, SILENCE)) {
            return run.run();
        }
    }

    private static void assertAllCameAndWent(JoinFigures joins, int clients) {
        assertThat(joins.details()).isEmpty();
        assertThat(joins.joined()).isEqualTo(clients);
        assertThat(joins.left()).isEqualTo(clients);
        assertThat(joins.lost()).isZero();
    }

    @Test
    void everyViewerGetsAllThatItsPublisherSends() throws Exception {
        LoadReport report = run(plan(List.of(Codec.VP8), Verification.FULL, 0, 0));

        assertAllCameAndWent(report.publishers(), PUBLISHERS);
        assertAllCameAndWent(report.subscribers(), VIEWERS);
        assertThat(report.isComplete()).isTrue();
        assertThat(report.failures()).isZero();
        ReceivedTotals received = report.received();
        assertThat(received.lost()).isZero();
        assertThat(received.rejected()).isZero();
        assertThat(received.unknown()).isZero();
        assertThat(received.authenticated()).isEqualTo(received.datagrams());
        // 2 s of 30 frames of at least a packet; half of it on a machine that does not keep up.
        assertThat(received.received()).isGreaterThan(VIEWERS * 30);
        // Counts and delays are taken one after the other, while packets come.
        assertThat(report.delay().count())
                .isBetween(received.received() * 3 / 4, received.received() * 5 / 4);
        assertThat(report.subscribers().keyFrame().count()).isEqualTo(VIEWERS);
        assertThat(report.serverNanosPerPacket()).isPositive();
    }

    @ParameterizedTest
    @EnumSource(names = {"H264", "VP9", "AV1"})
    void soDoesEveryCodecWithAudioBesideIt(Codec codec) throws Exception {
        LoadReport report = run(plan(List.of(Codec.OPUS, codec), Verification.SAMPLE, 0, 0));

        assertAllCameAndWent(report.subscribers(), VIEWERS);
        assertThat(report.subscribers().keyFrame().count()).isEqualTo(VIEWERS);
        assertThat(report.received().lost()).isZero();
        assertThat(report.received().authenticated()).isLessThan(report.received().datagrams());
        assertThat(report.delay().count()).isPositive();
    }

    @Test
    void whatIsDroppedOnPurposeIsAskedForAndComesAgain() throws Exception {
        LoadReport report = run(plan(List.of(Codec.VP8), Verification.SAMPLE, 10, 0));

        ReceivedTotals received = report.received();
        assertThat(received.injected()).isPositive();
        assertThat(received.requested()).isPositive();
        assertThat(received.recovered()).isPositive().isLessThan(received.received());
        assertThat(received.lost()).isLessThan(received.recovered());
    }

    @Test
    void viewersThatComeAndGoLeaveNothingBehind() throws Exception {
        LoadReport report = run(plan(List.of(Codec.VP8), Verification.SAMPLE, 0, 4));

        JoinFigures churn = report.churn();
        assertThat(churn).isNotNull();
        assertAllCameAndWent(churn, 8);
        assertThat(report.failures()).isZero();
    }

    @Test
    void tellsWhatTheServerSaysWhenItRefuses() throws Exception {
        LoadPlan plan = plan(List.of(Codec.VP8), Verification.SAMPLE, 0, 0);
        server.close();
        server =
                new MediaServer(
                        ConfigLoader.parse(
                                "test",
                                CONFIGURATION
                                        .replace("publish-token", "another-token")
                                        .replace(
                                                "port: 0\nmedia",
                                                "port: " + port(plan) + "\nmedia"),
                                Map.of()));

        LoadReport report = run(plan);

        assertThat(report.publishers().joined()).isZero();
        assertThat(report.publishers().failures()).containsEntry("http_refused", PUBLISHERS);
        assertThat(report.publishers().details().getFirst()).contains("answered 401");
        assertThat(report.subscribers().asked()).isZero();
        assertThat(report.isComplete()).isFalse();
        assertThat(report.failures()).isEqualTo(PUBLISHERS);
    }

    @Test
    @Timeout(60)
    void aRunThatIsStoppedWhileClientsJoinDoesNotWaitForThem() throws Exception {
        LoadPlan plan = plan(List.of(Codec.VP8), Verification.SAMPLE, 0, 0);
        server.close();
        // The kernel takes connections that nobody answers.
        try (ServerSocket mute =
                        new ServerSocket(port(plan), 50, InetAddress.getLoopbackAddress());
                LoadRun run = new LoadRun(plan, SILENCE)) {
            Thread stopper =
                    Thread.startVirtualThread(
                            () -> {
                                accept(mute);
                                run.stop();
                            });
            LoadReport report = run.run();
            stopper.join();

            assertThat(report.isComplete()).isFalse();
            assertThat(report.publishers().joined()).isZero();
            assertThat(report.failures()).isZero();
        }
    }

    private static void accept(ServerSocket mute) {
        try {
            // It stays open, and silent, until the run is over.
            var _ = mute.accept();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int port(LoadPlan plan) {
        return plan.whip().ofStream(0, PUBLISHERS).getPort();
    }
}
