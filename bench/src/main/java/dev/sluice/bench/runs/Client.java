package dev.sluice.bench.runs;

import dev.sluice.bench.process.Child;
import dev.sluice.bench.process.Workplace;

import java.util.List;
import java.util.Optional;

/** A program that publishes by WHIP as its users have it. */
interface Client {

    String name();

    /** Those that it is asked for, as SDP names them. */
    List<String> codecs();

    /** What has to be installed before it can run; empty where nothing is missing. */
    Optional<String> missing(Workplace place);

    /** Prints the version. */
    List<String> versionCommand(Workplace place);

    /**
     * Starts to publish. It tells by a POST to {@code /report} whether that went well.
     *
     * @param reports the address of {@link Reports}
     */
    Child start(Workplace place, String reports, String whip, Wish wish);
}
