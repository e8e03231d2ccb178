package dev.sluice.bench.run;

import static dev.sluice.bench.run.Numbers.text;

/** The results for people. */
final class BenchTable {

    private static final String ROW =
            "%-21s %-19s %17s %6s %6s %6s %9s %8s %7s %7s %6s %6s %6s %6s %7s %7s %6s %6s %6s"
                    + " %6s%n";

    private BenchTable() {}

    static String of(Results results) {
        StringBuilder text = new StringBuilder();
        if (!results.rows().isEmpty()) {
            text.append(
                    ROW.formatted(
                            "scenario",
                            "server",
                            "ns/packet",
                            "loops",
                            "JIT",
                            "GC",
                            "floor ns",
                            "pausing",
                            "x floor",
                            "x Janus",
                            "run",
                            "p50 ms",
                            "p99",
                            "p99.9",
                            "joins/s",
                            "deliv%",
                            "CPU%",
                            "load%",
                            "other%",
                            "MiB"));
            results.rows().forEach(row -> text.append(line(row)));
            text.append(LEGEND);
        }
        results.remarks().forEach(remark -> text.append(remark).append('\n'));
        text.append('\n');
        results.bars().forEach(bar -> text.append(bar).append('\n'));
        results.doubts().forEach(doubt -> text.append("DOUBT  ").append(doubt).append('\n'));
        results.failures().forEach(what -> text.append("FAILED ").append(what).append('\n'));
        return text.toString();
    }

    private static final String LEGEND =
            """

            Medians over the rounds; behind ns/packet the least and the most. ns/packet: user and system
            time of the whole server process for a packet that a viewer received. Loops, JIT, GC: what Sluice's
            media loops, the JVM's compilers and its collector have of that. Floor: the C program
            with the same bursts and sizes; pausing: the same with the stream's time between the bursts,
            which is no bar. Run: packets of one message to the kernel. p50 to p99.9:
            forwarding delay. deliv%: of what the publishers sent. CPU%, load%, other%: server, load tool
            and all other programs, 100 is one core. MiB: resident memory of the server.
            """;

    private static String line(Row row) {
        Spread nanos = row.of(Trial::nanosPerPacket);
        return ROW.formatted(
                row.scenario().id(),
                row.subject().name(),
                "%s %s-%s".formatted(text(nanos.median()), text(nanos.least()), text(nanos.most())),
                text(row.median(Trial::loopNanos)),
                text(row.median(Trial::compilerNanos)),
                text(row.median(Trial::collectorNanos)),
                text(row.median(trial -> trial.floor().nanos())),
                text(row.median(trial -> trial.floor().pausingNanos())),
                text(row.overFloor().median()),
                text(row.overJanus().median()),
                text(row.median(Trial::meanRun)),
                text(row.median(trial -> trial.load().delayP50Millis())),
                text(row.median(trial -> trial.load().delayP99Millis())),
                text(row.median(trial -> trial.load().delayP999Millis())),
                text(row.median(trial -> trial.load().joinsPerSecond())),
                text(row.median(Trial::deliveredPercent)),
                text(row.median(trial -> trial.load().cpuPercent())),
                text(row.median(trial -> trial.load().generatorCpuPercent())),
                text(row.median(Trial::othersPercent)),
                text(row.median(trial -> trial.load().rssMib())));
    }
}
