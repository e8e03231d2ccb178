package dev.sluice.bench.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;

/**
 * What is wrong with the options is told before hours are spent on them: as an {@link
 * IllegalArgumentException} that says where, what was expected and what was found.
 */
final class BenchChecks {

    private BenchChecks() {}

    /** A number within bounds. */
    static void requireWithin(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "%s: expected %d to %d, found %d".formatted(option, least, most, value));
        }
    }

    /** Names that there are. */
    static void requireKnown(String option, Collection<String> names, Collection<String> known) {
        for (String name : names) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException(
                        "%s: expected some of %s, found '%s'"
                                .formatted(option, String.join(", ", known), name));
            }
        }
    }

    /** A file that can be written. */
    static void requireWritable(String option, Path file) {
        Path folder = file.toAbsolutePath().getParent();
        boolean canBe =
                Files.exists(file)
                        ? Files.isWritable(file) && !Files.isDirectory(file)
                        : folder != null && Files.isWritable(folder);
        if (!canBe) {
            throw new IllegalArgumentException(
                    "%s: expected a file that can be written, found '%s'".formatted(option, file));
        }
    }
}
