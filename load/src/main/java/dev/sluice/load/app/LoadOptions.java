package dev.sluice.load.app;

import dev.sluice.load.count.Verification;
import dev.sluice.load.report.ProcessSample;
import dev.sluice.load.signal.Endpoint;
import dev.sluice.media.rtp.Codec;
import dev.sluice.media.rtp.MediaKind;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** The options of {@code sluice load} that say what a run is to do. */
final class LoadOptions {

    private static final int MAX_CLIENTS = 20_000;
    private static final int MAX_BURST_MILLIS = 1000;
    private static final int MAX_FPS = 240;
    private static final int MAX_RATE_KBPS = 100_000;
    private static final double MAX_PERCENT = 100;
    private static final int MAX_THREADS = 64;
    private static final int MAX_SECONDS = 7 * 24 * 3600;

    @Option(
            names = "--whip",
            paramLabel = "URL",
            description =
                    "Where to publish. {n} stands for the stream's number, from 0; without it, and"
                            + " with several streams, -0, -1, ... is added.")
    private String whip = "http://127.0.0.1:8080/whip/load";

    @Option(names = "--whep", paramLabel = "URL", description = "Where to watch; likewise.")
    private String whep = "http://127.0.0.1:8080/whep/load";

    @Option(names = "--publishers", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}.")
    private int publishers = 1;

    @Option(
            names = "--subscribers",
            paramLabel = "M",
            description =
                    "Viewers in all, shared out evenly to the streams. Default: ${DEFAULT-VALUE}.")
    private int subscribers = 1;

    @Option(
            names = "--streams",
            paramLabel = "N",
            description =
                    "Streams to watch where others publish (--publishers 0). Default: the number of"
                            + " publishers.")
    private @Nullable Integer streams;

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

    @Option(
            names = "--seconds",
            paramLabel = "S",
            description = "How long to measure. Default: ${DEFAULT-VALUE}.")
    private int seconds = 20;

    @Option(
            names = "--warmup",
            paramLabel = "S",
            description = "From the last join to the measurement. Default: ${DEFAULT-VALUE}.")
    private int warmupSeconds = 3;

    @Option(
            names = "--join-rate",
            paramLabel = "N",
            description = "Clients started in a second. Default: ${DEFAULT-VALUE}.")
    private double joinRate = 20;

    @Option(
            names = "--join-timeout",
            paramLabel = "S",
            description = "When a client counts as failed. Default: ${DEFAULT-VALUE}.")
    private int joinTimeoutSeconds = 20;

    @Option(
            names = "--loss",
            paramLabel = "PERCENT",
            description =
                    "Of what each viewer receives, dropped on purpose. Default: ${DEFAULT-VALUE}.")
    private double lossPercent;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Of media and loss. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(
            names = "--verify",
            paramLabel = "HOW",
            description =
                    "Which packets viewers authenticate and decrypt: full, sample (the first 100"
                            + " and one of 16) or none. Default: sample.")
    private String verify = "sample";

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Loops that serve the clients. Default: ${DEFAULT-VALUE}.")
    private int threads = 1;

    @Option(
            names = "--churn",
            paramLabel = "N",
            description = "Beside the others, so many viewers come and go in a second.")
    private double churnRate;

    @Option(
            names = "--hold",
            paramLabel = "S",
            description = "How long such a viewer stays. Default: ${DEFAULT-VALUE}.")
    private int holdSeconds = 5;

    @Option(names = "--token", paramLabel = "TOKEN", description = "A bearer token to send.")
    private String token = "";

    @Option(
            names = "--pid",
            paramLabel = "PID",
            description = "The server's process on this machine: its CPU time and memory are told.")
    private @Nullable Long pid;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    /** What the options say; a {@link ParameterException} where they make no sense. */
    LoadPlan plan() {
        requireWithin("--publishers", publishers, 0, MAX_CLIENTS);
        requireWithin("--subscribers", subscribers, 0, MAX_CLIENTS);
        requireWithin("--rate", rateKbps, 30, MAX_RATE_KBPS);
        requireWithin("--burst", burstMillis, 0, MAX_BURST_MILLIS);
        requireWithin("--fps", fps, 1, MAX_FPS);
        requireWithin("--gop", gopSeconds, 1, MAX_SECONDS);
        requireWithin("--seconds", seconds, 1, MAX_SECONDS);
        requireWithin("--warmup", warmupSeconds, 0, MAX_SECONDS);
        requireWithin("--join-rate", joinRate, 0.01, MAX_CLIENTS);
        requireWithin("--join-timeout", joinTimeoutSeconds, 1, MAX_SECONDS);
        requireWithin("--loss", lossPercent, 0, MAX_PERCENT);
        requireWithin("--threads", threads, 1, MAX_THREADS);
        requireWithin("--churn", churnRate, 0, MAX_CLIENTS);
        requireWithin("--hold", holdSeconds, 0, MAX_SECONDS);
        requireClients();
        return new LoadPlan(
                endpoint("--whip", whip),
                endpoint("--whep", whep),
                publishers,
                subscribers,
                streamCount(),
                codecList(),
                rateKbps,
                burstMillis,
                fps,
                gopSeconds,
                seconds,
                warmupSeconds,
                joinRate,
                joinTimeoutSeconds,
                lossPercent,
                seed,
                verification(),
                threads,
                churnRate,
                holdSeconds,
                token(),
                serverPid());
    }

    /** It goes into a header of HTTP; it is a secret, so that the message does not repeat it. */
    private String token() {
        if (!token.chars().allMatch(letter -> letter > ' ' && letter <= '~')) {
            throw wrong("--token: expected printable ASCII without spaces");
        }
        return token;
    }

    private void requireClients() {
        if (churnRate > 0 && churnRate * seconds < 1) {
            throw wrong(
                    "--churn %s with --seconds %d: not one viewer would come"
                            .formatted(text(churnRate), seconds));
        }
        if (publishers == 0 && subscribers == 0 && churnRate == 0) {
            throw wrong("--publishers 0 with --subscribers 0: there is nothing to do");
        }
    }

    private int streamCount() {
        Integer told = streams;
        if (told == null) {
            return Math.max(1, publishers);
        }
        requireWithin("--streams", told, 1, MAX_CLIENTS);
        if (publishers > 0 && told != publishers) {
            throw wrong(
                    "--streams %d with --publishers %d: each publisher has one stream"
                            .formatted(told, publishers));
        }
        return told;
    }

    private Endpoint endpoint(String option, String value) {
        try {
            return new Endpoint(value);
        } catch (IllegalArgumentException e) {
            throw wrong(option + ": " + e.getMessage());
        }
    }

    private List<Codec> codecList() {
        List<Codec> found = new ArrayList<>();
        for (String name : codecs) {
            Codec codec = codec(name);
            if (found.stream().anyMatch(other -> other.kind() == codec.kind())) {
                throw wrong("--codec: one codec of video and one of audio, found " + codecs);
            }
            found.add(codec);
        }
        found.sort((a, b) -> Boolean.compare(isVideo(a), isVideo(b)));
        return found;
    }

    private static boolean isVideo(Codec codec) {
        return codec.kind() == MediaKind.VIDEO;
    }

    private Codec codec(String name) {
        return switch (name.strip().toLowerCase(Locale.ROOT)) {
            case "vp8" -> Codec.VP8;
            case "vp9" -> Codec.VP9;
            case "h264" -> Codec.H264;
            case "av1" -> Codec.AV1;
            case "opus" -> Codec.OPUS;
            default ->
                    throw wrong(
                            "--codec: expected vp8, h264, vp9, av1 or opus, found '%s'"
                                    .formatted(name));
        };
    }

    private Verification verification() {
        return switch (verify.toLowerCase(Locale.ROOT)) {
            case "full" -> Verification.FULL;
            case "sample" -> Verification.SAMPLE;
            case "none" -> Verification.NONE;
            default ->
                    throw wrong(
                            "--verify: expected full, sample or none, found '%s'"
                                    .formatted(verify));
        };
    }

    private OptionalLong serverPid() {
        Long told = pid;
        if (told == null) {
            return OptionalLong.empty();
        }
        if (ProcessSample.of(told).isEmpty()) {
            throw wrong("--pid: there is no process %d that /proc tells of".formatted(told));
        }
        return OptionalLong.of(told);
    }

    private void requireWithin(String option, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw wrong(
                    "%s: expected %s to %s, found %s"
                            .formatted(option, text(least), text(most), text(value)));
        }
    }

    private static String text(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }

    private ParameterException wrong(String why) {
        return new ParameterException(spec.commandLine(), why);
    }
}
