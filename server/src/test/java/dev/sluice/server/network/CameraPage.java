package dev.sluice.server.network;

import com.microsoft.playwright.Page;

import dev.sluice.server.browser.Browsers;
import dev.sluice.server.browser.StreamPage;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A page that publishes the test picture, and tells what it sends of each simulcast layer. */
final class CameraPage implements AutoCloseable {

    private static final String OUTBOUND =
            """
            async () => [...(await window.sluice.pc.getStats()).values()]
              .filter((it) => it.type === 'outbound-rtp' && it.kind === 'video')
              .map((it) => [it.frameHeight ?? 0, it.bytesSent + it.headerBytesSent, it.framesEncoded ?? 0,
                            it.framesPerSecond ?? 0, it.qualityLimitationReason])
            """;

    private static final String ESTIMATE =
            """
            async () => [...(await window.sluice.pc.getStats()).values()]
              .find((it) => it.type === 'candidate-pair' && it.nominated)?.availableOutgoingBitrate ?? 0
            """;

    /** The size of the picture belongs to the proof; fewer frames do no harm. */
    private static final String KEEP_THE_SIZE =
            """
            async () => {
              for (const sender of window.sluice.pc.getSenders()) {
                if (sender.track?.kind !== 'video') continue;
                const parameters = sender.getParameters();
                parameters.degradationPreference = 'maintain-resolution';
                await sender.setParameters(parameters);
              }
            }
            """;

    /**
     * What is sent of one layer.
     *
     * @param bytes with RTP headers
     * @param limitedBy the browser's reason for sending less than it might
     */
    record Layer(
            int height, double bytes, double frames, double framesPerSecond, String limitedBy) {}

    private final Page page;
    private final StreamPage stream;

    private CameraPage(Page page) {
        this.page = page;
        this.stream = new StreamPage(page);
    }

    /** Publishes in the format that the browser likes best, and waits until it is connected. */
    static CameraPage publish(Browsers browsers, String base, String settings) {
        Page page = browsers.newPage();
        page.navigate(base + "/?publish=demo&source=test" + settings);
        page.click("#start");
        CameraPage camera = new CameraPage(page);
        camera.stream.awaitLive();
        page.evaluate(KEEP_THE_SIZE);
        return camera;
    }

    /** By height, which tells the layers apart; only those that are sent. */
    Map<Integer, Layer> layers() {
        Map<Integer, Layer> layers = new LinkedHashMap<>();
        for (Object entry : (List<?>) page.evaluate(OUTBOUND)) {
            Layer layer = layerOf((List<?>) entry);
            if (layer.height > 0) {
                layers.put(layer.height, layer);
            }
        }
        return layers;
    }

    /** What the browser thinks that its network carries, in bit/s. */
    double estimateBps() {
        return ((Number) page.evaluate(ESTIMATE)).doubleValue();
    }

    private static Layer layerOf(List<?> row) {
        return new Layer(
                ((Number) row.get(0)).intValue(),
                ((Number) row.get(1)).doubleValue(),
                ((Number) row.get(2)).doubleValue(),
                ((Number) row.get(3)).doubleValue(),
                String.valueOf(row.get(4)));
    }

    @Override
    public void close() {
        stream.close();
    }
}
