package dev.sluice.bench.run;

import java.util.List;

/** Trials with made-up figures. */
final class Figures {

    private Figures() {}

    static Trial trial(String scenario, Subject subject, int round, double nanos, double floor) {
        return new Trial(
                Scenario.named(scenario),
                subject,
                round,
                load(nanos),
                new SpanFigures(null, 1, ThreadTimes.NONE),
                GcPauses.NONE,
                new FloorFigures(floor, floor));
    }

    static LoadFigures load(double nanosPerPacket) {
        return new LoadFigures(
                10,
                1000,
                10_000,
                11_000_000,
                0,
                nanosPerPacket,
                50,
                20,
                300,
                0.1,
                0.5,
                2,
                3,
                40,
                20,
                30,
                10,
                10,
                0,
                0,
                List.of(),
                0);
    }
}
