package dev.sluice.server.network;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;

/** Measures what real viewers see behind bad networks, against the bars that Sluice is held to. */
@Command(
        name = "bin/viewer-network",
        mixinStandardHelpOptions = true,
        description = {
            "Lets Chromium and libwebrtc watch a server behind bad networks.",
            "Exits with 1 when a bar is missed, and names it. The rate limit needs root, iproute2"
                + " and Chromium."
        })
public final class ViewerNetworkCommand implements Callable<Integer> {

    @Option(names = "--limit", description = "Only the viewer whose rate is limited for a while.")
    private boolean isLimitOnly;

    @Option(names = "--loss", description = "Only the viewers behind 5 %% loss: video, then sound.")
    private boolean isLossOnly;

    @Option(names = "--video", description = "Of --loss, only the video.")
    private boolean isVideoOnly;

    @Option(names = "--audio", description = "Of --loss, only the sound.")
    private boolean isAudioOnly;

    @Option(names = "--kbps", description = "The limit, in kbit/s. Default: ${DEFAULT-VALUE}")
    private int kbps = 800;

    @Option(
            names = "--height",
            description =
                    "Of the largest simulcast layer: 720, 540 or 360. Default: ${DEFAULT-VALUE}")
    private int height = 720;

    @Option(
            names = "--seconds",
            description = "How long the viewers behind loss are watched. Default: ${DEFAULT-VALUE}")
    private int seconds = 60;

    @Option(names = "--seed", description = "Of the loss. Default: ${DEFAULT-VALUE}")
    private long seed = 1;

    @Option(names = "--json", paramLabel = "FILE", description = "Where the figures go as JSON.")
    private Path json = Path.of("");

    /** The entry of bin/viewer-network. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new ViewerNetworkCommand()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        Report report = new Report(System.out);
        boolean isAll = !isLimitOnly && !isLossOnly && !isVideoOnly && !isAudioOnly;
        if (isAll || isLimitOnly) {
            new NarrowedViewer(report, kbps * 1_000L, height).run();
        }
        LossyViewer lossy = new LossyViewer(report, Duration.ofSeconds(seconds), seed);
        if (isAll || isLossOnly || isVideoOnly) {
            lossy.watchVideo();
        }
        if (isAll || isLossOnly || isAudioOnly) {
            lossy.listen();
        }
        if (!json.toString().isEmpty()) {
            report.write(json);
        }
        List<String> missed = report.missed();
        missed.forEach(name -> System.err.println("Missed: " + name));
        return missed.isEmpty() ? 0 : 1;
    }
}
