package dev.sluice.bench.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

class CoresTest {

    private static final Interrupts NONE = new Interrupts(Map.of());

    @Test
    void readsTheKernelsListOfCores() {
        assertThat(Cores.parse("\t0-2,5,7-8\n")).containsExactly(0, 1, 2, 5, 7, 8);
        assertThat(Cores.parse("3")).containsExactly(3);
    }

    @Test
    void givesServerAndLoadACoreEach() {
        Cores cores = Cores.of(List.of(2, 3), true, NONE);
        assertThat(cores.forServer(List.of("a", "b")))
                .containsExactly("taskset", "-c", "3", "a", "b");
        assertThat(cores.forLoad(List.of("c"))).containsExactly("taskset", "-c", "2", "c");
    }

    @Test
    void givesTheServerTheCoreWithTheFewestInterruptsOfDevices() {
        Interrupts interrupts =
                Interrupts.parse(
                        List.of(
                                "           CPU0       CPU1       CPU3",
                                " 24:        500         20          7  IO-APIC  5-edge  disk",
                                " 36:          1         15         90  PCI-MSIX 1-edge  network",
                                "LOC:          2       9999          3  Local timer interrupts",
                                "ERR:          0"));
        assertThat(interrupts.of(0)).isEqualTo(501);
        assertThat(Cores.of(List.of(0, 1, 3), true, interrupts)).isEqualTo(new Cores(true, 1, 0));
        assertThat(Cores.of(List.of(1, 3), true, interrupts)).isEqualTo(new Cores(true, 1, 3));
    }

    @Test
    void knowsOfNoInterruptsWhereTheSystemTellsNone() {
        assertThat(Interrupts.parse(List.of()).of(0)).isZero();
    }

    @Test
    void leavesOneCoreToTheKernel() {
        Cores cores = Cores.of(List.of(0), true, NONE);
        assertThat(cores.isPinned()).isFalse();
        assertThat(cores.forServer(List.of("a"))).containsExactly("a");
        assertThat(cores).hasToString("nothing is pinned to a core (one core, or no taskset)");
    }

    @Test
    void leavesAllToTheKernelWithoutTaskset() {
        assertThat(Cores.of(List.of(0, 1), false, NONE).forLoad(List.of("a"))).containsExactly("a");
    }
}
