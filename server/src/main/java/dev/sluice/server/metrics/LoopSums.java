package dev.sluice.server.metrics;

import dev.sluice.media.stats.Counter;
import dev.sluice.server.net.LoopGroup;
import dev.sluice.server.session.LoopCounters;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;

import java.util.function.Function;

/** Registers meters that tell what all loops together have counted. */
final class LoopSums {

    private final MeterRegistry registry;
    private final LoopGroup loops;

    LoopSums(MeterRegistry registry, LoopGroup loops) {
        this.registry = registry;
        this.loops = loops;
    }

    /**
     * @param counter which one of each loop
     * @param tags names of labels, each with its value behind it
     */
    void counter(
            String name,
            String description,
            Function<LoopCounters, Counter> counter,
            String... tags) {
        FunctionCounter.builder(name, loops, all -> sum(all, counter))
                .description(description)
                .tags(tags)
                .register(registry);
    }

    /** A meter for each direction. */
    void direction(
            String name,
            String description,
            Function<LoopCounters, Counter> in,
            Function<LoopCounters, Counter> out) {
        counter(name, description, in, "direction", "in");
        counter(name, description, out, "direction", "out");
    }

    private static double sum(LoopGroup loops, Function<LoopCounters, Counter> counter) {
        return loops.loops().stream()
                .mapToLong(loop -> counter.apply(loop.counters()).value())
                .sum();
    }
}
