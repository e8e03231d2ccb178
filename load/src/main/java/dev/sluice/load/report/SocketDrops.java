package dev.sluice.load.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Datagrams that the kernel had to drop because this process did not read them in time: loss that
 * no server is to blame for.
 */
public final class SocketDrops {

    private static final List<Path> TABLES =
            List.of(Path.of("/proc/net/udp"), Path.of("/proc/net/udp6"));

    private static final int ADDRESS_COLUMN = 1;
    private static final int HEXADECIMAL = 16;

    private SocketDrops() {}

    /** What the sockets of these ports have dropped so far; 0 where there is no Linux. */
    public static long of(Set<Integer> ports) {
        long drops = 0;
        for (Path table : TABLES) {
            try {
                drops += read(Files.readAllLines(table), ports);
            } catch (IOException e) {
                // No such table here, so nothing is known.
            }
        }
        return drops;
    }

    /** Reads a table: a line of column names, then one for each socket, with the drops last. */
    static long read(List<String> table, Set<Integer> ports) {
        return table.stream()
                .skip(1)
                .map(line -> line.strip().split(" +"))
                .filter(columns -> ports.contains(port(columns[ADDRESS_COLUMN])))
                .mapToLong(columns -> Long.parseLong(columns[columns.length - 1]))
                .sum();
    }

    private static int port(String address) {
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1), HEXADECIMAL);
    }
}
