package dev.sluice.bench.run;

import org.jspecify.annotations.Nullable;

/**
 * One scenario, one server, once.
 *
 * @param sends how packets left; null where the server does not tell
 * @param othersPercent CPU time of other programs meanwhile; 100 is one core
 * @param floor what the floor takes with the bursts and sizes of this trial
 */
record Trial(
        Scenario scenario,
        Subject subject,
        int round,
        LoadFigures load,
        @Nullable SendRuns sends,
        double othersPercent,
        GcPauses gc,
        FloorFigures floor) {

    /** A trial of which neither the collector nor the floor is known yet. */
    static Trial of(
            Scenario scenario,
            Subject subject,
            int round,
            LoadFigures load,
            @Nullable SendRuns sends,
            double othersPercent) {
        return new Trial(
                scenario,
                subject,
                round,
                load,
                sends,
                othersPercent,
                GcPauses.NONE,
                FloorFigures.NONE);
    }

    double nanosPerPacket() {
        return load.cpuNanosPerPacket();
    }

    double overFloor() {
        return nanosPerPacket() / floor.nanos();
    }

    double meanRun() {
        return sends == null ? Double.NaN : sends.mean();
    }

    double deliveredPercent() {
        return load.deliveredPercent(scenario.viewersEach());
    }

    Trial withFloor(FloorFigures figures) {
        return new Trial(scenario, subject, round, load, sends, othersPercent, gc, figures);
    }

    Trial withPauses(GcPauses pauses) {
        return new Trial(scenario, subject, round, load, sends, othersPercent, pauses, floor);
    }
}
