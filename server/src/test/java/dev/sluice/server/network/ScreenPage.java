package dev.sluice.server.network;

import com.microsoft.playwright.Page;

import dev.sluice.server.browser.Browsers;
import dev.sluice.server.browser.StreamPage;
import dev.sluice.server.network.FrameLog.Frame;

import java.util.List;
import java.util.Map;

/** A page that watches, and notes each picture that the browser puts on the screen. */
final class ScreenPage implements AutoCloseable {

    private static final String NOTE_PICTURES =
            """
            () => {
              const video = document.getElementById('video');
              window.shownFrames = [];
              const note = (nowMs, { height }) => {
                window.shownFrames.push([performance.timeOrigin + nowMs, height]);
                video.requestVideoFrameCallback(note);
              };
              video.requestVideoFrameCallback(note);
            }
            """;

    private static final String INBOUND =
            """
            async () => {
              const report = [...(await window.sluice.pc.getStats()).values()];
              const of = (kind) => report.find((it) => it.type === 'inbound-rtp' && it.kind === kind) ?? {};
              const video = of('video'), audio = of('audio');
              return {
                frameHeight: video.frameHeight ?? 0,
                framesPerSecond: video.framesPerSecond ?? 0,
                framesDecoded: video.framesDecoded ?? 0,
                keyFramesDecoded: video.keyFramesDecoded ?? 0,
                freezeCount: video.freezeCount ?? 0,
                totalFreezesDuration: video.totalFreezesDuration ?? 0,
                videoBytes: video.bytesReceived ?? 0,
                videoLost: video.packetsLost ?? 0,
                videoNacks: video.nackCount ?? 0,
                videoPlis: video.pliCount ?? 0,
                videoRepaired: video.retransmittedPacketsReceived ?? 0,
                audioBytes: audio.bytesReceived ?? 0,
                audioLost: audio.packetsLost ?? 0,
                concealedSamples: audio.concealedSamples ?? 0,
                silentConcealedSamples: audio.silentConcealedSamples ?? 0,
                totalSamplesReceived: audio.totalSamplesReceived ?? 0,
                fecPacketsReceived: audio.fecPacketsReceived ?? 0,
              };
            }
            """;

    private final FrameLog shown = new FrameLog();
    private final Page page;
    private final StreamPage stream;

    private ScreenPage(Page page) {
        this.page = page;
        this.stream = new StreamPage(page);
    }

    /**
     * Opens the page and waits until it is connected.
     *
     * @param base the address of the server, as the browser reaches it
     */
    static ScreenPage watch(Browsers browsers, String base) {
        return watch(browsers, base, "");
    }

    /**
     * The same with wishes.
     *
     * @param wishes further parameters of the page, each with its {@code &}
     */
    static ScreenPage watch(Browsers browsers, String base, String wishes) {
        return open(browsers.newPage(), base, wishes);
    }

    /** The same in a tab whose requests something else looks at. */
    static ScreenPage open(Page page, String base) {
        return open(page, base, "");
    }

    private static ScreenPage open(Page page, String base, String wishes) {
        page.navigate(base + "/?watch=demo" + wishes);
        ScreenPage screen = new ScreenPage(page);
        screen.stream.awaitLive();
        page.evaluate(NOTE_PICTURES);
        return screen;
    }

    /** All pictures shown until now. */
    FrameLog shown() {
        List<?> fresh = (List<?>) page.evaluate("() => window.shownFrames.splice(0)");
        for (Object entry : fresh) {
            List<?> pair = (List<?>) entry;
            double atMillis = ((Number) pair.get(0)).doubleValue();
            shown.add(new Frame(atMillis, ((Number) pair.get(1)).intValue()));
        }
        return shown;
    }

    /** What the browser counts of the streams that it receives. */
    Inbound inbound() {
        return new Inbound((Map<?, ?>) page.evaluate(INBOUND));
    }

    @Override
    public void close() {
        stream.close();
    }

    /** Statistics of the received streams by their WebRTC names; 0 where there is none. */
    record Inbound(Map<?, ?> figures) {

        double figure(String name) {
            Object figure = figures.get(name);
            if (figure instanceof Number number) {
                return number.doubleValue();
            }
            throw new IllegalArgumentException("no figure is named " + name + " in " + figures);
        }

        /** How much a count has grown since an earlier reading. */
        double since(Inbound earlier, String name) {
            return figure(name) - earlier.figure(name);
        }
    }
}
