package dev.sluice.bench.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where things are, and how Sluice is started here.
 *
 * @param root of the project
 * @param classPath of the server and the load tool
 * @param folder for logs and reports of this run
 */
public record Workplace(Path root, String classPath, Path folder, Cores cores) {

    private static final String MAIN = "dev.sluice.server.app.Main";

    /** The command line of Sluice, with the JVM's options of its users. */
    public List<String> sluice(List<String> jvmOptions, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(javaHome().resolve("bin/java").toString());
        command.add("@" + root.resolve("config/jvm.options"));
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", classPath, MAIN));
        command.addAll(arguments);
        return command;
    }

    public static Path javaHome() {
        return Path.of(System.getProperty("java.home"));
    }

    /** A file of this run. */
    public Path file(String name) {
        return folder.resolve(name);
    }

    /** A file of this run that nothing is written in yet. */
    public Path emptyFile(String name) {
        try {
            Path file = file(name);
            Files.deleteIfExists(file);
            return file;
        } catch (IOException e) {
            throw new BenchException("Cannot remove " + name + ": " + e, e);
        }
    }

    /** A port of this machine that nothing uses now. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new BenchException("There is no free port: " + e, e);
        }
    }
}
