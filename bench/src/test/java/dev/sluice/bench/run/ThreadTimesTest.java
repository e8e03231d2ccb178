package dev.sluice.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ThreadTimesTest {

    /** {@code /proc/PID/task/TID/stat} of a thread that took so many ticks of 10 ms. */
    private static String stat(String name, int userTicks, int systemTicks) {
        return "71 (%s) S 1 70 70 0 -1 4194368 9 0 0 0 %d %d 0 0 20 0 31 0 88 1 2 3 4\n"
                .formatted(name, userTicks, systemTicks);
    }

    private static ThreadTimes process(long nanos) {
        return new ThreadTimes(0, 0, 0, nanos);
    }

    @Test
    void tellsLoopsCompilersAndTheCollectorByTheNamesOfThreads() {
        ThreadTimes times =
                process(1_000_000_000)
                        .plus(stat("sluice-media-1-", 20, 30))
                        .plus(stat("C1 CompilerThre", 1, 0))
                        .plus(stat("C2 CompilerThre", 4, 0))
                        .plus(stat("ZWorkerYoung#0", 6, 1))
                        .plus(stat("ZDirector", 0, 3))
                        .plus(stat("sluice-dtls (x) y", 5, 5));
        assertThat(times)
                .isEqualTo(new ThreadTimes(500_000_000, 50_000_000, 100_000_000, 1_000_000_000));
        assertThat(times.loopShare()).isEqualTo(0.5);
        assertThat(times.compilerShare()).isEqualTo(0.05);
        assertThat(times.collectorShare()).isEqualTo(0.1);
    }

    @Test
    void tellsWhatWasTakenSinceAnEarlierMoment() {
        ThreadTimes before = new ThreadTimes(1, 2, 3, 10);
        assertThat(new ThreadTimes(5, 4, 3, 20).since(before))
                .isEqualTo(new ThreadTimes(4, 2, 0, 10));
    }

    @Test
    void knowsNoSharesOfAProcessThatIsGone() {
        assertThat(ThreadTimes.of(Long.MAX_VALUE)).isEqualTo(ThreadTimes.NONE);
        assertThat(ThreadTimes.NONE.loopShare()).isNaN();
    }

    @Test
    void readsTheThreadsOfAJvm() {
        long pid = ProcessHandle.current().pid();
        ThreadTimes times = ThreadTimes.of(pid);
        assertThat(times.process()).isPositive();
        assertThat(times.compiler()).isBetween(0L, times.process());
    }
}
