package dev.sluice.bench.rmcat;

/** A span of time in seconds since the start of a test case; the end is not within it. */
record Span(double fromSeconds, double toSeconds) {

    boolean contains(double seconds) {
        return fromSeconds <= seconds && seconds < toSeconds;
    }
}
