package dev.sluice.bench;

import dev.sluice.media.rtp.RtpHeaderWriter;
import dev.sluice.media.rtp.RtpPacket;
import dev.sluice.media.rtp.TransportSequence;

import io.netty.buffer.ByteBuf;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.util.concurrent.TimeUnit;

/** Reading a header, changing it in place, and writing another before the same payload. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RtpHeaderBenchmark {

    private static final int SIZE_BYTES = 1200;

    private final ByteBuf source = Packets.video(SIZE_BYTES);
    private final ByteBuf target = Packets.video(SIZE_BYTES);
    private final RtpPacket packet = new RtpPacket();
    private final RtpHeaderWriter writer = new RtpHeaderWriter();
    private int sequence;

    /** Fixed header, extension block, padding, and the look for one element. */
    @Benchmark
    public int parse() {
        packet.wrap(source);
        return packet.sequenceNumber()
                + TransportSequence.read(packet, Packets.TRANSPORT_SEQUENCE_ID);
    }

    /** Number, timestamp, SSRC and transport-wide number of a packet, where they stand. */
    @Benchmark
    public boolean rewriteInPlace() {
        packet.wrap(source);
        sequence = sequence + 1 & 0xFFFF;
        packet.sequenceNumber(sequence);
        packet.timestamp(sequence * 3000L);
        packet.ssrc(sequence);
        return TransportSequence.overwrite(packet, Packets.TRANSPORT_SEQUENCE_ID, sequence);
    }

    /** The header anew with other extension ids, and the payload copied behind it. */
    @Benchmark
    public int rewriteCopying() {
        packet.wrap(source);
        sequence = sequence + 1 & 0xFFFF;
        target.clear();
        writer.begin(target, packet.payloadType(), packet.marker(), sequence, sequence, sequence);
        writer.element(Packets.ABS_SEND_TIME_ID, 3, sequence);
        writer.element(Packets.TRANSPORT_SEQUENCE_ID, 2, sequence);
        writer.end();
        target.writeBytes(source, packet.payloadIndex(), packet.payloadSizeBytes());
        return target.readableBytes();
    }
}
