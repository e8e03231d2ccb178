package dev.sluice.bench.rmcat;

import java.util.function.LongFunction;

/**
 * One test case.
 *
 * @param run gives its result from a seed
 */
record TestCase(String id, LongFunction<CaseResult> run) {

    @Override
    public String toString() {
        return id;
    }
}
