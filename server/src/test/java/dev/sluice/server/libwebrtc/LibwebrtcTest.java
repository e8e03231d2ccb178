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

    /** Ten seconds of the camera's frames, or more time on a busy machine. */
    private static final int WATCHED_FRAMES = 10 * MovingPicture.FRAMES_PER_SECOND;

    /** For {@link #WATCHED_FRAMES}: a machine that makes a third of the frames is let pass. */
    private static final Duration WATCHED_LIMIT = Duration.ofSeconds(30);

    /** An unrepaired loss stops the picture until the next key frame: most frames of a second. */
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
        awaitFrames(viewer, 1, FIRST_PICTURE_LIMIT);

        assertThat(watch(publisher, viewer)).isGreaterThan(0.8);
        assertThat(viewer.statistic(RTCStatsType.CODEC, "mimeType")).isEqualTo("video/VP8");
        assertThat(viewer.count(RTCStatsType.INBOUND_RTP, "frameWidth"))
                .isEqualTo(MovingPicture.WIDTH);
        assertThat(publisher.statistic(RTCStatsType.TRANSPORT, "srtpCipher"))
                .isEqualTo("AEAD_AES_128_GCM");
        assertThat(viewer.statistic(RTCStatsType.TRANSPORT, "srtpCipher"))
                .isEqualTo("AEAD_AES_128_GCM");
    }

    @Test
    void aViewerBehindALossyNetworkDecodesOn() throws Exception {
        try (var network = new LossyUdpProxy(server.mediaPort(), LOSS_RATE, 1)) {
            Peer publisher = peers.publisher();
            Peer viewer = peers.viewer();
            connect(publisher, "/whip/demo", server.mediaPort());
            connect(viewer, "/whep/demo", network.port());
            awaitFrames(viewer, 1, FIRST_PICTURE_LIMIT);

            assertThat(watch(publisher, viewer)).isGreaterThan(REPAIRED_SHARE);
            assertThat(watch(publisher, viewer)).isGreaterThan(REPAIRED_SHARE);
            System.err.println("T2 lost " + network.lostToClient() + " " + network.lostToServer());
            assertThat(network.lostToClient()).isPositive();
            assertThat(repaired("out")).isPositive();
        }
    }

    @Test
    void aPublisherBehindALossyNetworkIsWatchedOn() throws Exception {
        try (var network = new LossyUdpProxy(server.mediaPort(), LOSS_RATE, 2)) {
            Peer publisher = peers.publisher();
            Peer viewer = peers.viewer();
            connect(publisher, "/whip/demo", network.port());
            connect(viewer, "/whep/demo", server.mediaPort());
            awaitFrames(viewer, 1, FIRST_PICTURE_LIMIT);

            assertThat(watch(publisher, viewer)).isGreaterThan(REPAIRED_SHARE);
            assertThat(watch(publisher, viewer)).isGreaterThan(REPAIRED_SHARE);
            System.err.println("T3 lost " + network.lostToClient() + " " + network.lostToServer());
            assertThat(network.lostToServer()).isPositive();
            assertThat(repaired("in")).isPositive();
        }
    }

    private void connect(Peer peer, String path, int mediaPort) throws Exception {
        SignallingClient.Answer answer = signalling.offer(path, peer.offer());
        String mine = " %d typ host".formatted(server.mediaPort());
        assertThat(answer.sdp()).contains(mine);
        peer.connect(answer.sdp().replace(mine, " %d typ host".formatted(mediaPort)));
    }

    private static void awaitFrames(Peer viewer, long frames, Duration limit) throws Exception {
        Eventually.await(
                "the viewer decodes " + frames + " frames",
                limit,
                viewer::framesDecoded,
                decoded -> decoded >= frames);
    }

    /** The share of the frames sent that the viewer decodes while {@link #WATCHED_FRAMES} go. */
    private static double watch(Peer publisher, Peer viewer) throws Exception {
        long sentBefore = publisher.framesSent();
        long decodedBefore = viewer.framesDecoded();
        long sent =
                Eventually.await(
                        "the publisher sends " + WATCHED_FRAMES + " frames",
                        WATCHED_LIMIT,
                        () -> publisher.framesSent() - sentBefore,
                        frames -> frames >= WATCHED_FRAMES);
        double r = (double) (viewer.framesDecoded() - decodedBefore) / sent;
        System.err.println("watched " + r + " sent " + sent);
        return r;
    }

    private double repaired(String direction) throws Exception {
        double m =
                signalling.metric(
                        "sluice_rtp_retransmitted_packets_total{direction=\"%s\"}"
                                .formatted(direction));
        System.err.println("retransmitted " + direction + m);
        return m;
    }
}
