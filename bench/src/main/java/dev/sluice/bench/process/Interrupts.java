package dev.sluice.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * How many interrupts of devices each core has had since the machine was started, by {@code
 * /proc/interrupts}. What they take is taken from whatever runs there.
 */
record Interrupts(Map<Integer, Long> ofCores) {

    private static final Path TABLE = Path.of("/proc/interrupts");
    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final String CORE = "CPU";

    /** A device's interrupt has a number, those of the cores among each other have names. */
    private static final Pattern DEVICE = Pattern.compile("\\d+:");

    /** Of this machine; none are known where the system is another one. */
    static Interrupts ofMachine() {
        try {
            return parse(Files.readAllLines(TABLE));
        } catch (IOException e) {
            return new Interrupts(Map.of());
        }
    }

    /** Reads the table as the kernel writes it: a column for each core. */
    static Interrupts parse(List<String> table) {
        if (table.isEmpty()) {
            return new Interrupts(Map.of());
        }
        List<Integer> columns =
                Arrays.stream(SPACE.split(table.getFirst().strip()))
                        .map(name -> Integer.valueOf(name.substring(CORE.length())))
                        .toList();
        Map<Integer, Long> sums = new HashMap<>();
        for (String line : table) {
            String[] words = SPACE.split(line.strip());
            if (DEVICE.matcher(words[0]).matches()) {
                for (int i = 0; i < columns.size(); i++) {
                    sums.merge(columns.get(i), Long.parseLong(words[i + 1]), Long::sum);
                }
            }
        }
        return new Interrupts(sums);
    }

    long of(int core) {
        return ofCores.getOrDefault(core, 0L);
    }
}
