package dev.sluice.bench.run;

/**
 * One scenario, one server, once.
 *
 * @param load what the load tool measured
 * @param span what the bench saw meanwhile
 * @param floor what the floor takes with the bursts and sizes of this trial
 */
record Trial(
        Scenario scenario,
        Subject subject,
        int round,
        LoadFigures load,
        SpanFigures span,
        GcPauses gc,
        FloorFigures floor) {

    /** A trial of which neither the collector nor the floor is known yet. */
    static Trial of(
            Scenario scenario, Subject subject, int round, LoadFigures load, SpanFigures span) {
        return new Trial(scenario, subject, round, load, span, GcPauses.NONE, FloorFigures.NONE);
    }

    double nanosPerPacket() {
        return load.cpuNanosPerPacket();
    }

    double overFloor() {
        return nanosPerPacket() / floor.nanos();
    }

    /** Of the time for a packet what the media loops took. */
    double loopNanos() {
        return nanosPerPacket() * span.threads().loopShare();
    }

    /** Of the time for a packet what the JVM's compilers took. */
    double compilerNanos() {
        return nanosPerPacket() * span.threads().compilerShare();
    }

    /** Of the time for a packet what the collector took. */
    double collectorNanos() {
        return nanosPerPacket() * span.threads().collectorShare();
    }

    double othersPercent() {
        return span.othersPercent();
    }

    double meanRun() {
        return span.sends() == null ? Double.NaN : span.sends().mean();
    }

    double deliveredPercent() {
        return load.deliveredPercent(scenario.viewersEach());
    }

    Trial withFloor(FloorFigures figures) {
        return new Trial(scenario, subject, round, load, span, gc, figures);
    }

    Trial withPauses(GcPauses pauses) {
        return new Trial(scenario, subject, round, load, span, pauses, floor);
    }
}
