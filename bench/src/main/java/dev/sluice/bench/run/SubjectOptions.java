package dev.sluice.bench.run;

import static dev.sluice.bench.run.BenchChecks.requireKnown;
import static dev.sluice.bench.run.BenchChecks.requireWithin;

import picocli.CommandLine.Option;

import java.util.List;
import java.util.Set;

/** The options of {@code bin/bench} that say what is set beside each other. */
final class SubjectOptions {

    private static final int MAX_JANUS_LOOPS = 64;
    private static final String FLOOR = "floor";
    private static final List<String> PARTS = List.of(Subject.JANUS, FLOOR);

    /** As {@code srtp.provider} takes them. */
    private static final List<String> PROVIDERS =
            List.of(Subject.DEFAULT_PROVIDER, "bouncycastle", "ipsec-mb", "jce", "openssl");

    @Option(
            names = "--without",
            paramLabel = "PART",
            split = ",",
            description = "Leaves out janus or floor.")
    private Set<String> without = Set.of();

    @Option(
            names = "--providers",
            paramLabel = "NAME",
            split = ",",
            description =
                    "Of SRTP's ciphers (srtp.provider), at 2.5 Mbit/s; the first one is that of the"
                            + " other scenarios, too. Loops, delay, memory and overload take auto."
                            + " Default: auto,jce,bouncycastle.")
    private List<String> providers = List.of("auto", "jce", "bouncycastle");

    @Option(
            names = "--janus-loops",
            paramLabel = "N",
            description =
                    "Threads of Janus that share its peers (event_loops); 0: one for each peer,"
                            + " which is its default.")
    private int janusLoops;

    /**
     * @throws IllegalArgumentException when a number is out of its bounds
     */
    void requireBounds() {
        requireWithin("--janus-loops", janusLoops, 0, MAX_JANUS_LOOPS);
    }

    /**
     * @throws IllegalArgumentException when there is no such part or provider
     */
    void requireNames() {
        requireKnown("--without", without, PARTS);
        requireKnown("--providers", providers, PROVIDERS);
    }

    Subjects subjects() {
        return new Subjects(providers, !without.contains(Subject.JANUS));
    }

    boolean hasFloor() {
        return !without.contains(FLOOR);
    }

    /** 0: one for each peer. */
    int janusLoops() {
        return janusLoops;
    }
}
