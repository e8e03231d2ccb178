package dev.sluice.media.receive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.measure.AllocationMeter;
import dev.sluice.media.rtp.RtpPacket;
import dev.sluice.media.send.SendStream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.concurrent.FastThreadLocalThread;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ReceiveStreamAllocationTest {

    private static final int PACKETS = 200_000;

    /** 128 were measured, of which the copy is the likely source; none is the aim. */
    private static final long HANDLE_BYTES = 160;

    @RegisterExtension final AllocationMeter meter = new AllocationMeter();

    private final ReceiveStream stream =
            new ReceiveStream(MediaPackets.SSRC, 90_000, 1024, true, new ReceiveCounters());
    private final SendStream viewer = new SendStream(5, 90_000, 1024, true);
    private final NackRequester.Sink out = new Nowhere();
    private final RtpPacket packet = new RtpPacket();
    private int number;
    private long allocated = Long.MAX_VALUE;

    /** On a thread of the kind that Netty's loops have: its pools keep caches for those. */
    @Test
    void aReceivedPacketAllocatesNoMoreThanTheHandleOfItsPooledCopy() throws InterruptedException {
        var loop = new FastThreadLocalThread(() -> allocated = measure());
        loop.start();
        loop.join();

        assertThat(allocated)
                .as("bytes over %d packets", PACKETS)
                .isLessThanOrEqualTo(PACKETS * HANDLE_BYTES);
    }

    /** One packet of twenty is overtaken; a single buffer stands for all packets. */
    private long measure() {
        ByteBuf template = MediaPackets.buffer(0);
        ByteBuf buffer = PooledByteBufAllocator.DEFAULT.directBuffer().writeBytes(template);
        template.release();
        run(buffer);
        long bytes = meter.bytesOf(() -> run(buffer));
        stream.release();
        buffer.release();
        return bytes;
    }

    private void run(ByteBuf buffer) {
        for (int i = 0; i < PACKETS; i++) {
            number++;
            if (number % 20 == 0) {
                receive(buffer, number + 1);
            } else if (number % 20 == 1) {
                receive(buffer, number - 1);
            } else {
                receive(buffer, number);
            }
        }
    }

    private void receive(ByteBuf buffer, int sequenceNumber) {
        long nowNanos = number * 1_000_000L;
        packet.wrap(buffer);
        packet.sequenceNumber(sequenceNumber);
        if (stream.onPacket(packet, false, nowNanos).accepted()) {
            viewer.onSent(packet.sequenceNumber(), packet.payloadSizeBytes());
            viewer.retransmissions().find(sequenceNumber & 0xFFFF, nowNanos);
        }
        stream.onDeadline(nowNanos, out);
    }

    private static final class Nowhere implements NackRequester.Sink {

        @Override
        public void onPacketsLost(long mediaSsrc, int firstSequenceNumber, int count) {}

        @Override
        public void onKeyFrameNeeded(long mediaSsrc) {}
    }
}
