package dev.sluice.bench;

import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * What the kernel takes for one datagram of video to this machine itself, sent alone; its receiver
 * reads none and so costs next to nothing.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SendBenchmark {

    private static final int DATAGRAM_BYTES = 1_216;

    private final ByteBuffer datagram = ByteBuffer.allocateDirect(DATAGRAM_BYTES);
    private @Nullable DatagramChannel receiver;
    private @Nullable DatagramChannel sender;

    /** Opens a socket for each side. */
    @Setup
    public void connect() throws IOException {
        InetSocketAddress here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        DatagramChannel bound = DatagramChannel.open().bind(here);
        receiver = bound;
        sender = DatagramChannel.open().connect(bound.getLocalAddress());
    }

    /** Frees them. */
    @TearDown
    public void close() throws IOException {
        Objects.requireNonNull(sender).close();
        Objects.requireNonNull(receiver).close();
    }

    /** One datagram. */
    @Benchmark
    public int send() throws IOException {
        datagram.rewind();
        return Objects.requireNonNull(sender).write(datagram);
    }
}
