package dev.sluice.server.network;

import dev.sluice.server.app.MediaServer;
import dev.sluice.server.browser.Browsers;
import dev.sluice.server.config.ConfigLoader;
import dev.sluice.server.libwebrtc.Eventually;
import dev.sluice.server.network.CameraPage.Layer;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/**
 * Chromium publishes three layers; the network of one viewer becomes narrow and wide again, while
 * that of another one stays wide. The kernel bounds the rate, behind a network namespace.
 */
final class NarrowedViewer {

    private static final String CONFIGURATION =
            """
            http: {listen: 0.0.0.0, port: 0}
            media: {port: 0}
            auth: {open: loopback}
            """;

    private static final int LAYERS = 3;
    private static final Duration QUEUE = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration NARROW = Duration.ofSeconds(30);
    private static final Duration SETTLED = Duration.ofSeconds(10);
    private static final Duration WIDE_AGAIN = Duration.ofSeconds(15);

    /** A layer that needs more of the limit than this is no layer for it. */
    private static final double USABLE_SHARE = 0.9;

    private static final double MAX_GAP_DOWN_MILLIS = 1_000;
    private static final double MAX_UP_SECONDS = 8;
    private static final double SETTLED_SHARE = 0.95;
    private static final int BITS_PER_KBIT = 1_000;
    private static final double MILLIS = 1_000;

    private final Report report;
    private final long limitBps;
    private final int height;

    /**
     * @param limitBps of the narrow network
     * @param height of the picture that is published, in pixels
     */
    NarrowedViewer(Report report, long limitBps, int height) {
        this.report = report;
        this.limitBps = limitBps;
        this.height = height;
    }

    void run() throws Exception {
        Namespace.deleteLeftovers();
        try (Namespace network = new Namespace(0);
                MediaServer server =
                        new MediaServer(ConfigLoader.parse("proof", CONFIGURATION, Map.of()));
                ServerStats stats = new ServerStats(server.httpPort());
                Browsers here = new Browsers();
                Browsers there = new Browsers(network.launcher(Browsers.CHROMIUM))) {
            String port = ":" + server.httpPort();
            CameraPage camera =
                    CameraPage.publish(
                            here, "http://127.0.0.1" + port, "&simulcast=1&height=" + height);
            double publishedMillis = Clock.nowMillis();
            await("the publisher sends three layers", () -> sendsAll(camera));
            report.note(
                    "the publisher sends three layers after %.1f s",
                    (Clock.nowMillis() - publishedMillis) / MILLIS);
            ScreenPage wide = ScreenPage.watch(here, "http://127.0.0.1" + port);
            String other = stats.viewers().getFirst();
            ScreenPage narrow = ScreenPage.watch(there, "http://" + network.serverAddress() + port);
            String session =
                    stats.viewers().stream()
                            .filter(id -> !id.equals(other))
                            .findFirst()
                            .orElseThrow();
            new Course(network, camera, wide, narrow, () -> stats.of(session)).run();
        }
    }

    private static boolean sendsAll(CameraPage camera) {
        Map<Integer, Layer> layers = camera.layers();
        System.err.printf(
                "publisher: estimate %.0f kbit/s, layers %s%n",
                camera.estimateBps() / BITS_PER_KBIT, layers.keySet());
        return layers.size() == LAYERS;
    }

    private static void await(String what, Callable<Boolean> condition) throws Exception {
        Eventually.await(what, PATIENCE, condition, isTrue -> isTrue);
    }

    /** The phases with all that takes part in them. */
    private final class Course {

        private final Namespace network;
        private final CameraPage camera;
        private final ScreenPage wide;
        private final ScreenPage narrow;
        private final Supplier<String> stats;
        private double beganMillis;
        private double tracedMillis;

        Course(
                Namespace network,
                CameraPage camera,
                ScreenPage wide,
                ScreenPage narrow,
                Supplier<String> stats) {
            this.stats = stats;
            this.network = network;
            this.camera = camera;
            this.wide = wide;
            this.narrow = narrow;
        }

        void run() throws Exception {
            beganMillis = Clock.nowMillis();
            await("both viewers get the top layer", () -> hasTop(wide) && hasTop(narrow));
            report.note(
                    "both viewers get the top layer after %.1f s",
                    (Clock.nowMillis() - beganMillis) / MILLIS);
            Clock.pass(SETTLED, this::trace);

            beganMillis = Clock.nowMillis();
            network.limit(limitBps, QUEUE);
            Clock.pass(NARROW.minus(SETTLED), this::trace);
            double settledMillis = Clock.nowMillis();
            Map<Integer, Layer> before = camera.layers();
            Clock.pass(SETTLED, this::trace);
            Map<Integer, Layer> after = camera.layers();
            report.note("the limit: %s", network.counts());
            network.unlimited();
            double liftedMillis = Clock.nowMillis();
            Clock.pass(WIDE_AGAIN, this::trace);
            double endMillis = Clock.nowMillis();

            int right = rightHeight(before, after, (liftedMillis - settledMillis) / MILLIS);
            FrameLog seen = narrow.shown();
            report.add(
                    Bar.atLeast(
                            "narrow viewer: share of time with the right layer, settled",
                            seen.shareOf(right, settledMillis, liftedMillis),
                            SETTLED_SHARE,
                            ""));
            report.add(
                    Bar.atMost(
                            "narrow viewer: longest gap on the way down",
                            seen.longestGapMillis(beganMillis, liftedMillis),
                            MAX_GAP_DOWN_MILLIS,
                            "ms"));
            report.add(
                    Bar.atMost(
                            "narrow viewer: top layer again after the limit is lifted",
                            (seen.firstOf(height, liftedMillis).orElse(Double.NaN) - liftedMillis)
                                    / MILLIS,
                            MAX_UP_SECONDS,
                            "s"));
            report.add(
                    Bar.atLeast(
                            "wide viewer: share of time with the top layer",
                            wide.shown().shareOf(height, beganMillis, endMillis),
                            1,
                            ""));
            report.note(
                    "narrow viewer: %.1f pictures/s settled, heights %s; wide viewer: longest gap"
                        + " %.0f ms",
                    seen.rate(settledMillis, liftedMillis),
                    seen.heights(settledMillis, liftedMillis),
                    wide.shown().longestGapMillis(beganMillis, endMillis));
            report.note("narrow viewer: %s", narrow.inbound().figures());
        }

        private boolean hasTop(ScreenPage viewer) {
            trace();
            double nowMillis = Clock.nowMillis();
            return viewer.shown().heights(nowMillis - MILLIS, nowMillis).equals(Set.of(height));
        }

        private int rightHeight(
                Map<Integer, Layer> before, Map<Integer, Layer> after, double seconds) {
            int right = 0;
            for (Layer layer : after.values()) {
                Layer earlier = before.get(layer.height());
                double bytes = layer.bytes() - (earlier == null ? 0 : earlier.bytes());
                double bps = bytes * Byte.SIZE / seconds;
                report.note(
                        "layer of %d: %.0f kbit/s, %.0f pictures/s, limited by %s",
                        layer.height(),
                        bps / BITS_PER_KBIT,
                        layer.framesPerSecond(),
                        layer.limitedBy());
                if (bps < USABLE_SHARE * limitBps && layer.height() > right) {
                    right = layer.height();
                }
            }
            return right;
        }

        /** At most once a second. */
        private void trace() {
            double nowMillis = Clock.nowMillis();
            if (nowMillis - tracedMillis < MILLIS) {
                return;
            }
            tracedMillis = nowMillis;
            System.err.printf(
                    "%6.1f s  narrow %s %4.1f/s  wide %s %4.1f/s  %s%n",
                    (nowMillis - beganMillis) / MILLIS,
                    narrow.shown().heights(nowMillis - MILLIS, nowMillis),
                    narrow.shown().rate(nowMillis - MILLIS, nowMillis),
                    wide.shown().heights(nowMillis - MILLIS, nowMillis),
                    wide.shown().rate(nowMillis - MILLIS, nowMillis),
                    stats.get());
        }
    }
}
