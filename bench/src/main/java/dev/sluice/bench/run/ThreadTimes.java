package dev.sluice.bench.run;

import dev.sluice.load.report.ProcessSample;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * CPU time that the threads of a JVM took until one moment, in nanoseconds, to 10 ms a thread.
 *
 * @param loops of Sluice's media loops
 * @param compiler of the JVM's compilers
 * @param collector of ZGC
 * @param process of all threads, those that have ended included
 */
record ThreadTimes(long loops, long compiler, long collector, long process) {

    static final ThreadTimes NONE = new ThreadTimes(0, 0, 0, 0);

    /** What a thread is for, as its name says, of which Linux keeps 15 characters. */
    private enum Kind {
        LOOP("sluice-media"),
        COMPILER("C1 Compiler", "C2 Compiler"),
        COLLECTOR("ZDirector", "ZDriver", "ZWorker", "ZStat", "ZUncommitter", "VM Thread");

        private final String[] beginnings;

        Kind(String... beginnings) {
            this.beginnings = beginnings;
        }

        boolean has(String name) {
            for (String beginning : beginnings) {
                if (name.startsWith(beginning)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** Reads the process; {@link #NONE} where there is none any more. */
    static ThreadTimes of(long pid) {
        Path folder = Path.of("/proc", Long.toString(pid), "task");
        ThreadTimes sum =
                new ThreadTimes(
                        0, 0, 0, ProcessSample.of(pid).map(ProcessSample::cpuNanos).orElse(0L));
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(folder)) {
            for (Path thread : threads) {
                sum = sum.plus(thread);
            }
            return sum;
        } catch (IOException e) {
            return NONE;
        }
    }

    private ThreadTimes plus(Path thread) {
        try {
            return plus(Files.readString(thread.resolve("stat")));
        } catch (IOException e) {
            // It has ended.
            return this;
        }
    }

    /** With the thread that has this {@code stat}. */
    ThreadTimes plus(String stat) {
        String name = stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
        long nanos = ProcessSample.cpuNanos(stat);
        return new ThreadTimes(
                loops + (Kind.LOOP.has(name) ? nanos : 0),
                compiler + (Kind.COMPILER.has(name) ? nanos : 0),
                collector + (Kind.COLLECTOR.has(name) ? nanos : 0),
                process);
    }

    /** What was taken since then. */
    ThreadTimes since(ThreadTimes earlier) {
        return new ThreadTimes(
                loops - earlier.loops,
                compiler - earlier.compiler,
                collector - earlier.collector,
                process - earlier.process);
    }

    /** The loops' part of the process's time, 0 to 1; not a number where nothing was taken. */
    double loopShare() {
        return loops / known();
    }

    /** The compilers' part. */
    double compilerShare() {
        return compiler / known();
    }

    /** The collector's part. */
    double collectorShare() {
        return collector / known();
    }

    private double known() {
        return process > 0 ? process : Double.NaN;
    }
}
