package dev.sluice.bench.run;

/**
 * How long a load is.
 *
 * @param warmupSeconds from the last join to the measurement
 * @param seconds of the measurement
 * @param joinRate clients started in a second
 */
record LoadSpan(int warmupSeconds, int seconds, int joinRate) {

    /** A thousand handshakes on one core take their time. */
    private static final int JOIN_TIMEOUT_SECONDS = 60;

    LoadSpan withSeconds(int other) {
        return new LoadSpan(warmupSeconds, other, joinRate);
    }

    /** Measures for this part of the time, a second at least. */
    LoadSpan shorter(int divisor) {
        return withSeconds(Math.max(1, seconds / divisor));
    }

    LoadTool.Run applyTo(LoadTool.Run run) {
        return run.with("--join-timeout", JOIN_TIMEOUT_SECONDS)
                .with("--warmup", warmupSeconds)
                .with("--seconds", seconds)
                .with("--join-rate", joinRate);
    }
}
