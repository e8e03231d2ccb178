package dev.sluice.bench.run;

import dev.sluice.bench.process.BenchException;

import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Loads a server until the JVM's compiler rests, as it does in any server that has done the same
 * for some minutes.
 */
final class WarmUp {

    /** Of a core: the compiler rests when it takes less. */
    private static final double RESTING_PERCENT = 0.5;

    private static final int WINDOW_SECONDS = 10;

    /** A server whose compiler does not rest is measured as it is. */
    private static final int MOST_SECONDS = 240;

    private static final LoadSpan SPAN = new LoadSpan(1, MOST_SECONDS, 50);
    private static final double NANOS_PER_PERCENT_SECOND = 1e7;

    private final LoadTool load;

    WarmUp(LoadTool load) {
        this.load = load;
    }

    void run(SluiceServer server, Scenario scenario) throws InterruptedException {
        LoadTool.Run run = SPAN.applyTo(LoadTool.Run.against(server).of(scenario));
        try (var running = load.start(run, "warm-up", _ -> {})) {
            int seconds = 0;
            double percent = 100;
            while (percent > RESTING_PERCENT && seconds < MOST_SECONDS) {
                percent = compilerPercent(server);
                seconds += WINDOW_SECONDS;
                requireAlive(running);
            }
            say(server, scenario, seconds, percent);
        }
    }

    /** What the compiler takes in the next seconds; 100 is one core. */
    private static double compilerPercent(SluiceServer server) throws InterruptedException {
        ThreadTimes before = ThreadTimes.of(server.pid());
        TimeUnit.SECONDS.sleep(WINDOW_SECONDS);
        long nanos = ThreadTimes.of(server.pid()).since(before).compiler();
        return nanos / NANOS_PER_PERCENT_SECOND / WINDOW_SECONDS;
    }

    private static void requireAlive(LoadTool.Running running) {
        if (!running.child().isAlive()) {
            throw new BenchException("The load tool failed:\n" + running.child().tail());
        }
    }

    private static void say(SluiceServer server, Scenario scenario, int seconds, double percent) {
        System.err.printf(
                Locale.ROOT,
                "%s is warm for %s: after %d s the compiler takes %.1f %% of a core%n",
                server.name(),
                scenario.id(),
                seconds,
                percent);
    }
}
