package dev.sluice.server.network;

import dev.onvoid.webrtc.RTCStatsType;
import dev.sluice.server.app.MediaServer;
import dev.sluice.server.browser.Browsers;
import dev.sluice.server.config.ConfigLoader;
import dev.sluice.server.libwebrtc.Eventually;
import dev.sluice.server.libwebrtc.LinkConditions;
import dev.sluice.server.libwebrtc.LossyUdpProxy;
import dev.sluice.server.libwebrtc.Peer;
import dev.sluice.server.libwebrtc.Peers;
import dev.sluice.server.libwebrtc.SignallingClient;
import dev.sluice.server.network.FrameLog.Frame;
import dev.sluice.server.network.ScreenPage.Inbound;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Viewers whose network loses 5 % each way with a round trip of 60 ms: libwebrtc decodes video of
 * 720p, Chromium plays Opus.
 */
final class LossyViewer {

    private static final String CONFIGURATION =
            """
            http: {listen: 127.0.0.1, port: 0}
            media: {listen: ["127.0.0.1"], port: 0}
            auth: {open: loopback}
            """;

    private static final LinkConditions LINK =
            LinkConditions.OPEN.losing(0.05).delayedBy(Duration.ofMillis(30));

    private static final int WIDTH = 1280;
    private static final int HEIGHT = 720;
    private static final int FRAMES_PER_SECOND = 25;
    private static final Duration WARM_UP = Duration.ofSeconds(10);
    private static final Duration FIRST_PICTURE_LIMIT = Duration.ofSeconds(30);
    private static final double MAX_GAP_MILLIS = 200;
    private static final double MAX_CONCEALED_PERCENT = 1;
    private static final List<String> TOLD =
            List.of(
                    "freezeCount",
                    "totalFreezesDuration",
                    "nackCount",
                    "pliCount",
                    "packetsLost",
                    "retransmittedPacketsReceived",
                    "fecPacketsReceived",
                    "keyFramesDecoded",
                    "bytesReceived");

    private static final double PERCENT = 100;

    private final Report report;
    private final Duration watched;
    private final long seed;

    LossyViewer(Report report, Duration watched, long seed) {
        this.report = report;
        this.watched = watched;
        this.seed = seed;
    }

    private static MediaServer server() throws Exception {
        return new MediaServer(ConfigLoader.parse("proof", CONFIGURATION, Map.of()));
    }

    /** 720p to libwebrtc. */
    void watchVideo() throws Exception {
        try (MediaServer server = server();
                Peers peers = new Peers(WIDTH, HEIGHT, FRAMES_PER_SECOND);
                ServerStats stats = new ServerStats(server.httpPort());
                SignallingClient signalling = new SignallingClient(server.httpPort());
                LossyUdpProxy network = new LossyUdpProxy(server.mediaPort(), LINK, seed)) {
            Peer publisher = peers.publisher();
            Peer viewer = peers.protectedViewer();
            FrameLog shown = new FrameLog();
            viewer.show(frame -> shown.add(new Frame(Clock.nowMillis(), frame.buffer.getHeight())));
            publisher.connect(signalling.offer("/whip/demo", publisher.offer()));
            String answer = signalling.offer("/whep/demo", viewer.offer());
            viewer.connect(new Detour(network, server.mediaPort()).of(answer));
            Eventually.await(
                    "the viewer sees a picture", FIRST_PICTURE_LIMIT, shown::count, n -> n > 0);
            String session = stats.viewers().getFirst();
            Clock.pass(WARM_UP, () -> trace(shown, stats.of(session)));

            double fromMillis = Clock.nowMillis();
            long sentBefore = publisher.framesSent();
            Clock.pass(watched, () -> trace(shown, stats.of(session)));
            double toMillis = Clock.nowMillis();
            double sent = publisher.framesSent() - sentBefore;

            report.add(
                    Bar.atMost(
                            "720p behind 5 % loss: freezes over 200 ms",
                            shown.gapsOver(MAX_GAP_MILLIS, fromMillis, toMillis), 0, ""));
            report.note(
                    "longest gap %.0f ms in %d s; %.1f of %.1f pictures/s; heights %s",
                    shown.longestGapMillis(fromMillis, toMillis),
                    watched.toSeconds(),
                    shown.rate(fromMillis, toMillis),
                    sent / watched.toSeconds(),
                    shown.heights(fromMillis, toMillis));
            report.note(
                    "lost %d to the viewer, %d to the server; libwebrtc: %s",
                    network.lostToClient(),
                    network.lostToServer(),
                    viewer.figures(RTCStatsType.INBOUND_RTP, TOLD));
        }
    }

    private static void trace(FrameLog shown, String stats) {
        double nowMillis = Clock.nowMillis();
        System.err.printf(
                "video %4.1f/s, longest gap of the last second %4.0f ms  %s%n",
                shown.rate(nowMillis - 1_000, nowMillis),
                shown.longestGapMillis(nowMillis - 1_000, nowMillis),
                stats);
    }

    /** Opus to Chromium. */
    void listen() throws Exception {
        try (MediaServer server = server();
                Browsers browsers = new Browsers();
                LossyUdpProxy network = new LossyUdpProxy(server.mediaPort(), LINK, seed)) {
            String base = "http://127.0.0.1:" + server.httpPort();
            CameraPage.publish(browsers, base, "&height=360");
            ScreenPage viewer = new Detour(network, server.mediaPort()).watch(browsers, base);
            Clock.pass(WARM_UP, () -> {});

            Inbound before = viewer.inbound();
            Clock.pass(watched, viewer::shown);
            Inbound after = viewer.inbound();

            double samples = after.since(before, "totalSamplesReceived");
            report.add(
                    Bar.atMost(
                            "Opus behind 5 % loss: share of samples concealed",
                            PERCENT * after.since(before, "concealedSamples") / samples,
                            MAX_CONCEALED_PERCENT,
                            "%"));
            report.note("%.0f s of sound, %s", samples / 48_000, after.figures());
        }
    }
}
