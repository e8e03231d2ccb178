package dev.sluice.bench.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Which core runs the server and which the load, so that neither takes time from the other.
 *
 * @param isPinned false where there is one core only, or no {@code taskset}: the kernel decides
 */
public record Cores(boolean isPinned, int server, int load) {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String ALLOWED = "Cpus_allowed_list:";

    /** What this machine allows. */
    public static Cores ofMachine() {
        try (var lines = Files.lines(STATUS)) {
            List<Integer> allowed =
                    lines.filter(line -> line.startsWith(ALLOWED))
                            .findFirst()
                            .map(line -> parse(line.substring(ALLOWED.length())))
                            .orElse(List.of());
            return of(allowed, isOnPath("taskset"), Interrupts.ofMachine());
        } catch (IOException e) {
            return of(List.of(), false, new Interrupts(Map.of()));
        }
    }

    /**
     * The server has the core with the fewest interrupts of devices, the load the one with most.
     */
    static Cores of(List<Integer> allowed, boolean hasTaskset, Interrupts interrupts) {
        if (allowed.size() < 2 || !hasTaskset) {
            return new Cores(false, 0, 0);
        }
        List<Integer> calmLast =
                allowed.stream()
                        .sorted(Comparator.<Integer>comparingLong(interrupts::of).reversed())
                        .toList();
        return new Cores(true, calmLast.getLast(), calmLast.getFirst());
    }

    /** Reads a list of cores as the kernel writes it: {@code 0-2,5}. */
    static List<Integer> parse(String list) {
        List<Integer> cores = new ArrayList<>();
        for (String range : list.strip().split(",")) {
            String[] ends = range.split("-");
            int last = Integer.parseInt(ends[ends.length - 1]);
            for (int core = Integer.parseInt(ends[0]); core <= last; core++) {
                cores.add(core);
            }
        }
        return cores;
    }

    /** Whether a program of the name is on the PATH. */
    public static boolean isOnPath(String program) {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
            if (Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }

    /** The command, held to the server's core. */
    public List<String> forServer(List<String> command) {
        return on(server, command);
    }

    /** The command, held to the core of the load. */
    public List<String> forLoad(List<String> command) {
        return on(load, command);
    }

    /** {@code taskset} turns into the command, so the process id is that of the command. */
    private List<String> on(int core, List<String> command) {
        if (!isPinned) {
            return command;
        }
        List<String> held = new ArrayList<>(List.of("taskset", "-c", Integer.toString(core)));
        held.addAll(command);
        return held;
    }

    @Override
    public String toString() {
        return isPinned
                ? "server on core %d, load on core %d".formatted(server, load)
                : "nothing is pinned to a core (one core, or no taskset)";
    }
}
