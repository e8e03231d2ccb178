package dev.sluice.bench.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;

class CoresTest {

    @Test
    void readsTheKernelsListOfCores() {
        assertThat(Cores.parse("\t0-2,5,7-8\n")).containsExactly(0, 1, 2, 5, 7, 8);
        assertThat(Cores.parse("3")).containsExactly(3);
    }

    @Test
    void givesServerAndLoadACoreEach() {
        Cores cores = Cores.of(List.of(2, 3), true);
        assertThat(cores.forServer(List.of("a", "b")))
                .containsExactly("taskset", "-c", "3", "a", "b");
        assertThat(cores.forLoad(List.of("c"))).containsExactly("taskset", "-c", "2", "c");
    }

    @Test
    void leavesOneCoreToTheKernel() {
        Cores cores = Cores.of(List.of(0), true);
        assertThat(cores.isPinned()).isFalse();
        assertThat(cores.forServer(List.of("a"))).containsExactly("a");
        assertThat(cores).hasToString("nothing is pinned to a core (one core, or no taskset)");
    }

    @Test
    void leavesAllToTheKernelWithoutTaskset() {
        assertThat(Cores.of(List.of(0, 1), false).forLoad(List.of("a"))).containsExactly("a");
    }
}
