package dev.sluice.load.report;

import java.util.List;

/**
 * What a run was asked for.
 *
 * @param churnPerSecond 0 without churn
 */
public record PlanFigures(
        String whip,
        String whep,
        int publishers,
        int subscribers,
        int streams,
        List<String> codecs,
        int rateKbps,
        int burstMillis,
        int fps,
        int gopSeconds,
        int seconds,
        int warmupSeconds,
        double joinRate,
        double lossPercent,
        long seed,
        String verify,
        int threads,
        double churnPerSecond,
        int holdSeconds) {

    public PlanFigures {
        codecs = List.copyOf(codecs);
    }
}
