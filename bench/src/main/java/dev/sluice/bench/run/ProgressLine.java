package dev.sluice.bench.run;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code sluice load} says each second. */
record ProgressLine(int joined, int wanted, double packetsPerSecond, long lost) {

    private static final Pattern FORM =
            Pattern.compile(
                    "viewers (\\d+)/(\\d+) +(\\d+) packets/s +[0-9.]+ Mbit/s +lost (-?\\d+)");

    static Optional<ProgressLine> read(String line) {
        Matcher found = FORM.matcher(line);
        return found.find()
                ? Optional.of(
                        new ProgressLine(
                                Integer.parseInt(found.group(1)),
                                Integer.parseInt(found.group(2)),
                                Double.parseDouble(found.group(3)),
                                Long.parseLong(found.group(4))))
                : Optional.empty();
    }

    boolean haveAllJoined() {
        return joined == wanted;
    }
}
