package dev.sluice.bench.run;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code sluice load} says each second. */
record ProgressLine(
        int joined, int wanted, double sentPerSecond, double packetsPerSecond, long lost) {

    private static final Pattern FORM =
            Pattern.compile(
                    "(\\d+) packets/s +viewers (\\d+)/(\\d+) +(\\d+) packets/s +[0-9.]+ Mbit/s"
                            + " +lost (-?\\d+)");

    static Optional<ProgressLine> read(String line) {
        Matcher found = FORM.matcher(line);
        return found.find()
                ? Optional.of(
                        new ProgressLine(
                                Integer.parseInt(found.group(2)),
                                Integer.parseInt(found.group(3)),
                                Double.parseDouble(found.group(1)),
                                Double.parseDouble(found.group(4)),
                                Long.parseLong(found.group(5))))
                : Optional.empty();
    }

    /** The share of what is published that each viewer gets, what is sent again included. */
    double delivered() {
        return packetsPerSecond / sentPerSecond / joined;
    }

    boolean haveAllJoined() {
        return joined == wanted;
    }
}
