package dev.sluice.interop;

import org.bytedeco.ffmpeg.ffmpeg;
import org.bytedeco.ffmpeg.ffprobe;
import org.bytedeco.javacpp.Loader;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A run of ffmpeg or ffprobe. Each line of its log says how grave it is, so that a test can hold it
 * to none that is.
 */
final class Ffmpeg implements AutoCloseable {

    private static final long LIMIT_SECONDS = 60;

    /** The log line of a UDP socket that is bound. */
    private static final String BOUND = "end receive buffer size reported is";

    /** A warning that tells of ffmpeg, not of what it got. */
    private static final String OF_ITSELF = "RTP/VP9 support is still experimental";

    private final Process process;
    private final BufferedReader log;
    private final List<String> lines = new ArrayList<>();

    private Ffmpeg(List<String> command) throws IOException {
        process =
                new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        log = process.errorReader(StandardCharsets.UTF_8);
    }

    static Ffmpeg ffmpeg(List<String> arguments) throws IOException {
        return start(Loader.load(ffmpeg.class), arguments);
    }

    static Ffmpeg ffprobe(List<String> arguments) throws IOException {
        return start(Loader.load(ffprobe.class), arguments);
    }

    private static Ffmpeg start(String program, List<String> arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(program, "-hide_banner", "-v", "level+debug"));
        command.addAll(arguments);
        return new Ffmpeg(command);
    }

    /** Waits until it takes datagrams at so many ports, or until it ends. */
    void awaitBound(int ports) throws IOException {
        int bound = 0;
        String line;
        while (bound < ports && (line = log.readLine()) != null) {
            lines.add(line);
            bound += line.contains(BOUND) ? 1 : 0;
        }
        if (bound < ports) {
            throw new IOException("ffmpeg ended early: " + String.join("\n", lines));
        }
    }

    /** Waits for the end and holds it to have been a good one. */
    void awaitSuccess() throws IOException, InterruptedException {
        String line;
        while ((line = log.readLine()) != null) {
            lines.add(line);
        }
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException("ffmpeg failed: " + String.join("\n", lines));
        }
    }

    /** What it complained of: warnings, errors and worse. */
    List<String> complaints() {
        return lines.stream()
                .filter(Ffmpeg::isComplaint)
                .filter(line -> !line.endsWith(OF_ITSELF))
                .toList();
    }

    private static boolean isComplaint(String line) {
        return line.contains("[warning]") || line.contains("[error]") || line.contains("[fatal]");
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
