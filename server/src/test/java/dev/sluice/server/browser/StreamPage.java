package dev.sluice.server.browser;

import com.microsoft.playwright.Page;

/** Sluice's page in a browser, read through its {@code window.sluice}. */
public final class StreamPage implements AutoCloseable {

    /** Five software encoders and decoders on two cores are slow to start. */
    private static final double PATIENCE_MILLIS = 40_000;

    private final Page page;

    public StreamPage(Page page) {
        this.page = page;
    }

    public StreamPage awaitLive() {
        await("() => window.sluice.state === 'live'");
        return this;
    }

    /** Waits until that many more pictures have been decoded than when it was called. */
    public void awaitFrames(int frames) {
        await("() => window.sluice.stats?.video?.frames > 0");
        await(
                "() => window.sluice.stats?.video?.frames > "
                        + (number("stats.video.frames") + frames));
    }

    public void awaitAtLeast(String path, double bound) {
        await("() => window.sluice.%s > %s".formatted(path.replace(".", "?."), bound));
    }

    /** Waits until the session is over, whether the page then waits for a new one or not. */
    void awaitGone() {
        await("() => window.sluice.state !== 'live'");
    }

    public String text(String path) {
        return String.valueOf(page.evaluate("() => window.sluice." + path.replace(".", "?.")));
    }

    public double number(String path) {
        return Double.parseDouble(text(path));
    }

    void stop() {
        page.click("#stop");
        await("() => window.sluice.state === 'ended'");
    }

    private void await(String condition) {
        page.waitForFunction(
                condition, null, new Page.WaitForFunctionOptions().setTimeout(PATIENCE_MILLIS));
    }

    @Override
    public void close() {
        page.context().close();
    }
}
