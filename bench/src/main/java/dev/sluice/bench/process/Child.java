package dev.sluice.bench.process;

import org.jspecify.annotations.Nullable;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A program that the bench has started; it ends with {@link #close}, or with the bench. */
public final class Child implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 15;
    private static final int TAIL_LINES = 12;

    private final Process process;
    private final Path log;
    private final Thread hook;

    /** What was read line by line, the last of it. */
    private final Deque<String> told = new ArrayDeque<>();

    private Child(Process process, Path log) {
        this.process = process;
        this.log = log;
        this.hook = new Thread(process::destroy, "end-child");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * Starts a program.
     *
     * @param variables added to the environment
     * @param log takes what the program prints
     */
    public static Child start(List<String> command, Map<String, String> variables, Path log) {
        return start(command, variables, log, null);
    }

    /**
     * Starts a program whose standard error is read line by line.
     *
     * @param onLine called on a thread of its own; null: the lines go to the log too
     */
    public static Child start(
            List<String> command,
            Map<String, String> variables,
            Path log,
            @Nullable Consumer<String> onLine) {
        File file = log.toFile();
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.appendTo(file));
        builder.environment().putAll(variables);
        if (onLine == null) {
            builder.redirectErrorStream(true);
        }
        try {
            Child child = new Child(builder.start(), log);
            if (onLine != null) {
                Thread.ofVirtual().start(() -> child.read(onLine));
            }
            return child;
        } catch (IOException e) {
            throw new BenchException("Cannot start " + command.getFirst() + ": " + e, e);
        }
    }

    private void read(Consumer<String> onLine) {
        try (BufferedReader lines = process.errorReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                note(line);
                onLine.accept(line);
            }
        } catch (IOException e) {
            // The program has ended.
        }
    }

    private synchronized void note(String line) {
        told.addLast(line);
        if (told.size() > TAIL_LINES) {
            told.removeFirst();
        }
    }

    private synchronized List<String> told() {
        return List.copyOf(told);
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for the end of the program; its exit status. */
    public int await() throws InterruptedException {
        return process.waitFor();
    }

    /** Waits for the end of the program; false when it still runs after this time. */
    public boolean await(long seconds) throws InterruptedException {
        return process.waitFor(seconds, TimeUnit.SECONDS);
    }

    /** The last lines that the program printed. */
    public String tail() {
        try {
            List<String> lines = new ArrayList<>(Files.readAllLines(log));
            lines.addAll(told());
            int from = Math.max(0, lines.size() - TAIL_LINES);
            return String.join("\n", lines.subList(from, lines.size()));
        } catch (IOException e) {
            return "(" + log + " cannot be read: " + e.getMessage() + ")";
        }
    }

    /** Asks the program to end, and makes it end when it does not. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (IllegalStateException e) {
            // The bench is ending; the hook does the same.
        }
    }
}
