package dev.sluice.bench.run;

import dev.sluice.bench.process.BenchException;
import dev.sluice.load.report.ProcessSample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * CPU time until one moment, in seconds.
 *
 * @param busy of all cores, whoever it was that used it; what the host took away (steal) included
 * @param server of the server's process
 * @param load of the load tool's process
 */
record MachineSample(double busy, double server, double load, long nanos) {

    private static final Path STAT = Path.of("/proc/stat");

    /** USER_HZ, which is 100 for all programs on Linux. */
    private static final double TICKS_PER_SECOND = 100;

    /** Of the fields behind {@code cpu}: time without work, and waiting for a disk. */
    private static final int IDLE = 3;

    private static final int IO_WAIT = 4;

    /** Guests' time is in that of users already. */
    private static final int GUEST = 8;

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double PERCENT = 100;

    static MachineSample of(long serverPid, long loadPid) {
        try (var lines = Files.lines(STAT)) {
            double busy = busySeconds(lines.findFirst().orElse("cpu"));
            return new MachineSample(
                    busy, cpuSeconds(serverPid), cpuSeconds(loadPid), System.nanoTime());
        } catch (IOException e) {
            throw new BenchException("/proc/stat cannot be read: " + e, e);
        }
    }

    private static double cpuSeconds(long pid) {
        return ProcessSample.of(pid).map(ProcessSample::cpuNanos).orElse(0L) / NANOS_PER_SECOND;
    }

    /** Reads the first line of {@code /proc/stat}. */
    static double busySeconds(String line) {
        String[] fields = line.strip().split(" +");
        long ticks = 0;
        for (int i = 1; i < Math.min(fields.length, GUEST + 1); i++) {
            boolean isIdle = i - 1 == IDLE || i - 1 == IO_WAIT;
            ticks += isIdle ? 0 : Long.parseLong(fields[i]);
        }
        return ticks / TICKS_PER_SECOND;
    }

    /** What others than server and load used since an earlier sample; 100 is one core. */
    double othersPercentSince(MachineSample earlier) {
        double seconds = (nanos - earlier.nanos) / NANOS_PER_SECOND;
        double own = server - earlier.server + load - earlier.load;
        double others = busy - earlier.busy - own;
        return seconds <= 0 ? Double.NaN : Math.max(0, PERCENT * others / seconds);
    }
}
