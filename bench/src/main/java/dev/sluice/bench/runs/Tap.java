package dev.sluice.bench.runs;

import dev.sluice.bench.process.BenchException;
import dev.sluice.bench.process.Child;
import dev.sluice.bench.process.Cores;
import dev.sluice.bench.process.Workplace;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Looks at what comes to a server's media port, where {@code dumpcap} is there and may do that. */
final class Tap implements AutoCloseable {

    private static final String PROGRAM = "dumpcap";

    /** Of each packet: Ethernet, IPv4, UDP and RTP headers. */
    private static final int SNAP_BYTES = 96;

    private final @Nullable Child child;
    private final Path file;

    private Tap(@Nullable Child child, Path file) {
        this.child = child;
        this.file = file;
    }

    static boolean isInstalled() {
        return Cores.isOnPath(PROGRAM);
    }

    static Tap open(Workplace place, int mediaPort) {
        Path file = place.emptyFile("arrivals.pcap");
        List<String> command =
                List.of(
                        PROGRAM,
                        "-q",
                        "-P",
                        "-i",
                        "lo",
                        "-f",
                        "udp dst port " + mediaPort,
                        "-s",
                        Integer.toString(SNAP_BYTES),
                        "-w",
                        file.toString());
        Path log = place.emptyFile("dumpcap.log");
        return new Tap(isInstalled() ? Child.start(command, Map.of(), log) : null, file);
    }

    /** Ends the look; how frames came. */
    FramePattern pattern() {
        close();
        try {
            return Files.exists(file)
                    ? FramePattern.of(Capture.read(Files.readAllBytes(file)))
                    : FramePattern.UNKNOWN;
        } catch (IOException e) {
            throw new BenchException("Cannot read " + file + ": " + e, e);
        }
    }

    @Override
    public void close() {
        if (child != null) {
            child.close();
        }
    }
}
