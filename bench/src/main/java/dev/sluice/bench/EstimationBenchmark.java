package dev.sluice.bench;

import dev.sluice.media.bwe.ArrivalLog;
import dev.sluice.media.bwe.CongestionController;
import dev.sluice.media.bwe.EstimationMode;
import dev.sluice.media.bwe.EstimatorSettings;
import dev.sluice.media.bwe.Probe;
import dev.sluice.media.pacing.Pacer;
import dev.sluice.media.pacing.PacerSettings;
import dev.sluice.media.pacing.PacketPriority;
import dev.sluice.media.rtcp.RtcpReader;
import dev.sluice.media.rtcp.TransportFeedback;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.util.concurrent.TimeUnit;

/**
 * What estimation, and apart from it pacing, add to each packet of a viewer at 3.1 Mbit/s, who
 * sends feedback every 50 ms as libwebrtc does.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class EstimationBenchmark {

    private static final int PACKETS = 16;
    private static final int NUMBERS = 1 << 16;
    private static final int FEEDBACKS = NUMBERS / PACKETS;
    private static final long FEEDBACK_NANOS = 50_000_000L;
    private static final long PACKET_NANOS = FEEDBACK_NANOS / PACKETS;
    private static final long DELAY_NANOS = 20_000_000L;
    private static final int PACKET_BYTES = 1_228;
    private static final long SSRC = 7;

    /** In the packet's header: 24 bits in units of 64 ms. */
    private static final int REFERENCE_TIME_OFFSET = 16;

    private static final int TICKS_PER_ROUND =
            (int) (FEEDBACKS * FEEDBACK_NANOS / TransportFeedback.REFERENCE_NANOS);

    private final CongestionController controller =
            new CongestionController(
                    new EstimatorSettings(EstimationMode.HYBRID, 3_000_000, 50_000, 6_000_000), 0);
    private final Pacer<Object> pacer = new Pacer<>(PacerSettings.DEFAULT, 0);
    private final Pacer.Sink<Object> sink = new Released();
    private final ByteBuf[] feedbacks = new ByteBuf[FEEDBACKS];
    private int released;
    private int next;
    private int sequence;
    private long nowNanos;

    /** Counts what the pacer lets go. */
    private final class Released implements Pacer.Sink<Object> {

        @Override
        public void onRelease(Object packet, int probeId, long atNanos) {
            released++;
        }

        @Override
        public int onPaddingWanted(int bytes, int probeId, long atNanos) {
            return 0;
        }
    }

    /** The feedback of a viewer who gets each number once, 20 ms after it was sent. */
    @Setup
    public void record() {
        ArrivalLog arrivals = new ArrivalLog(1, FEEDBACK_NANOS);
        long arrivalNanos = DELAY_NANOS;
        for (int i = 0; i < FEEDBACKS; i++) {
            for (int packet = 0; packet < PACKETS; packet++) {
                arrivalNanos += PACKET_NANOS;
                arrivals.onPacket(i * PACKETS + packet, SSRC, arrivalNanos);
            }
            ByteBuf feedback = Unpooled.directBuffer();
            arrivals.onDeadline(arrivals.nextDeadlineNanos(), told -> told.write(feedback));
            feedbacks[i] = feedback;
        }
    }

    /** The packets between two feedbacks as they leave, and the feedback as it came, read. */
    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public long estimate() {
        for (int i = 0; i < PACKETS; i++) {
            nowNanos += PACKET_NANOS;
            controller.onPacketSent(sequence, SSRC, sequence, PACKET_BYTES, Probe.NONE, nowNanos);
            sequence = (sequence + 1) & 0xFFFF;
        }
        RtcpReader.read(
                nextFeedback().duplicate(),
                packet -> {
                    if (packet instanceof TransportFeedback told) {
                        controller.onFeedback(told, nowNanos + 2 * DELAY_NANOS);
                    }
                });
        controller.onDeadline(nowNanos + 2 * DELAY_NANOS);
        return controller.targetBps();
    }

    private ByteBuf nextFeedback() {
        ByteBuf feedback = feedbacks[next];
        int reference = feedback.getMedium(REFERENCE_TIME_OFFSET);
        feedback.setMedium(REFERENCE_TIME_OFFSET, reference + TICKS_PER_ROUND);
        next = (next + 1) % FEEDBACKS;
        return feedback;
    }

    /** A packet through the pacer's queue. */
    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public int pace() {
        for (int i = 0; i < PACKETS; i++) {
            nowNanos += PACKET_NANOS;
            pacer.enqueue(this, PACKET_BYTES, PacketPriority.VIDEO, nowNanos, sink);
            pacer.onDeadline(nowNanos, sink);
        }
        pacer.rates(3_000_000, 0, nowNanos);
        return released;
    }
}
