package dev.sluice.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;

import org.junit.jupiter.api.Test;

import java.lang.management.ManagementFactory;
import java.util.List;

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

    /** On a heap and a direct buffer; without leak detection, which remembers each access. */
    @Test
    void editingElementsAndPaddingAllocatesNothing() {
        ByteBuf direct = new UnpooledByteBufAllocator(true, true).directBuffer(256);
        for (ByteBuf buffer : List.of(Unpooled.buffer(256), direct)) {
            buffer.writeBytes(
                    Bytes.hex("91 60 0001 00000002 00000003 00000004 bede 0001 10aa 0000 ff"));
            edit(buffer);
            long before = threads.getCurrentThreadAllocatedBytes();
            edit(buffer);
            long allocated = threads.getCurrentThreadAllocatedBytes() - before;
            assertThat(allocated).as("bytes over %d packets", PACKETS / 4).isLessThan(PACKETS / 40);
            buffer.release();
        }
    }

    private void edit(ByteBuf buffer) {
        for (int i = 0; i < PACKETS / 4; i++) {
            packet.wrap(buffer);
            AudioLevel.put(packet, 1, true, i);
            CsrcAudioLevels.level(packet, 1, 0);
            PlayoutDelay.put(packet, 2, 10, 20);
            TransportSequenceV2.put(packet, 3, i, 5, true);
            TransportSequenceV2.overwrite(packet, 3, i + 1);
            AbsoluteCaptureTime.put(packet, 20, i, -i);
            AbsoluteCaptureTime.clockOffset(packet, 20);
            RtpPadding.replace(packet, i & 0x1F);
            RtpPadding.replace(packet, 0);
            ExtensionEditor.remove(packet, 20);
            ExtensionEditor.remove(packet, 3);
            ExtensionEditor.remove(packet, 2);
        }
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
            writer.element(
                    1,
                    in,
                    ExtensionElement.index(packet, 1),
                    ExtensionElement.sizeBytes(packet, 1));
            writer.element(20, 2, i);
            writer.end();
            packet.clear();
        }
    }
}
