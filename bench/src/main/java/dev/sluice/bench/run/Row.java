package dev.sluice.bench.run;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** All trials of one scenario with one server: a row of the table. */
record Row(Scenario scenario, Subject subject, List<Trial> trials, List<Trial> janus) {

    /** The spread of a figure over the rounds. */
    Spread of(ToDoubleFunction<Trial> figure) {
        return Spread.of(trials.stream().mapToDouble(figure));
    }

    double median(ToDoubleFunction<Trial> figure) {
        return of(figure).median();
    }

    double nanosPerPacket() {
        return median(Trial::nanosPerPacket);
    }

    /** Times the floor of the same round. */
    Spread overFloor() {
        return of(Trial::overFloor);
    }

    /** What this server takes of what Janus took in the same round; not a number without Janus. */
    Spread overJanus() {
        return of(
                trial ->
                        janus.stream()
                                .filter(other -> other.round() == trial.round())
                                .mapToDouble(
                                        other -> trial.nanosPerPacket() / other.nanosPerPacket())
                                .findFirst()
                                .orElse(Double.NaN));
    }

    /** The longest pause of the collector in any round. */
    double worstPauseMillis() {
        return trials.stream().mapToDouble(trial -> trial.gc().worstMillis()).max().orElse(0);
    }
}
