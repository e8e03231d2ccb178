package dev.sluice.server.libwebrtc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.server.app.MediaServer;
import dev.sluice.server.config.ConfigLoader;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Real peers of a server with several media loops; the kernel says which of them each reaches. */
@Timeout(240)
class SeveralLoopsTest {

    private static final String CONFIGURATION =
            """
            http:
              listen: 127.0.0.1
              port: 0
            media:
              listen: ["127.0.0.1"]
              port: 0
              loops: 2
            auth:
              open: loopback
            """;

    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** That so many all reach the loop of their publisher happens once in a million times. */
    private static final int MAX_VIEWERS = 20;

    private static final int FEW_VIEWERS = 4;
    private static final int FRAMES = 3 * MovingPicture.FRAMES_PER_SECOND;

    @Test
    void viewersDecodeWhateverLoopTheyReach() throws Exception {
        try (var server = new MediaServer(ConfigLoader.parse("test", CONFIGURATION, Map.of()));
                var signalling = new SignallingClient(server.httpPort());
                var peers = new Peers()) {
            Peer publisher = peers.publisher();
            publisher.connect(signalling.offer("/whip/demo", publisher.offer()));
            List<Peer> viewers = new ArrayList<>();
            while (viewers.size() < FEW_VIEWERS || mirrored(signalling) == 0) {
                assertThat(viewers).hasSizeLessThan(MAX_VIEWERS);
                Peer viewer = peers.viewer();
                viewers.add(viewer);
                viewer.connect(signalling.offer("/whep/demo", viewer.offer()));
                awaitFrames(viewer, 1);
            }
            for (Peer viewer : viewers) {
                awaitFrames(viewer, viewer.framesDecoded() + FRAMES);
            }
            assertThat(signalling.metric("sluice_streams")).isEqualTo(1);
            assertThat(dropped(signalling, "mirror_full")).isZero();
            assertThat(dropped(signalling, "handover_full")).isZero();
        }
    }

    private static void awaitFrames(Peer viewer, long frames) throws Exception {
        var _ =
                Eventually.await(
                        "the viewer has decoded %d frames".formatted(frames),
                        LIMIT,
                        viewer::framesDecoded,
                        decoded -> decoded >= frames);
    }

    private static double mirrored(SignallingClient signalling) throws Exception {
        return signalling.metric("sluice_rtp_mirrored_packets_total");
    }

    private static double dropped(SignallingClient signalling, String reason) throws Exception {
        return signalling.metric("sluice_datagrams_dropped_total{reason=\"%s\"}".formatted(reason));
    }
}
