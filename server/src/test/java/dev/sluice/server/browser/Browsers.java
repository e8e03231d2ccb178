package dev.sluice.server.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Debian's Chromium, headless, with a made-up camera and microphone. */
public final class Browsers implements AutoCloseable {

    public static final Path CHROMIUM = Path.of("/usr/bin/chromium");

    private static final List<String> FLAGS =
            List.of(
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--autoplay-policy=no-user-gesture-required",
                    "--use-fake-device-for-media-stream",
                    "--use-fake-ui-for-media-stream");

    private final Playwright playwright;
    private final Browser chromium;

    public Browsers() {
        this(CHROMIUM);
    }

    /** With another program than Chromium itself, which starts Chromium. */
    public Browsers(Path launcher) {
        playwright =
                Playwright.create(
                        new Playwright.CreateOptions()
                                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        chromium =
                playwright
                        .chromium()
                        .launch(
                                new BrowserType.LaunchOptions()
                                        .setExecutablePath(launcher)
                                        .setArgs(FLAGS)
                                        .setHeadless(true));
    }

    /** A tab in a browser profile of its own. */
    public Page newPage() {
        return chromium.newContext().newPage();
    }

    @Override
    public void close() {
        chromium.close();
        playwright.close();
    }
}
