package dev.sluice.server.libwebrtc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onvoid.webrtc.RTCStatsType;
import dev.sluice.server.app.MediaServer;
import dev.sluice.server.config.ConfigLoader;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.Map;

/** What libwebrtc protects with ULPFEC in RED is undone. */
@Timeout(240)
class UlpfecFromLibwebrtcTest {

    private static final String CONFIGURATION =
            """
            http:
              listen: 127.0.0.1
              port: 0
            media:
              listen: ["127.0.0.1"]
              port: 0
            auth:
              open: loopback
            """;

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final double LOSS_RATE = 0.05;

    private final Peers peers = new Peers();
    private MediaServer server;
    private SignallingClient signalling;

    @BeforeEach
    void start() throws Exception {
        server = new MediaServer(ConfigLoader.parse("test", CONFIGURATION, Map.of()));
        signalling = new SignallingClient(server.httpPort());
    }

    @AfterEach
    void stop() {
        peers.close();
        signalling.close();
        server.close();
    }

    /** Without NACK libwebrtc protects by FEC alone; it begins when loss is reported. */
    @Test
    void lossesOfAPublisherWithoutNackAreRecovered() throws Exception {
        try (var network = new LossyUdpProxy(server.mediaPort(), LOSS_RATE, 5)) {
            Peer publisher = peers.protectedPublisher();
            Peer viewer = peers.viewer();
            String answer = signalling.offer("/whip/demo", publisher.offer());
            assertThat(answer).contains(" red/90000", " ulpfec/90000");
            publisher.connect(
                    answer.replaceAll("a=rtcp-fb:\\d+ nack\r\n", "")
                            .replace(
                                    " %d typ".formatted(server.mediaPort()),
                                    " %d typ".formatted(network.port())));
            viewer.connect(signalling.offer("/whep/demo", viewer.offer()));

            Eventually.await(
                    "packets are recovered from ULPFEC",
                    LIMIT,
                    () -> signalling.metric("sluice_rtp_recovered_packets_total{by=\"fec\"}"),
                    recovered -> recovered >= 10);
            assertThat(signalling.metric("sluice_rtp_fec_packets_total{direction=\"in\"}"))
                    .isGreaterThan(10);
            assertThat(
                            signalling.metric(
                                    "sluice_datagrams_dropped_total{reason=\"malformed_fec\"}"))
                    .isZero();
            long decoded = viewer.framesDecoded();
            Eventually.await(
                    "the viewer decodes on",
                    LIMIT,
                    viewer::framesDecoded,
                    frames -> frames > decoded + 20);
            assertThat(viewer.statistic(RTCStatsType.CODEC, "mimeType")).isEqualTo("video/VP8");
        }
    }
}
