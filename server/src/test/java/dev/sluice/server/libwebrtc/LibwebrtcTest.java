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

@Timeout(240)
class LibwebrtcTest {

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

    private static final Duration FIRST_PICTURE_LIMIT = Duration.ofSeconds(30);
    private static final double LOSS_RATE = 0.05;

    /** Ten seconds of the camera's frames; more time on a busy machine. */
    private static final int WATCHED_FRAMES = 10 * MovingPicture.FRAMES_PER_SECOND;

    private static final Duration WATCHED_LIMIT = Duration.ofSeconds(60);

    private static final double UNDISTURBED_SHARE = 0.8;

    /** What a viewer makes of a repaired stream at least, where each repair may come late. */
    private static final double REPAIRED_SHARE = 0.6;

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

    @Test
    void aViewerDecodesWhatAPublisherSendsAndBothUseAesGcm() throws Exception {
        Peer publisher = peers.publisher();
        Peer viewer = peers.viewer();
        connect(publisher, "/whip/demo", server.mediaPort());
        connect(viewer, "/whep/demo", server.mediaPort());

        assertThat(watch(publisher, viewer)).isGreaterThan(UNDISTURBED_SHARE);
        assertThat(viewer.statistic(RTCStatsType.CODEC, "mimeType")).isEqualTo("video/VP8");
        assertThat(viewer.count(RTCStatsType.INBOUND_RTP, "frameWidth"))
                .isEqualTo(MovingPicture.WIDTH);
        assertThat(publisher.statistic(RTCStatsType.TRANSPORT, "srtpCipher"))
                .isEqualTo("AEAD_AES_128_GCM");
        assertThat(viewer.statistic(RTCStatsType.TRANSPORT, "srtpCipher"))
                .isEqualTo("AEAD_AES_128_GCM");
    }

    @Test
    void bothMayWaitForTheServerToBeginTheHandshake() throws Exception {
        Peer publisher = peers.publisher();
        Peer viewer = peers.viewer();
        connectPassively(publisher, "/whip/demo");
        connectPassively(viewer, "/whep/demo");

        assertThat(watch(publisher, viewer)).isGreaterThan(UNDISTURBED_SHARE);
        assertThat(publisher.statistic(RTCStatsType.TRANSPORT, "dtlsRole")).isEqualTo("server");
        assertThat(viewer.statistic(RTCStatsType.TRANSPORT, "dtlsRole")).isEqualTo("server");
    }

    /** The server is told only that the peer insists; libwebrtc left the choice to it. */
    private void connectPassively(Peer peer, String path) throws Exception {
        String offer = peer.offer().replace("a=setup:actpass", "a=setup:passive");
        String answer = signalling.offer(path, offer);
        assertThat(answer).contains("a=setup:active");
        peer.connect(answer);
    }

    @Test
    void aViewerBehindALossyNetworkDecodesOn() throws Exception {
        try (var network = new LossyUdpProxy(server.mediaPort(), LOSS_RATE, 1)) {
            Peer publisher = peers.publisher();
            Peer viewer = peers.viewer();
            connect(publisher, "/whip/demo", server.mediaPort());
            connect(viewer, "/whep/demo", network.port());

            assertThat(watch(publisher, viewer)).isGreaterThan(REPAIRED_SHARE);
            assertThat(network.lostToServer()).isPositive();
            assertThat(network.lostToClient()).isPositive();
            assertThat(retransmitted("out")).isGreaterThan(network.lostToClient() / 5.0);
        }
    }

    @Test
    void aPublisherBehindALossyNetworkIsWatchedOn() throws Exception {
        try (var network = new LossyUdpProxy(server.mediaPort(), LOSS_RATE, 2)) {
            Peer publisher = peers.publisher();
            Peer viewer = peers.viewer();
            connect(publisher, "/whip/demo", network.port());
            connect(viewer, "/whep/demo", server.mediaPort());

            assertThat(watch(publisher, viewer)).isGreaterThan(REPAIRED_SHARE);
            assertThat(network.lostToClient()).isPositive();
            assertThat(network.lostToServer()).isPositive();
            assertThat(retransmitted("in")).isGreaterThan(network.lostToServer() / 5.0);
        }
    }

    @Test
    void aViewerDecodesOnWhenHisNetworkAndThePublishersLose() throws Exception {
        try (var publishers = new LossyUdpProxy(server.mediaPort(), LOSS_RATE, 3);
                var viewers = new LossyUdpProxy(server.mediaPort(), LOSS_RATE, 4)) {
            Peer publisher = peers.publisher();
            Peer viewer = peers.viewer();
            connect(publisher, "/whip/demo", publishers.port());
            connect(viewer, "/whep/demo", viewers.port());

            assertThat(watch(publisher, viewer)).isGreaterThan(REPAIRED_SHARE);
            assertThat(retransmitted("in")).isGreaterThan(publishers.lostToServer() / 5.0);
            assertThat(retransmitted("out")).isGreaterThan(viewers.lostToClient() / 5.0);
        }
    }

    @Test
    void wherePeersHaveNoUdpTheMediaGoesByTcp() throws Exception {
        Peer publisher = peers.publisher();
        Peer viewer = peers.viewer();
        connectByTcp(publisher, "/whip/demo");
        connectByTcp(viewer, "/whep/demo");

        assertThat(watch(publisher, viewer)).isGreaterThan(UNDISTURBED_SHARE);
        assertThat(signalling.metric("sluice_tcp_connections")).isGreaterThanOrEqualTo(2);
        assertThat(signalling.metric("sluice_rtp_packets_total{direction=\"out\"}"))
                .isGreaterThan(WATCHED_FRAMES);
    }

    /** Signals, and hides the server's UDP candidates from the peer. */
    private void connectByTcp(Peer peer, String path) throws Exception {
        String answer = signalling.offer(path, peer.offer());
        assertThat(answer).containsPattern("a=candidate:\\d+ 1 udp ");
        String tcpOnly = answer.replaceAll("a=candidate:\\S+ 1 udp [^\r\n]*\r\n", "");
        assertThat(tcpOnly).contains(" typ host tcptype passive").doesNotContain(" udp ");
        peer.connect(tcpOnly);
    }

    /** Signals, and sends the media through another port than the answer names. */
    private void connect(Peer peer, String path, int mediaPort) throws Exception {
        String answer = signalling.offer(path, peer.offer());
        String candidate = " %d typ host".formatted(server.mediaPort());
        assertThat(answer).contains(candidate);
        peer.connect(answer.replace(candidate, " %d typ host".formatted(mediaPort)));
    }

    /**
     * From the first picture on, the share of the frames sent that the viewer decodes while {@link
     * #WATCHED_FRAMES} go.
     */
    private static double watch(Peer publisher, Peer viewer) throws Exception {
        long decodedBefore =
                Eventually.await(
                        "the viewer decodes a frame",
                        FIRST_PICTURE_LIMIT,
                        viewer::framesDecoded,
                        frames -> frames > 0);
        long sentBefore = publisher.framesSent();
        long sent =
                Eventually.await(
                        "the publisher sends " + WATCHED_FRAMES + " frames",
                        WATCHED_LIMIT,
                        () -> publisher.framesSent() - sentBefore,
                        frames -> frames >= WATCHED_FRAMES);
        return (double) (viewer.framesDecoded() - decodedBefore) / sent;
    }

    private double retransmitted(String direction) throws Exception {
        return signalling.metric(
                "sluice_rtp_retransmitted_packets_total{direction=\"%s\"}".formatted(direction));
    }
}
