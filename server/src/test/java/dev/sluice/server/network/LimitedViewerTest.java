package dev.sluice.server.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.server.app.MediaServer;
import dev.sluice.server.browser.Browsers;
import dev.sluice.server.config.ConfigLoader;
import dev.sluice.server.libwebrtc.Eventually;
import dev.sluice.server.libwebrtc.LinkConditions;
import dev.sluice.server.libwebrtc.LossyUdpProxy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Whether a browser's picture follows its network. How fast it does is measured by {@code
 * bin/viewer-network}: a busy machine is no place for that.
 */
@Timeout(300)
class LimitedViewerTest {

    private static final String CONFIGURATION =
            """
            http: {listen: 127.0.0.1, port: 0}
            media: {listen: ["127.0.0.1"], port: 0}
            auth: {open: loopback}
            """;

    private static final int TOP_HEIGHT = 360;
    private static final int LOW_HEIGHT = 180;

    /** Less than the largest layer needs, more than the next one does. */
    private static final LinkConditions NARROW =
            LinkConditions.OPEN.limitedTo(320_000, Duration.ofMillis(200));

    /** Software encoders and decoders beside a build have little time. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final double LATELY_MILLIS = 2_000;

    @Test
    void aBrowserGetsTheLayerThatItsNetworkCarriesAndAnotherOneKeepsTheTop() throws Exception {
        try (var server = new MediaServer(ConfigLoader.parse("test", CONFIGURATION, Map.of()));
                var network = new LossyUdpProxy(server.mediaPort(), LinkConditions.OPEN, 1);
                var browsers = new Browsers()) {
            String base = "http://127.0.0.1:" + server.httpPort();
            CameraPage.publish(browsers, base, "&codec=VP8&simulcast=1&height=" + TOP_HEIGHT);
            ScreenPage wide = ScreenPage.watch(browsers, base);
            ScreenPage narrow = new Detour(network, server.mediaPort()).watch(browsers, base);
            awaitTop(narrow);
            awaitTop(wide);

            network.towardClient(NARROW);
            awaitOnly(narrow, "smaller pictures", heights -> !heights.contains(TOP_HEIGHT));
            awaitTop(wide);

            network.towardClient(LinkConditions.OPEN);
            awaitTop(narrow);
        }
    }

    @Test
    void aPageThatAsksForSmallPicturesGetsNoLargerOnes() throws Exception {
        try (var server = new MediaServer(ConfigLoader.parse("test", CONFIGURATION, Map.of()));
                var browsers = new Browsers()) {
            String base = "http://127.0.0.1:" + server.httpPort();
            CameraPage.publish(browsers, base, "&codec=VP8&simulcast=1&height=" + TOP_HEIGHT);
            ScreenPage asking = ScreenPage.watch(browsers, base, "&maxHeight=" + LOW_HEIGHT);
            awaitTop(ScreenPage.watch(browsers, base));
            awaitOnly(asking, "small pictures", Set.of(LOW_HEIGHT)::equals);
            assertThat(asking.shown().heights(0, Double.MAX_VALUE)).containsOnly(LOW_HEIGHT);
        }
    }

    private static void awaitTop(ScreenPage viewer) throws Exception {
        awaitOnly(viewer, "the largest picture", Set.of(TOP_HEIGHT)::equals);
    }

    /** Waits until there were pictures lately, and all of them as wanted. */
    private static void awaitOnly(ScreenPage viewer, String what, Predicate<Set<Integer>> wanted)
            throws Exception {
        Eventually.await(
                "the viewer sees " + what + " only",
                PATIENCE,
                () -> lately(viewer),
                heights -> !heights.isEmpty() && wanted.test(heights));
    }

    private static Set<Integer> lately(ScreenPage viewer) {
        double nowMillis = Clock.nowMillis();
        return viewer.shown().heights(nowMillis - LATELY_MILLIS, nowMillis);
    }
}
