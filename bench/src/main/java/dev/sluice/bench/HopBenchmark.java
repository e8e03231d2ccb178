package dev.sluice.bench;

import dev.sluice.media.buffer.HopQueue;
import dev.sluice.media.buffer.PacketRing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.concurrent.FastThreadLocalThread;

import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import java.util.concurrent.TimeUnit;

/**
 * A packet kept in its publisher's ring, and brought to another thread that keeps it, too: what the
 * publisher's loop pays for it, with a mirror and without, and what copying would cost.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class HopBenchmark {

    /** What becomes of the packet on the other thread. */
    public enum Mirror {
        /** There is none. */
        NONE,
        /** It keeps the publisher's buffer. */
        RETAINS,
        /** It keeps a copy of its own. */
        COPIES
    }

    private static final int SIZE_BYTES = 1200;
    private static final int RING_PACKETS = 1024;

    @Param Mirror mirror = Mirror.NONE;

    private final PooledByteBufAllocator allocator = PooledByteBufAllocator.DEFAULT;
    private final ByteBuf received = Packets.video(SIZE_BYTES);
    private final HopQueue queue = new HopQueue(RING_PACKETS);
    private final PacketRing ring = new PacketRing(RING_PACKETS);
    private volatile boolean isRunning;
    private @Nullable Thread reader;
    private long sequence;

    @Setup(Level.Trial)
    public void start() {
        isRunning = true;
        reader = new FastThreadLocalThread(this::read);
        reader.start();
    }

    private void read() {
        PacketRing kept = new PacketRing(RING_PACKETS);
        while (isRunning) {
            if (mirror == Mirror.NONE || !queue.poll()) {
                Thread.onSpinWait();
            } else {
                kept.put(queue.number(), keep((ByteBuf) queue.item()));
            }
        }
        kept.clear();
    }

    private ByteBuf keep(ByteBuf packet) {
        if (mirror == Mirror.RETAINS) {
            return packet;
        }
        ByteBuf copy = copy(packet);
        packet.release();
        return copy;
    }

    private ByteBuf copy(ByteBuf packet) {
        int size = packet.readableBytes();
        return allocator.directBuffer(size).writeBytes(packet, packet.readerIndex(), size);
    }

    @TearDown(Level.Trial)
    public void stop() throws InterruptedException {
        isRunning = false;
        if (reader != null) {
            reader.join();
        }
        while (queue.poll()) {
            ((ByteBuf) queue.item()).release();
        }
        ring.clear();
    }

    /** Copied into the ring, and offered until the mirror has room. */
    @Benchmark
    public long keepAndBring() {
        ByteBuf kept = copy(received);
        ring.put(++sequence, kept);
        if (mirror != Mirror.NONE) {
            kept.retain();
            while (!queue.offer(kept, 0, sequence)) {
                Thread.onSpinWait();
            }
        }
        return sequence;
    }
}
