package dev.sluice.load.app;

import static dev.sluice.load.app.OptionChecks.requireSeconds;
import static dev.sluice.load.app.OptionChecks.requireWithin;

import dev.sluice.load.count.Verification;
import dev.sluice.load.report.ProcessSample;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.util.Locale;
import java.util.OptionalLong;

/** The options of {@code sluice load} that say what a run is to do. */
final class LoadOptions {

    private static final int MAX_CLIENTS = StreamOptions.MAX_CLIENTS;
    private static final double MIN_JOIN_RATE = 0.01;
    private static final double MAX_PERCENT = 100;
    private static final int MAX_THREADS = 64;

    @Mixin private final StreamOptions streams = new StreamOptions();

    @Mixin private final MediaOptions media = new MediaOptions();

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
            description =
                    "Threads that serve the viewers, and as many the publishers. Default:"
                            + " ${DEFAULT-VALUE}.")
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
        try {
            requireBounds();
            requireClients();
            return checkedPlan();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private void requireBounds() {
        streams.requireBounds();
        media.requireBounds();
        requireSeconds("--seconds", seconds, 1);
        requireSeconds("--warmup", warmupSeconds, 0);
        requireWithin("--join-rate", joinRate, MIN_JOIN_RATE, MAX_CLIENTS);
        requireSeconds("--join-timeout", joinTimeoutSeconds, 1);
        requireWithin("--loss", lossPercent, 0, MAX_PERCENT);
        requireWithin("--threads", threads, 1, MAX_THREADS);
        requireWithin("--churn", churnRate, 0, MAX_CLIENTS);
        requireSeconds("--hold", holdSeconds, 0);
    }

    private void requireClients() {
        if (churnRate > 0 && churnRate * seconds < 1) {
            throw new IllegalArgumentException(
                    "--churn %s with --seconds %d: not one viewer would come"
                            .formatted(OptionChecks.text(churnRate), seconds));
        }
        if (!streams.hasClients() && churnRate == 0) {
            throw new IllegalArgumentException(
                    "--publishers 0 with --subscribers 0: there is nothing to do");
        }
    }

    private LoadPlan checkedPlan() {
        return new LoadPlan(
                streams.whip(),
                streams.whep(),
                streams.publishers(),
                streams.subscribers(),
                streams.count(),
                media.codecs(),
                media.rateKbps(),
                media.burstMillis(),
                media.fps(),
                media.gopSeconds(),
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

    private Verification verification() {
        return switch (verify.toLowerCase(Locale.ROOT)) {
            case "full" -> Verification.FULL;
            case "sample" -> Verification.SAMPLE;
            case "none" -> Verification.NONE;
            default ->
                    throw new IllegalArgumentException(
                            "--verify: expected full, sample or none, found '%s'"
                                    .formatted(verify));
        };
    }

    /** It goes into a header of HTTP; it is a secret, so that the message does not repeat it. */
    private String token() {
        if (!token.chars().allMatch(letter -> letter > ' ' && letter <= '~')) {
            throw new IllegalArgumentException("--token: expected printable ASCII without spaces");
        }
        return token;
    }

    private OptionalLong serverPid() {
        Long told = pid;
        if (told == null) {
            return OptionalLong.empty();
        }
        if (ProcessSample.of(told).isEmpty()) {
            throw new IllegalArgumentException(
                    "--pid: there is no process %d that /proc tells of".formatted(told));
        }
        return OptionalLong.of(told);
    }
}
