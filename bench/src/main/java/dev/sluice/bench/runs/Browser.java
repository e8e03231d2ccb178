package dev.sluice.bench.runs;

import dev.sluice.bench.process.BenchException;
import dev.sluice.bench.process.Child;
import dev.sluice.bench.process.Cores;
import dev.sluice.bench.process.Workplace;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A browser without a window, with a page that publishes by itself and a profile of its own.
 *
 * @param flags before the folder of the profile
 * @param preferences Firefox's {@code user.js}; empty for Chromium
 */
record Browser(
        String name,
        String program,
        List<String> codecs,
        List<String> flags,
        String profileFlag,
        String preferences)
        implements Client {

    static final Browser CHROMIUM =
            new Browser(
                    "Chromium",
                    "chromium",
                    List.of("VP8", "H264", "VP9", "AV1"),
                    List.of(
                            "--headless=new",
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-quic",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync"),
                    "--user-data-dir=",
                    "");

    static final Browser FIREFOX =
            new Browser(
                    "Firefox",
                    "firefox-esr",
                    List.of("VP8", "H264", "VP9", "AV1"),
                    List.of("--headless", "--no-remote", "--profile"),
                    "",
                    """
                    user_pref("app.update.enabled", false);
                    user_pref("browser.shell.checkDefaultBrowser", false);
                    user_pref("datareporting.policy.dataSubmissionEnabled", false);
                    user_pref("media.gmp-manager.updateEnabled", false);
                    user_pref("media.peerconnection.ice.obfuscate_host_addresses", false);
                    user_pref("toolkit.telemetry.reportingpolicy.firstRun", false);
                    """);

    @Override
    public Optional<String> missing(Workplace place) {
        return Cores.isOnPath(program)
                ? Optional.empty()
                : Optional.of("apt-get install " + program);
    }

    @Override
    public List<String> versionCommand(Workplace place) {
        return List.of(program, "--version");
    }

    @Override
    public Child start(Workplace place, String reports, String whip, Wish wish) {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(flags);
        String profile = profile(place).toString();
        if (profileFlag.isEmpty()) {
            command.add(profile);
        } else {
            command.add(profileFlag + profile);
        }
        command.add(page(reports, whip, wish));
        return Child.start(command, Map.of(), place.emptyFile(program + ".log"));
    }

    static String page(String reports, String whip, Wish wish) {
        return reports
                + "/publish.html?codec=%s&kbps=%d&whip=%s"
                        .formatted(
                                wish.codec(),
                                wish.kbps(),
                                URLEncoder.encode(whip, StandardCharsets.UTF_8));
    }

    private Path profile(Workplace place) {
        try {
            Path profile = Files.createTempDirectory(place.folder(), program);
            if (!preferences.isEmpty()) {
                Files.writeString(profile.resolve("user.js"), preferences);
            }
            return profile;
        } catch (IOException e) {
            throw new BenchException("Cannot write a profile for " + name + ": " + e, e);
        }
    }
}
