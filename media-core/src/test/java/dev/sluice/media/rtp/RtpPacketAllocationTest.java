package dev.sluice.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;

import io.netty.buffer.ByteBuf;

import org.junit.jupiter.api.Test;

import java.lang.management.ManagementFactory;

class RtpPacketAllocationTest {

    private static final int PACKETS = 200_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final RtpPacket packet = new RtpPacket();
    private final RtpHeaderWriter writer = new RtpHeaderWriter();

    @Test
    void readingAndRewritingAPacketAllocatesNothing() {
        ByteBuf in =
                Bytes.hex(
                        "90 60 0001 00000002 00000003 bede 0003 10aa 21bbbb 0000 52cccccc 0000 ff");
        ByteBuf out = Bytes.hex("00".repeat(64));
        run(in, out);
        long before = threads.getCurrentThreadAllocatedBytes();
        run(in, out);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(allocated).as("bytes over %d packets", PACKETS).isLessThan(PACKETS / 10);
    }

    private void run(ByteBuf in, ByteBuf out) {
        for (int i = 0; i < PACKETS; i++) {
            packet.wrap(in);
            packet.sequenceNumber(i);
            packet.timestamp(i);
            packet.ssrc(i);
            TransportSequence.overwrite(packet, 2, i);
            AbsSendTime.overwrite(packet, 5, i);
            out.clear();
            writer.begin(
                    out,
                    packet.payloadType(),
                    packet.marker(),
                    i,
                    packet.timestamp(),
                    packet.ssrc());
            writer.element(1, in, packet.extensionElement(1), packet.extensionElementSize(1));
            writer.element(20, 2, i);
            writer.end();
            packet.clear();
        }
    }
}
