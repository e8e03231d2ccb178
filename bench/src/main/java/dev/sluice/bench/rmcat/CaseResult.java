package dev.sluice.bench.rmcat;

import java.util.List;

/**
 * The figures of one test case.
 *
 * @param utilisation of the capacity by media, 0 to 1, of the worst of the spans looked at
 * @param queueP50Millis the median of how long media waited at the bottleneck, in steady state
 * @param queueP95Millis its 95th percentile
 * @param lossRatio of media over the whole case, 0 to 1
 * @param jainIndex of the media flows, 1 when all get the same; NaN with one flow
 * @param bars what is required of this case
 * @param topology with all traces
 */
record CaseResult(
        String id,
        String title,
        double utilisation,
        double queueP50Millis,
        double queueP95Millis,
        double lossRatio,
        double jainIndex,
        List<Bar> bars,
        Topology topology) {}
