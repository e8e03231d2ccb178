package dev.sluice.bench.run;

/**
 * What the floor takes for a packet, in nanoseconds of CPU time.
 *
 * @param nanos by a sender that never pauses: what the ratios are taken of
 * @param pausingNanos with as much time between the bursts as the trial had: what it costs that the
 *     sender falls asleep and finds the processor's caches cold
 */
record FloorFigures(double nanos, double pausingNanos) {

    static final FloorFigures NONE = new FloorFigures(Double.NaN, Double.NaN);
}
