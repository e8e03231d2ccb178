package dev.sluice.bench.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a log of {@code -Xlog:gc*,safepoint} says.
 *
 * @param pauses of the collector
 * @param worstMillis the longest of them; 0 without
 * @param stalls how often a thread waited for memory
 * @param worstSafepointMillis the longest stop of all threads, whatever for, the way there included
 */
record GcPauses(int pauses, double worstMillis, int stalls, double worstSafepointMillis) {

    static final GcPauses NONE = new GcPauses(0, 0, 0, 0);

    /** The JVM's options that write such a log. */
    static String option(Path file) {
        return "-Xlog:gc,gc+phases,safepoint:file=" + file + "::filecount=0";
    }

    private static final Pattern PAUSE = Pattern.compile("Pause .*?([0-9]+\\.[0-9]+)ms");
    private static final Pattern SAFEPOINT = Pattern.compile("Total: +([0-9]+) ns");
    private static final String STALL = "Allocation Stall";
    private static final double NANOS_PER_MILLI = 1e6;

    /** Reads the log from a line on. */
    static GcPauses read(Path file, long sinceLine) {
        try (Stream<String> lines = Files.lines(file)) {
            return of(lines.skip(sinceLine).toList());
        } catch (IOException e) {
            return NONE;
        }
    }

    /** How many lines the log has. */
    static long lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException e) {
            return 0;
        }
    }

    static GcPauses of(List<String> lines) {
        int pauses = 0;
        int stalls = 0;
        double worst = 0;
        double worstSafepoint = 0;
        for (String line : lines) {
            Matcher pause = PAUSE.matcher(line);
            Matcher safepoint = SAFEPOINT.matcher(line);
            if (line.contains(STALL)) {
                stalls++;
            } else if (pause.find()) {
                pauses++;
                worst = Math.max(worst, Double.parseDouble(pause.group(1)));
            } else if (safepoint.find()) {
                worstSafepoint =
                        Math.max(
                                worstSafepoint,
                                Long.parseLong(safepoint.group(1)) / NANOS_PER_MILLI);
            }
        }
        return new GcPauses(pauses, worst, stalls, worstSafepoint);
    }
}
