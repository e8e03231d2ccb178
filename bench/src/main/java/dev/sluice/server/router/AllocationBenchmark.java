package dev.sluice.server.router;

import dev.sluice.server.session.SessionSink;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * One allocation of a viewer's network among his tracks, of which one has three simulcast layers;
 * it takes place four times a second.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class AllocationBenchmark {

    private static final int BATCH = 256;
    private static final int SETTLED_MILLIS = 3_000;

    private final EngineWorld world = EngineWorld.ofLoops(1, 1);
    private final ViewerAllocation allocation = new ViewerAllocation();
    private final Subscriber viewer = connect();

    private Subscriber connect() {
        world.simulcast("s", 150_000, 500_000, 1_500_000);
        SimulatedViewer peer = world.connectedViewer("s", SimulatedViewer.WITH_RTX);
        world.run(SETTLED_MILLIS);
        return (Subscriber)
                Objects.requireNonNull(world.engine(0).sessions().byId(peer.sessionId()));
    }

    /** Lets go of the simulated world. */
    @TearDown
    public void close() {
        world.close();
    }

    /** As the deadline does. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void allocate() {
        world.act(0, this::allocate);
    }

    private void allocate(SessionSink out) {
        for (int i = 0; i < BATCH; i++) {
            allocation.start(world.nowNanos());
            allocation.onDeadline(viewer.tracks(), viewer.session(), world.nowNanos(), out);
        }
    }
}
