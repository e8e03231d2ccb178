package dev.sluice.media.receive;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;

import dev.sluice.media.rtp.RtpPacket;
import dev.sluice.media.send.SendStream;

import io.netty.buffer.ByteBuf;

import org.junit.jupiter.api.Test;

import java.lang.management.ManagementFactory;

class ReceiveStreamAllocationTest {

    private static final int PACKETS = 200_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final ReceiveStream stream =
            new ReceiveStream(MediaPackets.SSRC, 90_000, 1024, true, new ReceiveCounters());
    private final SendStream viewer = new SendStream(5, 90_000, 1024);
    private final NackRequester.Sink out = new Nowhere();
    private final RtpPacket packet = new RtpPacket();
    private int number;

    /** One packet of twenty is overtaken; a single buffer stands for all packets. */
    @Test
    void receivingAndForwardingAllocatesNothing() {
        ByteBuf buffer = MediaPackets.buffer(0);
        run(buffer);
        long before = threads.getCurrentThreadAllocatedBytes();
        run(buffer);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        stream.release();
        assertThat(buffer.release()).isTrue();

        assertThat(allocated).as("bytes over %d packets", PACKETS).isLessThan(PACKETS / 10);
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
            viewer.onSent(packet, 0, stream.extendedSequence());
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
