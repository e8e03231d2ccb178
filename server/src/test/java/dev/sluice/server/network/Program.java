package dev.sluice.server.network;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs another program to its end. */
final class Program {

    private static final long LIMIT_SECONDS = 20;

    private Program() {}

    /**
     * Runs it and returns what it printed.
     *
     * @throws IOException when it cannot be started, fails, or does not end; the message has the
     *     command and what it said
     */
    static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException(String.join(" ", List.of(command)) + " failed: " + said.trim());
        }
        return said;
    }

    /** Runs it; whether that went well is of no matter. */
    static void attempt(String... command) {
        try {
            run(command);
        } catch (IOException e) {
            // Nothing was there to undo.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
