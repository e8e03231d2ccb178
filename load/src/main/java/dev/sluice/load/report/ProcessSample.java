package dev.sluice.load.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What Linux tells of a process now.
 *
 * @param cpuNanos user and system time of all its threads, to 10 ms
 * @param rssBytes memory that it has resident
 * @param peakRssBytes the most that it had
 */
public record ProcessSample(long cpuNanos, long rssBytes, long peakRssBytes) {

    /** USER_HZ, which is 100 for all programs on Linux, whatever the kernel's own tick. */
    private static final long NANOS_PER_TICK = 10_000_000;

    /** Fields of /proc/PID/stat behind the name, which may have spaces and ends with a bracket. */
    private static final int USER_FIELD = 11;

    private static final int SYSTEM_FIELD = 12;
    private static final long BYTES_PER_KIB = 1024;

    /** Reads the process; empty where there is none, or no Linux. */
    public static Optional<ProcessSample> of(long pid) {
        try {
            Path folder = Path.of("/proc", Long.toString(pid));
            String stat = Files.readString(folder.resolve("stat"));
            if (isOver(stat)) {
                return Optional.empty();
            }
            List<String> status = Files.readAllLines(folder.resolve("status"));
            return Optional.of(read(stat, status));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Whether it has ended, and only its parent has not asked for it yet. */
    static boolean isOver(String stat) {
        char state = stat.charAt(stat.lastIndexOf(')') + 2);
        return state == 'Z' || state == 'X';
    }

    /** Reads the contents of the two files. */
    static ProcessSample read(String stat, List<String> status) {
        return new ProcessSample(
                cpuNanos(stat), kibibytes(status, "VmRSS"), kibibytes(status, "VmHWM"));
    }

    /** User and system time by the {@code stat} of a process or of one of its threads. */
    public static long cpuNanos(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        long ticks = Long.parseLong(fields[USER_FIELD]) + Long.parseLong(fields[SYSTEM_FIELD]);
        return ticks * NANOS_PER_TICK;
    }

    private static long kibibytes(List<String> status, String name) {
        return status.stream()
                .filter(line -> line.startsWith(name + ":"))
                .map(line -> line.replaceAll("[^0-9]", ""))
                .mapToLong(Long::parseLong)
                .map(kib -> kib * BYTES_PER_KIB)
                .findFirst()
                .orElse(0);
    }
}
