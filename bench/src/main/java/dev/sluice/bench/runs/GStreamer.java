package dev.sluice.bench.runs;

import dev.sluice.bench.process.BenchException;
import dev.sluice.bench.process.Child;
import dev.sluice.bench.process.Workplace;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** GStreamer's webrtcbin, with {@code bench/clients/gstreamer-whip.py} for WHIP. */
record GStreamer() implements Client {

    /** Debian's, which has the bindings that its packages bring. */
    private static final String PYTHON = "/usr/bin/python3";

    private static final long PATIENCE_SECONDS = 20;

    @Override
    public String name() {
        return "GStreamer";
    }

    @Override
    public List<String> codecs() {
        return List.of("VP8", "H264", "VP9", "AV1");
    }

    @Override
    public Optional<String> missing(Workplace place) {
        return Files.isExecutable(Path.of(PYTHON)) && runs(place)
                ? Optional.empty()
                : Optional.of(
                        "apt-get install python3-gi gir1.2-gst-plugins-bad-1.0 gstreamer1.0-nice"
                                + " gstreamer1.0-plugins-{base,good,bad,ugly}");
    }

    private boolean runs(Workplace place) {
        try (Child child =
                Child.start(versionCommand(place), Map.of(), place.emptyFile("gstreamer.log"))) {
            return child.await(PATIENCE_SECONDS) && child.await() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("Interrupted", e);
        }
    }

    @Override
    public List<String> versionCommand(Workplace place) {
        return command(place, "--version");
    }

    @Override
    public Child start(Workplace place, String reports, String whip, Wish wish) {
        List<String> command =
                command(
                        place,
                        whip,
                        reports + "/report",
                        wish.codec(),
                        Integer.toString(wish.kbps()));
        return Child.start(command, Map.of(), place.emptyFile("gstreamer.log"));
    }

    private static List<String> command(Workplace place, String... arguments) {
        Path script = place.root().resolve("bench/clients/gstreamer-whip.py");
        List<String> command = new ArrayList<>(List.of(PYTHON, script.toString()));
        command.addAll(List.of(arguments));
        return command;
    }
}
