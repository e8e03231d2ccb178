package dev.sluice.bench.run;

import java.util.ArrayList;
import java.util.List;

/**
 * What it costs to share a stream's viewers between two media loops. Both loops have the same core,
 * as a machine of two has no third for the load: so the work is measured, not the time. Loops wait
 * for nothing of each other; on two free cores two of them carry twice what one carries, divided by
 * how much more a packet costs.
 */
final class LoopsExperiment {

    static final String ID = "loops";

    private static final Scenario STREAM = Scenario.named(Scenario.MAIN);
    private static final int LOOPS = 2;
    private static final int ROUNDS = 3;

    /** Two free cores are to carry so many times what one carries. */
    private static final double SCALE = 1.7;

    private final Experiment base;

    LoopsExperiment(Experiment base) {
        this.base = base;
    }

    void run(LoadSpan span) throws InterruptedException {
        List<Double> one = new ArrayList<>();
        List<Double> two = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            one.add(nanosPerPacket(base.servers().usual(STREAM), span));
            two.add(nanosPerPacket(base.servers().ofLoops(LOOPS, STREAM), span));
        }
        double alone = median(one);
        double shared = median(two);
        base.remark(
                "Loops: %.0f ns a packet with one, %.0f with %d on the same core (%s; %s): %d free"
                        + " cores carry %.2f times what one carries",
                alone, shared, LOOPS, one, two, LOOPS, LOOPS * alone / shared);
        base.results()
                .add(
                        new Bar(
                                "a packet with two loops, times one loop",
                                shared / alone,
                                LOOPS / SCALE,
                                "times"));
    }

    private double nanosPerPacket(SluiceServer server, LoadSpan span) throws InterruptedException {
        LoadTool.Run run = LoadTool.Run.against(server).of(STREAM);
        try (var running = base.load().start(span.applyTo(run), ID, _ -> {})) {
            return running.figures().cpuNanosPerPacket();
        }
    }

    private static double median(List<Double> figures) {
        return Spread.of(figures.stream().mapToDouble(Double::doubleValue)).median();
    }
}
