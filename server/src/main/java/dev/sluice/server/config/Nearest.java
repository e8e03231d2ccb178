package dev.sluice.server.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody meant who mistyped a name. */
final class Nearest {

    /** One wrong letter in three still looks like the name. */
    private static final int LETTERS_PER_TYPO = 3;

    private Nearest() {}

    /** {@code " (did you mean X?)"}, or nothing when no candidate is near. */
    static String hint(String name, Collection<String> candidates) {
        return to(name, candidates).map(near -> " (did you mean " + near + "?)").orElse("");
    }

    static Optional<String> to(String name, Collection<String> candidates) {
        return candidates.stream()
                .filter(candidate -> distance(name, candidate) <= typosAllowed(candidate))
                .min(Comparator.comparingInt(candidate -> distance(name, candidate)));
    }

    private static int typosAllowed(String candidate) {
        return Math.max(1, candidate.length() / LETTERS_PER_TYPO);
    }

    /**
     * Letters to insert, delete, replace or swap with their neighbour (optimal string alignment),
     * whatever their case.
     */
    static int distance(String left, String right) {
        String a = left.toLowerCase(Locale.ROOT);
        String b = right.toLowerCase(Locale.ROOT);
        int[][] steps = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                steps[i][j] = i == 0 || j == 0 ? i + j : fewestSteps(a, b, i, j, steps);
            }
        }
        return steps[a.length()][b.length()];
    }

    private static int fewestSteps(String a, String b, int i, int j, int[][] steps) {
        int replaced = steps[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int fewest = Math.min(replaced, Math.min(steps[i - 1][j], steps[i][j - 1]) + 1);
        boolean swapped =
                i > 1
                        && j > 1
                        && a.charAt(i - 1) == b.charAt(j - 2)
                        && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(fewest, steps[i - 2][j - 2] + 1) : fewest;
    }
}
