package dev.sluice.bench.run;

import org.jspecify.annotations.Nullable;

/**
 * One scenario, one server, once.
 *
 * @param sends how packets left; null where the server does not tell
 * @param floorNanos what the floor takes with the bursts and sizes of this trial; not a number
 *     where it was not measured
 */
record Trial(
        Scenario scenario,
        Subject subject,
        int round,
        LoadFigures load,
        @Nullable SendRuns sends,
        GcPauses gc,
        double floorNanos) {

    double nanosPerPacket() {
        return load.cpuNanosPerPacket();
    }

    double overFloor() {
        return nanosPerPacket() / floorNanos;
    }

    double meanRun() {
        return sends == null ? Double.NaN : sends.mean();
    }

    double deliveredPercent() {
        return load.deliveredPercent(scenario.viewersEach());
    }

    Trial withFloor(double nanos) {
        return new Trial(scenario, subject, round, load, sends, gc, nanos);
    }
}
