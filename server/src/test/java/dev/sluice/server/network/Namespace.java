package dev.sluice.server.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;

/**
 * A network namespace on the other side of a veth pair, with a bound on what flows into it. Needs
 * root and iproute2. It is deleted when this is closed, or else when the JVM ends; one that a
 * killed JVM left behind, with the next {@link #deleteLeftovers}.
 */
final class Namespace implements AutoCloseable {

    /** Of names of namespaces and devices; a process id and a letter follow. */
    private static final String PREFIX = "slu";

    /** Of 198.18.0.0/15, which is for measurements (RFC 2544, appendix C.2.2). */
    private static final String NETWORK = "198.18";

    private static final int ADDRESSES_EACH = 4;

    /**
     * What may leave at once: one packet, as on a link of that speed. With more the bound lets a
     * short probe through as if it were not there.
     */
    private static final String BURST = "1600b";

    private final String name;
    private final String device;
    private final String serverAddress;
    private final Thread atExit;

    /**
     * Makes it, without a bound.
     *
     * @param index of this one in this process, 0 to 25
     */
    Namespace(int index) throws IOException, InterruptedException {
        long process = ProcessHandle.current().pid();
        int base = index * ADDRESSES_EACH;
        String subnet = NETWORK + "." + process % 256 + ".";
        name = PREFIX + process + (char) ('a' + index);
        device = name;
        serverAddress = subnet + (base + 1);
        atExit = Thread.ofPlatform().unstarted(this::delete);
        Runtime.getRuntime().addShutdownHook(atExit);
        ip("netns", "add", name);
        ip("link", "add", device, "type", "veth", "peer", "name", "eth0", "netns", name);
        ip("addr", "add", serverAddress + "/30", "dev", device);
        ip("link", "set", device, "up");
        ip("-n", name, "addr", "add", subnet + (base + 2) + "/30", "dev", "eth0");
        ip("-n", name, "link", "set", "lo", "up");
        ip("-n", name, "link", "set", "eth0", "up");
        ip("-n", name, "route", "add", "default", "via", serverAddress);
    }

    /** Deletes those of processes that are no more. */
    static void deleteLeftovers() throws IOException, InterruptedException {
        for (String line : Program.run("ip", "netns", "list").lines().toList()) {
            String found = line.split(" ", 2)[0];
            if (found.matches(PREFIX + "\\d+[a-z]") && !isAlive(found)) {
                Program.run("ip", "netns", "del", found);
            }
        }
    }

    private static boolean isAlive(String namespace) {
        String process = namespace.substring(PREFIX.length(), namespace.length() - 1);
        return ProcessHandle.of(Long.parseLong(process)).isPresent();
    }

    /** By which programs in the namespace reach the server. */
    String serverAddress() {
        return serverAddress;
    }

    /** Bounds what flows into the namespace; what would wait longer is dropped. */
    void limit(long bps, Duration queue) throws IOException, InterruptedException {
        Program.run(
                "tc",
                "qdisc",
                "replace",
                "dev",
                device,
                "root",
                "tbf",
                "rate",
                bps + "bit",
                "burst",
                BURST,
                "latency",
                queue.toMillis() + "ms");
    }

    void unlimited() throws IOException, InterruptedException {
        Program.run("tc", "qdisc", "del", "dev", device, "root");
    }

    /** The kernel's counts of the bound: what was sent and dropped. */
    String counts() throws IOException, InterruptedException {
        return Program.run("tc", "-s", "qdisc", "show", "dev", device).replace('\n', ' ').trim();
    }

    /** A script that starts a program inside, with the arguments that it is given. */
    Path launcher(Path program) throws IOException {
        var executable =
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        Path script = Files.createTempFile(name, ".sh", executable);
        script.toFile().deleteOnExit();
        List<String> lines =
                List.of("#!/bin/sh", "exec ip netns exec %s %s \"$@\"".formatted(name, program));
        return Files.write(script, lines);
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(atExit);
        delete();
    }

    /** The device first: the namespace itself lives as long as a program is in it. */
    private void delete() {
        Program.attempt("ip", "link", "del", device);
        Program.attempt("ip", "netns", "del", name);
    }

    private static void ip(String... arguments) throws IOException, InterruptedException {
        String[] command = new String[arguments.length + 1];
        command[0] = "ip";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Program.run(command);
    }
}
