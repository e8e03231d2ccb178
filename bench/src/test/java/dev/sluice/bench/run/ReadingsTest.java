package dev.sluice.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.Test;

import java.io.IOException;

/** What the programs of a trial say is read as they write it. */
class ReadingsTest {

    private static final String LOAD =
            """
            {"measuredSeconds": 10.0, "failures": 1,
             "subscribers": {"asked": 11, "joined": 10, "failed": 1, "lost": 2, "joinsPerSecond": 18.3,
               "failureDetails": ["/whep/a0: not joined within 60 s"],
               "joinMs": {"count": 10, "p50": 36.2, "p95": 41.1}},
             "sent": {"packets": 2800},
             "received": {"packets": 28280, "bytes": 32522000, "lossPercent": 0.25},
             "delayMs": {"count": 17529, "p50": 0.3, "p99": 1.5, "p999": 8.0, "max": 9.5},
             "server": {"cpuPercent": 39.6, "rssEndMib": 485.1, "cpuNanosPerPacket": 1404.7},
             "generator": {"cpuPercent": 19.1, "socketDrops": 12}}
            """;

    @Test
    void readsTheReportOfTheLoadTool() throws IOException {
        LoadFigures figures = LoadFigures.of(new ObjectMapper().readTree(LOAD));
        assertThat(figures.cpuNanosPerPacket()).isEqualTo(1404.7);
        assertThat(figures.delayP999Millis()).isEqualTo(8.0);
        assertThat(figures.joinP95Millis()).isEqualTo(41.1);
        assertThat(figures.lost()).isEqualTo(2);
        assertThat(figures.failures()).isOne();
        assertThat(figures.failureDetails()).containsExactly("/whep/a0: not joined within 60 s");
        assertThat(figures.socketDrops()).isEqualTo(12);
        assertThat(figures.meanPacketBytes()).isEqualTo(1150);
        assertThat(figures.deliveredPercent(10)).isEqualTo(101);
    }

    @Test
    void saysThatAFigureIsMissing() throws IOException {
        LoadFigures figures = LoadFigures.of(new ObjectMapper().readTree("{}"));
        assertThat(figures.cpuNanosPerPacket()).isNaN();
        assertThat(figures.meanPacketBytes()).isNaN();
        assertThat(figures.deliveredPercent(10)).isNaN();
    }

    @Test
    void readsTheProgressOfTheLoadTool() {
        String line =
                "  12 s  publishers 1/1  282 packets/s  viewers 100/100  27918 packets/s  257.6"
                        + " Mbit/s  lost 7  server 40 % CPU";
        assertThat(ProgressLine.read(line)).contains(new ProgressLine(100, 100, 282, 27918, 7));
        assertThat(ProgressLine.read(line).orElseThrow().delivered()).isEqualTo(0.99);
        assertThat(ProgressLine.read(line).orElseThrow().haveAllJoined()).isTrue();
        assertThat(ProgressLine.read("Sluice is being built")).isEmpty();
    }

    @Test
    void readsTheLineOfTheFloor() throws IOException {
        String line =
                "{\"mode\":\"gso\",\"viewers\":100,\"bytes\":1200,\"burst\":4.50,\"packets\":387900,\"received\":387900,\"nsPerPacket\":1317.2}\n";
        assertThat(Floor.read(line)).isEqualTo(1317.2);
        assertThat(Floor.read("{}")).isNaN();
    }

    @Test
    void readsDirectMemoryFromTheJvmsSummary() {
        String summary =
                """
                Total: reserved=18446744KB, committed=345120KB
                -                  Internal (reserved=700KB, committed=700KB)
                -                     Other (reserved=12292KB, committed=12290KB)
                                            (malloc=12292KB #18)
                """;
        assertThat(Jcmd.direct(summary)).isEqualTo(12290L * 1024);
        assertThat(Jcmd.direct("Native memory tracking is not enabled")).isZero();
    }

    @Test
    void readsHowBusyTheMachineWas() {
        // user, nice, system, idle, iowait, irq, softirq, steal, guest, guest_nice
        String line = "cpu  1000 20 300 99999 4000 5 60 700 8000 9000";
        assertThat(MachineSample.busySeconds(line)).isEqualTo(20.85);
    }

    @Test
    void tellsWhatOtherProgramsTook() {
        MachineSample before = new MachineSample(100, 10, 20, 0);
        MachineSample after = new MachineSample(112, 15, 22, 10_000_000_000L);
        // 12 s busy in 10 s, 7 of them by server and load.
        assertThat(after.othersPercentSince(before)).isEqualTo(50);
        assertThat(before.othersPercentSince(before)).isNaN();
    }
}
