package dev.sluice.sockets;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Has the JVM's compilers and its collector give way: what they do takes milliseconds, for which a
 * thread with sockets that shares their core would wait with its packets. They have about a tenth
 * each of a core that is busy, and all of what is left of one that is not.
 *
 * <p>Threads of theirs that are started later have the niceness of those that start them.
 */
public final class BackgroundThreads {

    /**
     * The weight of such a thread is 110 where others have 1024 (sched(7), kernel/sched/core.c).
     */
    static final int NICENESS = 10;

    private static final Path THREADS = Path.of("/proc/self/task");

    /** Beginnings of names: the compilers, and of ZGC all that does not work within pauses. */
    private static final List<String> NAMES =
            List.of("C1 Compiler", "C2 Compiler", "ZD", "ZStat", "ZUncommitter", "ZWorker");

    private BackgroundThreads() {}

    /**
     * Lowers their priority to {@value #NICENESS} below that of the calling thread, where the
     * system is Linux.
     */
    public static void giveWay() {
        if (LinuxThreads.areAvailable()) {
            int niceness = Math.min(LinuxThreads.MOST_NICENESS, LinuxThreads.niceness() + NICENESS);
            forEach(THREADS, thread -> LinuxThreads.setNiceness(thread, niceness));
        }
    }

    /**
     * Tells each of them.
     *
     * @param threads where each thread of the process has a directory, as in /proc/self/task
     */
    static void forEach(Path threads, IntConsumer each) {
        for (Path thread : list(threads)) {
            String name = name(thread);
            if (NAMES.stream().anyMatch(name::startsWith)) {
                each.accept(Integer.parseInt(thread.getFileName().toString()));
            }
        }
    }

    private static List<Path> list(Path threads) {
        List<Path> all = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(threads)) {
            found.forEach(all::add);
        } catch (IOException | DirectoryIteratorException e) {
            return List.of();
        }
        return all;
    }

    /** Empty where the thread has ended meanwhile. */
    private static String name(Path thread) {
        try {
            return Files.readString(thread.resolve("comm"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
