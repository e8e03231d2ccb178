package dev.sluice.bench.run;

import org.jspecify.annotations.Nullable;

/**
 * What the bench itself saw while the load tool measured.
 *
 * @param sends how packets left; null where the server does not tell
 * @param othersPercent CPU time of other programs; 100 is one core, not a number if not known
 * @param threads what the server's threads took; {@link ThreadTimes#NONE} if not known
 */
record SpanFigures(@Nullable SendRuns sends, double othersPercent, ThreadTimes threads) {

    static final SpanFigures UNKNOWN = new SpanFigures(null, Double.NaN, ThreadTimes.NONE);
}
