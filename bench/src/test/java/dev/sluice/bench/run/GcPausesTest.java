package dev.sluice.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;

class GcPausesTest {

    @Test
    void findsTheLongestPauseAndTheLongestSafepoint() {
        List<String> log =
                List.of(
                        "[1.2s][info][gc          ] GC(0) Minor Collection (Warmup)",
                        "[1.2s][info][gc,phases   ] GC(0) y: Pause Mark Start 0.012ms",
                        "[1.2s][info][gc,phases   ] GC(0) y: Concurrent Mark 14.212ms",
                        "[1.3s][info][gc,phases   ] GC(0) y: Pause Mark End 0.154ms",
                        "[1.3s][info][safepoint   ] Safepoint \"ZMarkEndYoung\", Time since last:"
                            + " 14100000 ns, Reaching safepoint: 1800000 ns, Cleanup: 1 ns, At"
                            + " safepoint: 154000 ns, Leaving safepoint: 2 ns, Total: 1954003 ns,"
                            + " Threads: 0 runnable, 33 total",
                        "[1.4s][info][gc          ] Allocation Stall (loop) 17.350ms",
                        "[1.5s][info][gc,phases   ] GC(0) y: Pause Relocate Start 0.009ms");
        GcPauses pauses = GcPauses.of(log);
        assertThat(pauses).isEqualTo(new GcPauses(3, 0.154, 1, 1.954003));
    }

    @Test
    void saysNothingOfALogWithoutPauses() {
        assertThat(GcPauses.of(List.of("[0.1s][info][gc] Using The Z Garbage Collector")))
                .isEqualTo(GcPauses.NONE);
    }
}
