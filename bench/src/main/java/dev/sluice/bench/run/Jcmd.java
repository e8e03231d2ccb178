package dev.sluice.bench.run;

import dev.sluice.bench.process.BenchException;
import dev.sluice.bench.process.Workplace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks a JVM of this machine by {@code jcmd}. */
final class Jcmd {

    /** The JVM is started with this, so that it knows its native memory. */
    static final String TRACKING = "-XX:NativeMemoryTracking=summary";

    /** Direct buffers, whoever made them: what Unsafe and ByteBuffer allocate. */
    private static final Pattern DIRECT =
            Pattern.compile("Other \\(reserved=\\d+KB, committed=(\\d+)KB");

    private static final long BYTES_PER_KIB = 1024;

    private Jcmd() {}

    /** Has the collector run. */
    static void collect(long pid) throws InterruptedException {
        ask(pid, "GC.run");
    }

    /** Direct memory in use, in bytes. */
    static long directBytes(long pid) throws InterruptedException {
        return direct(ask(pid, "VM.native_memory", "summary", "scale=KB"));
    }

    static long direct(String summary) {
        Matcher found = DIRECT.matcher(summary);
        return found.find() ? Long.parseLong(found.group(1)) * BYTES_PER_KIB : 0;
    }

    private static String ask(long pid, String... words) throws InterruptedException {
        String[] command = new String[words.length + 2];
        command[0] = Workplace.javaHome().resolve("bin/jcmd").toString();
        command[1] = Long.toString(pid);
        System.arraycopy(words, 0, command, 2, words.length);
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            String text =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new BenchException("jcmd failed: " + text.strip());
            }
            return text;
        } catch (IOException e) {
            throw new BenchException("jcmd, which a JDK has, is needed to tell memory: " + e, e);
        }
    }
}
