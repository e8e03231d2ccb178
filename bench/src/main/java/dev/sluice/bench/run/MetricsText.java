package dev.sluice.bench.run;

import java.util.LinkedHashMap;
import java.util.Map;

/** What {@code /metrics} says at one moment: the text format of Prometheus, version 0.0.4. */
public final class MetricsText {

    /** By the name with its labels, as it is written. */
    private final Map<String, Double> values = new LinkedHashMap<>();

    public static final MetricsText EMPTY = new MetricsText("");

    /** Reads the text. */
    public MetricsText(String text) {
        text.lines().filter(line -> !line.isEmpty() && line.charAt(0) != '#').forEach(this::read);
    }

    private void read(String line) {
        // A label's value may have spaces; behind the value there may be a time.
        int labelsEnd = line.lastIndexOf('}');
        int space = line.indexOf(' ', Math.max(0, labelsEnd));
        if (space > 0) {
            String value = line.substring(space + 1).split(" ")[0];
            values.put(line.substring(0, space), parse(value));
        }
    }

    private static double parse(String value) {
        return switch (value) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(value);
        };
    }

    /** The sum over all series of the name that have the labels; 0 where there is none. */
    public double sum(String name, String... labels) {
        return values.entrySet().stream()
                .filter(entry -> isOf(entry.getKey(), name, labels))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }

    /** Whether there is a series of the name that has the labels. */
    boolean has(String name, String... labels) {
        return values.keySet().stream().anyMatch(series -> isOf(series, name, labels));
    }

    private static boolean isOf(String series, String name, String... labels) {
        if (!series.equals(name) && !series.startsWith(name + "{")) {
            return false;
        }
        for (String label : labels) {
            if (!series.contains(label)) {
                return false;
            }
        }
        return true;
    }

    /** All series of the name that are not zero, with their labels. */
    Map<String, Double> notZero(String name) {
        Map<String, Double> found = new LinkedHashMap<>();
        values.forEach(
                (series, value) -> {
                    if (isOf(series, name) && value != 0) {
                        found.put(series, value);
                    }
                });
        return found;
    }
}
