package dev.sluice.media.stats;

/**
 * How good a connection is. A level is the worst of what its figures reach; a figure reaches a
 * level by being below all three bounds of it, and one that is not known has no say.
 */
public enum HealthLevel {
    /** Nothing was measured lately. This is no judgement. */
    UNKNOWN,
    /** Round trip below 50 ms, loss below 1 %, jitter below 20 ms. */
    EXCELLENT,
    /** Round trip below 100 ms, loss below 3 %, jitter below 50 ms. */
    GOOD,
    /** Round trip below 200 ms, loss below 5 %, jitter below 100 ms. */
    FAIR,
    /** Worse than that. */
    POOR,
    /** Nothing came from the peer for 5 s. */
    DISCONNECTED
}
