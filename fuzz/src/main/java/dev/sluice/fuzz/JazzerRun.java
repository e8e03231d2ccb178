package dev.sluice.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Jazzer over one target in a process of its own, for a time.
 *
 * @param target the target's name
 * @param seconds how long it looks
 * @param seed of its chance; 0 is another one each time
 * @param folder where the corpus grows and findings are put; made where it is missing
 */
record JazzerRun(String target, long seconds, int seed, Path folder) {

    /** Datagrams and descriptions are smaller. */
    private static final int MAX_INPUT_BYTES = 1 << 14;

    /** What takes longer than this for one input is a finding. */
    private static final int INPUT_TIMEOUT_SECONDS = 5;

    private static final String HEAP = "-Xmx512m";
    private static final Pattern RUNS = Pattern.compile("Done (\\d+) runs");
    private static final String LOG = "jazzer.log";

    /**
     * @param runs how many inputs were tried, -1 when Jazzer did not tell
     * @param findings the inputs that failed, in hexadecimal digits
     * @param failed whether the process ended otherwise than well
     */
    record Result(String target, long runs, List<String> findings, boolean failed, Path log) {}

    Result run() throws InterruptedException {
        try {
            Path corpus = Files.createDirectories(folder.resolve("corpus"));
            writeSeeds(corpus);
            Process process =
                    new ProcessBuilder(command(corpus))
                            .redirectErrorStream(true)
                            .redirectOutput(folder.resolve(LOG).toFile())
                            .start();
            return result(exitOf(process));
        } catch (IOException e) {
            throw new UncheckedIOException("target " + target + " cannot run in " + folder, e);
        }
    }

    private static int exitOf(Process process) throws InterruptedException {
        try {
            return process.waitFor();
        } finally {
            process.destroy();
        }
    }

    private void writeSeeds(Path corpus) throws IOException {
        List<byte[]> seeds = Seeds.of(target);
        for (int i = 0; i < seeds.size(); i++) {
            Files.write(corpus.resolve("seed-" + i), seeds.get(i));
        }
    }

    private List<String> command(Path corpus) {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(List.of("-XX:+EnableDynamicAgentLoading", "-XX:+UseSerialGC", HEAP));
        command.addAll(
                List.of(
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow"));
        command.add("-D" + Fuzzer.TARGET_PROPERTY + "=" + target);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add("com.code_intelligence.jazzer.Jazzer");
        command.add("--target_class=" + Fuzzer.class.getName());
        command.add("--instrumentation_includes=dev.sluice.**");
        // Netty's own memory access is not what is looked at, and Jazzer's hooks break it.
        command.add("--custom_hook_includes=dev.sluice.**");
        command.add("--reproducer_path=" + folder);
        command.add("-artifact_prefix=" + folder + "/");
        command.add("-max_total_time=" + seconds);
        command.add("-max_len=" + MAX_INPUT_BYTES);
        command.add("-seed=" + seed);
        command.add("-timeout=" + INPUT_TIMEOUT_SECONDS);
        command.add(corpus.toString());
        return command;
    }

    private Result result(int exit) throws IOException {
        Path log = folder.resolve(LOG);
        Matcher runs = RUNS.matcher(Files.readString(log));
        return new Result(
                target,
                runs.find() ? Long.parseLong(runs.group(1)) : -1,
                findings(),
                exit != 0,
                log);
    }

    private List<String> findings() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<String> findings = new ArrayList<>();
            for (Path file : files.filter(JazzerRun::isFinding).sorted().toList()) {
                findings.add(HexFormat.of().formatHex(Files.readAllBytes(file)));
            }
            return findings;
        }
    }

    private static boolean isFinding(Path file) {
        String name = file.getFileName().toString();
        return Stream.of("crash-", "timeout-", "oom-").anyMatch(name::startsWith);
    }
}
