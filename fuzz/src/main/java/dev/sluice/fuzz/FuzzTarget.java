package dev.sluice.fuzz;

/**
 * One parser, given any bytes. It must come back; what it throws is a finding, and so is an {@link
 * AssertionError} of a target that holds the parser to a promise.
 */
@FunctionalInterface
interface FuzzTarget {

    void accept(byte[] input);

    /** Ends the run with a finding unless the promise holds. */
    static void hold(boolean promise, String what) {
        if (!promise) {
            throw new AssertionError(what);
        }
    }
}
