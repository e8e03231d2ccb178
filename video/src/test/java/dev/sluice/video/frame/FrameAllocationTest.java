package dev.sluice.video.frame;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.measure.AllocationMeter;
import dev.sluice.media.rtp.Codec;
import dev.sluice.video.payload.Depacketizer;
import dev.sluice.video.payload.NalStreams;
import dev.sluice.video.payload.Packetizer;
import dev.sluice.video.payload.RecordedPackets;
import dev.sluice.video.payload.h264.H264Depacketizer;
import dev.sluice.video.payload.h264.H264Packetizer;
import dev.sluice.video.payload.h264.PacketizationMode;
import dev.sluice.video.payload.h265.H265Depacketizer;
import dev.sluice.video.payload.h265.H265Packetizer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.List;

/** What recorded streams cost, in bytes of heap in steady state. */
class FrameAllocationTest {

    private static final int ROUNDS = 2_000;

    /** The frame's record, and the handle of its pooled buffer on a thread without a cache. */
    private static final int MAX_FRAME_COST_BYTES = 256;

    @RegisterExtension final AllocationMeter meter = new AllocationMeter();

    @Test
    void h264PayloadsCostNothing() {
        assertPayloadsCostNothing(
                Codec.H264,
                "h264-160x120.rtp",
                new H264Depacketizer(),
                new H264Packetizer(PacketizationMode.NON_INTERLEAVED));
    }

    @Test
    void h265PayloadsCostNothing() {
        assertPayloadsCostNothing(
                Codec.H265, "h265-160x120.rtp", new H265Depacketizer(), new H265Packetizer());
    }

    /** Key frame detection, depacketizing, and packetizing again. */
    private void assertPayloadsCostNothing(
            Codec codec, String recording, Depacketizer depacketizer, Packetizer packetizer) {
        List<ByteBuf> payloads =
                NalStreams.frames(recording).stream().flatMap(List::stream).toList();
        KeyFrameDetector detector = new KeyFrameDetector();
        ByteBuf frame = UnpooledByteBufAllocator.DEFAULT.heapBuffer(1 << 16);

        long bytes =
                measure(
                        () -> {
                            frame.clear();
                            for (int i = 0; i < payloads.size(); i++) {
                                ByteBuf payload = payloads.get(i);
                                detector.startsKeyFrame(
                                        codec,
                                        payload,
                                        payload.readerIndex(),
                                        payload.readableBytes());
                                depacketizer.frameStart(payload);
                                depacketizer.append(payload, frame);
                            }
                            packetizer.packetize(frame, 300, (_, _) -> {});
                        });

        assertThat(frame.readableBytes()).isGreaterThan(9_000);
        assertThat(bytes).as("bytes over %d rounds", ROUNDS).isLessThan(ROUNDS);
    }

    /** Of the assembler's own, only what it hands out: a frame's record and its buffer. */
    @Test
    void anAssembledFrameCostsAFewObjectsAndAPacketNone() {
        Counter counter = new Counter();
        FrameAssembler assembler =
                new FrameAssembler(
                        Codec.H264,
                        new H264Depacketizer(),
                        PooledByteBufAllocator.DEFAULT,
                        1_000_000);
        var packets = RecordedPackets.of("h264-160x120.rtp");
        var payloads =
                packets.stream()
                        .map(p -> p.buffer().slice(p.payloadIndex(), p.payloadSizeBytes()))
                        .toList();
        long[] sequence = {1};

        long bytes =
                measure(
                        () -> {
                            for (int i = 0; i < packets.size(); i++) {
                                assembler.onPacket(
                                        sequence[0]++,
                                        packets.get(i).timestamp(),
                                        packets.get(i).marker(),
                                        payloads.get(i),
                                        0,
                                        counter);
                            }
                        });

        assertThat(counter.frames).isEqualTo(12L * 3 * ROUNDS);
        assertThat(bytes / (12.0 * ROUNDS)).as("bytes a frame").isLessThan(MAX_FRAME_COST_BYTES);
    }

    private long measure(Runnable round) {
        repeat(round, 2 * ROUNDS);
        return meter.bytesOf(() -> repeat(round, ROUNDS));
    }

    private static void repeat(Runnable round, int times) {
        for (int i = 0; i < times; i++) {
            round.run();
        }
    }

    private static final class Counter implements FrameSink {

        private long frames;

        @Override
        public void onFrame(AssembledFrame frame) {
            frames++;
        }

        @Override
        public void onGap(FrameGap gap) {
            throw new AssertionError(gap);
        }
    }
}
