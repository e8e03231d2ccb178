package dev.sluice.bench.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.sluice.bench.process.BenchException;
import dev.sluice.bench.process.Child;
import dev.sluice.bench.process.Cores;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * {@code floor.c}: the least that encrypting and sending costs with the same calls to the kernel.
 */
final class Floor {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SECONDS = 3;

    /** What the program takes. */
    private static final double MAX_BURST = 32;

    private static final int MAX_BYTES = 1500;
    private static final int MIN_BYTES = 60;

    /** More viewers than this do not change the figure; each has a socket. */
    private static final int MAX_VIEWERS = 1000;

    /** A trial in which next to nothing came must not keep the floor asleep for hours. */
    private static final double MAX_INTERVAL_MILLIS = 1000;

    private static final String HOW =
            "bin/bench builds bench/floor.c with gcc and OpenSSL's headers"
                    + " (Debian: apt-get install gcc libc6-dev libssl-dev), or leave the floor out:"
                    + " --without floor.";

    private final Path program;
    private final Cores cores;
    private final Path folder;

    private Floor(Path program, Cores cores, Path folder) {
        this.program = program;
        this.cores = cores;
        this.folder = folder;
    }

    /**
     * Compiles the program where it is older than its source.
     *
     * @param source {@code floor.c}
     * @param target where the program is put
     * @param folder for the output of runs
     */
    static Floor build(Path source, Path target, Cores cores, Path folder)
            throws InterruptedException {
        if (!Cores.isOnPath("gcc")) {
            throw new BenchException("There is no gcc on the PATH. " + HOW);
        }
        try {
            Files.createDirectories(target.toAbsolutePath().getParent());
            if (!isNewer(target, source)) {
                compile(source, target, folder.resolve("gcc.log"));
            }
        } catch (IOException e) {
            throw new BenchException("The floor cannot be built: " + e, e);
        }
        return new Floor(target, cores, folder);
    }

    private static boolean isNewer(Path target, Path source) throws IOException {
        return Files.exists(target)
                && Files.getLastModifiedTime(target).compareTo(Files.getLastModifiedTime(source))
                        > 0;
    }

    private static void compile(Path source, Path target, Path log) throws InterruptedException {
        List<String> command =
                List.of(
                        "gcc",
                        "-O2",
                        "-Wall",
                        "-o",
                        target.toString(),
                        source.toString(),
                        "-lcrypto",
                        "-lpthread");
        try (Child gcc = Child.start(command, Map.of(), log)) {
            if (gcc.await() != 0) {
                throw new BenchException("gcc refuses the floor. " + HOW + "\n" + gcc.tail());
            }
        }
    }

    /** What it takes for such packets, with their pauses and without. */
    FloorFigures figures(FloorLoad load) throws InterruptedException {
        return new FloorFigures(nanosPerPacket(load.withoutPauses()), nanosPerPacket(load));
    }

    private double nanosPerPacket(FloorLoad load) throws InterruptedException {
        Path out = folder.resolve("floor.log");
        List<String> command =
                List.of(
                        program.toString(),
                        "--mode",
                        load.mode(),
                        "--viewers",
                        Integer.toString(Math.clamp(load.viewers(), 1, MAX_VIEWERS)),
                        "--groups",
                        Integer.toString(load.groups()),
                        "--burst",
                        decimal(Math.clamp(load.burst(), 1, MAX_BURST)),
                        "--bytes",
                        Long.toString(Math.clamp(Math.round(load.bytes()), MIN_BYTES, MAX_BYTES)),
                        "--interval-ms",
                        decimal(Math.min(load.intervalMillis(), MAX_INTERVAL_MILLIS)),
                        "--seconds",
                        Integer.toString(SECONDS),
                        "--core",
                        cores.isPinned() ? Integer.toString(cores.server()) : "-1",
                        "--other-core",
                        cores.isPinned() ? Integer.toString(cores.load()) : "-1");
        try {
            Files.deleteIfExists(out);
            try (Child floor = Child.start(command, Map.of(), out)) {
                if (floor.await() != 0) {
                    throw new BenchException("The floor failed: " + floor.tail());
                }
            }
            return read(Files.readString(out));
        } catch (IOException e) {
            throw new BenchException("The floor said nothing", e);
        }
    }

    private static String decimal(double number) {
        return String.format(Locale.ROOT, "%.3f", number);
    }

    static double read(String line) throws IOException {
        JsonNode figure = JSON.readTree(line).path("nsPerPacket");
        return figure.asDouble(Double.NaN);
    }
}
