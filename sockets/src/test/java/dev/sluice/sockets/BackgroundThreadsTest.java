package dev.sluice.sockets;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

class BackgroundThreadsTest {

    @TempDir private Path threads;

    @Test
    void areTheCompilersAndTheCollector() throws IOException {
        thread(11, "C1 CompilerThre");
        thread(12, "C2 CompilerThre");
        thread(13, "ZWorkerYoung#0");
        thread(14, "ZDirector");
        thread(15, "media-0");
        thread(16, "VM Thread");
        thread(17, "Zulip-7");
        assertThat(found()).containsExactly(11, 12, 13, 14);
    }

    @Test
    void areNoneWhereTheSystemListsNoThreads() {
        threads = threads.resolve("absent");
        assertThat(found()).isEmpty();
    }

    @Test
    void aThreadThatEndedMeanwhileIsPassedOver() throws IOException {
        Files.createDirectory(threads.resolve("21"));
        thread(22, "C2 CompilerThre");
        assertThat(found()).containsExactly(22);
    }

    @Test
    void ofARunningJvmHaveALowerPriorityThanItsOtherThreads() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process =
                new ProcessBuilder(
                                List.of(
                                        java,
                                        "-XX:+UseZGC",
                                        "--enable-native-access=ALL-UNNAMED",
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        Report.class.getName()))
                        .redirectErrorStream(true)
                        .start();
        List<String> lines = process.inputReader().lines().toList();
        assertThat(process.waitFor()).as(lines.toString()).isZero();
        int own = LinuxThreads.niceness();
        int lower = Math.min(LinuxThreads.MOST_NICENESS, own + BackgroundThreads.NICENESS);
        assertThat(lines)
                .contains("C2 CompilerThre " + lower, "ZDirector " + lower)
                .contains("VM Thread " + own, "java " + own);
    }

    private NavigableSet<Integer> found() {
        NavigableSet<Integer> found = new TreeSet<>();
        BackgroundThreads.forEach(threads, found::add);
        return found;
    }

    private void thread(int number, String name) throws IOException {
        Path thread = Files.createDirectory(threads.resolve(Integer.toString(number)));
        Files.writeString(thread.resolve("comm"), name + "\n");
    }

    /** A JVM of its own, as these threads cannot have their priority back. */
    static final class Report {

        private Report() {}

        public static void main(String[] args) throws IOException {
            BackgroundThreads.giveWay();
            BackgroundThreads.giveWay();
            try (var threads = Files.list(Path.of("/proc/self/task"))) {
                for (Path thread : threads.toList()) {
                    System.out.println(
                            Files.readString(thread.resolve("comm")).strip()
                                    + ' '
                                    + niceness(thread));
                }
            }
        }

        private static int niceness(Path thread) {
            return LinuxThreads.niceness(Integer.parseInt(thread.getFileName().toString()));
        }
    }
}
