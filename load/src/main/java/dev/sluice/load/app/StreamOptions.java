package dev.sluice.load.app;

import static dev.sluice.load.app.OptionChecks.requireWithin;

import dev.sluice.load.signal.Endpoint;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

/** The options of {@code sluice load} that say which streams there are, and for how many. */
final class StreamOptions {

    static final int MAX_CLIENTS = 20_000;

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

    /**
     * @throws IllegalArgumentException when there are fewer clients than none, or too many
     */
    void requireBounds() {
        requireWithin("--publishers", publishers, 0, MAX_CLIENTS);
        requireWithin("--subscribers", subscribers, 0, MAX_CLIENTS);
    }

    int publishers() {
        return publishers;
    }

    int subscribers() {
        return subscribers;
    }

    /** Whether somebody stays for the whole run. */
    boolean hasClients() {
        return publishers > 0 || subscribers > 0;
    }

    /**
     * @throws IllegalArgumentException when it is no address of HTTP
     */
    Endpoint whip() {
        return endpoint("--whip", whip);
    }

    /**
     * @throws IllegalArgumentException when it is no address of HTTP
     */
    Endpoint whep() {
        return endpoint("--whep", whep);
    }

    private static Endpoint endpoint(String option, String value) {
        try {
            return new Endpoint(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(option + ": " + e.getMessage(), e);
        }
    }

    /**
     * How many streams the viewers are shared out to.
     *
     * @throws IllegalArgumentException when that is out of bounds, or not the number of publishers
     */
    int count() {
        Integer told = streams;
        if (told == null) {
            return Math.max(1, publishers);
        }
        requireWithin("--streams", told, 1, MAX_CLIENTS);
        if (publishers > 0 && told != publishers) {
            throw new IllegalArgumentException(
                    "--streams %d with --publishers %d: each publisher has one stream"
                            .formatted(told, publishers));
        }
        return told;
    }
}
