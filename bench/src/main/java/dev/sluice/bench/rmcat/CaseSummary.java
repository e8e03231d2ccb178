package dev.sluice.bench.rmcat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A test case over some runs that differ in their seeds alone.
 *
 * @param runs at least one
 */
record CaseSummary(List<CaseResult> runs) {

    String id() {
        return first().id();
    }

    String title() {
        return first().title();
    }

    /** The run that stands for all in a plot. */
    CaseResult first() {
        return runs.getFirst();
    }

    double median(ToDoubleFunction<CaseResult> figure) {
        return JudgedBar.median(runs.stream().mapToDouble(figure).toArray());
    }

    List<JudgedBar> bars() {
        List<JudgedBar> bars = new ArrayList<>();
        for (int i = 0; i < first().bars().size(); i++) {
            int index = i;
            bars.add(JudgedBar.of(runs.stream().map(run -> run.bars().get(index)).toList()));
        }
        return bars;
    }

    boolean isMet() {
        return bars().stream().allMatch(JudgedBar::isMet);
    }
}
