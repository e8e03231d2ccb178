package dev.sluice.bench.run;

/**
 * How long a load is.
 *
 * @param warmupSeconds from the last join to the measurement
 * @param seconds of the measurement
 * @param joinRate clients started in a second
 */
record LoadSpan(int warmupSeconds, int seconds, int joinRate) {

    LoadSpan withSeconds(int other) {
        return new LoadSpan(warmupSeconds, other, joinRate);
    }

    LoadTool.Run applyTo(LoadTool.Run run) {
        return run.with("--warmup", warmupSeconds)
                .with("--seconds", seconds)
                .with("--join-rate", joinRate);
    }
}
