package dev.sluice.load.app;

import static dev.sluice.load.app.OptionChecks.requireSeconds;
import static dev.sluice.load.app.OptionChecks.requireWithin;

import dev.sluice.media.rtp.Codec;
import dev.sluice.media.rtp.MediaKind;

import picocli.CommandLine.Option;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The options of {@code sluice load} that say what media publishers send. */
final class MediaOptions {

    private static final int MIN_RATE_KBPS = 30;
    private static final int MAX_RATE_KBPS = 100_000;
    private static final int MAX_BURST_MILLIS = 1000;
    private static final int MAX_FPS = 240;

    @Option(
            names = "--codec",
            paramLabel = "CODEC",
            split = ",",
            description = "vp8, h264, vp9 or av1, and opus. Default: vp8.")
    private List<String> codecs = new ArrayList<>(List.of("vp8"));

    @Option(
            names = "--rate",
            paramLabel = "KBPS",
            description = "Of each publisher's video. Default: ${DEFAULT-VALUE}.")
    private int rateKbps = 600;

    @Option(
            names = "--burst",
            paramLabel = "MS",
            description =
                    "What publishers' pacers, at 2.5 times the rate, would let go of within this"
                            + " time leaves at once, as in Chromium; 0 paces each packet. Default:"
                            + " ${DEFAULT-VALUE}.")
    private int burstMillis = 40;

    @Option(names = "--fps", paramLabel = "FPS", description = "Default: ${DEFAULT-VALUE}.")
    private int fps = 30;

    @Option(
            names = "--gop",
            paramLabel = "SECONDS",
            description =
                    "From one key frame to the next that nobody asked for. Default:"
                            + " ${DEFAULT-VALUE}.")
    private int gopSeconds = 10;

    /**
     * @throws IllegalArgumentException when a number is out of its bounds
     */
    void requireBounds() {
        requireWithin("--rate", rateKbps, MIN_RATE_KBPS, MAX_RATE_KBPS);
        requireWithin("--burst", burstMillis, 0, MAX_BURST_MILLIS);
        requireWithin("--fps", fps, 1, MAX_FPS);
        requireSeconds("--gop", gopSeconds, 1);
    }

    /**
     * One codec of each kind, audio first.
     *
     * @throws IllegalArgumentException when one is unknown, or there are two of a kind
     */
    List<Codec> codecs() {
        List<Codec> found = new ArrayList<>();
        for (String name : codecs) {
            Codec codec = codec(name);
            if (found.stream().anyMatch(other -> other.kind() == codec.kind())) {
                throw new IllegalArgumentException(
                        "--codec: one codec of video and one of audio, found " + codecs);
            }
            found.add(codec);
        }
        found.sort((a, b) -> Boolean.compare(isVideo(a), isVideo(b)));
        return found;
    }

    private static boolean isVideo(Codec codec) {
        return codec.kind() == MediaKind.VIDEO;
    }

    private static Codec codec(String name) {
        return switch (name.strip().toLowerCase(Locale.ROOT)) {
            case "vp8" -> Codec.VP8;
            case "vp9" -> Codec.VP9;
            case "h264" -> Codec.H264;
            case "av1" -> Codec.AV1;
            case "opus" -> Codec.OPUS;
            default ->
                    throw new IllegalArgumentException(
                            "--codec: expected vp8, h264, vp9, av1 or opus, found '%s'"
                                    .formatted(name));
        };
    }

    int rateKbps() {
        return rateKbps;
    }

    int burstMillis() {
        return burstMillis;
    }

    int fps() {
        return fps;
    }

    int gopSeconds() {
        return gopSeconds;
    }
}
