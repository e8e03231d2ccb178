package dev.sluice.load.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;

class ProcessSampleTest {

    @Test
    void readsTimesAndMemoryBehindANameWithBracketsAndSpaces() {
        String stat =
                "4711 (my (odd) name) S 1 4711 4711 0 -1 4194560 9 0 0 0 250 50 7 8 20 0 42 0 99 1"
                        + " 2";
        List<String> status = List.of("Name:\todd", "VmHWM:\t  2048 kB", "VmRSS:\t  1024 kB");

        ProcessSample sample = ProcessSample.read(stat, status);

        assertThat(sample.cpuNanos()).isEqualTo(3_000_000_000L);
        assertThat(sample.rssBytes()).isEqualTo(1024 * 1024);
        assertThat(sample.peakRssBytes()).isEqualTo(2048 * 1024);
    }

    @Test
    void aProcessThatNobodyAskedForIsOver() {
        assertThat(ProcessSample.isOver("47 (a) b) Z 1 47")).isTrue();
        assertThat(ProcessSample.isOver("47 (Z) S 1 47")).isFalse();
    }

    @Test
    void tellsNoShareOfNoTime() {
        ProcessSample sample = new ProcessSample(0, 0, 0);

        assertThat(ProcessFigures.between(sample, sample, 99_000_000).isCpuKnown()).isFalse();
        assertThat(ProcessFigures.between(sample, sample, 100_000_000).isCpuKnown()).isTrue();
    }

    @Test
    void tellsWhatAProcessTookBetweenTwoMoments() {
        ProcessFigures figures =
                ProcessFigures.between(
                        new ProcessSample(1_000_000_000L, 5, 6),
                        new ProcessSample(1_500_000_000L, 7, 8),
                        2_000_000_000L);

        assertThat(figures.cpuNanos()).isEqualTo(500_000_000L);
        assertThat(figures.cpuPercent()).isEqualTo(25);
        assertThat(figures.rssStartBytes()).isEqualTo(5);
        assertThat(figures.rssEndBytes()).isEqualTo(7);
    }
}
