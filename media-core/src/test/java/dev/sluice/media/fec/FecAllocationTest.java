package dev.sluice.media.fec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.measure.AllocationMeter;
import dev.sluice.media.rtp.RtpPacket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.Random;

/** Protecting and recovering allocate nothing per packet once their places are there. */
class FecAllocationTest {

    private static final int GROUPS = 2_000;
    private static final int GROUP = 10;

    @RegisterExtension final AllocationMeter meter = new AllocationMeter();
    private final ByteBuf[] media = new ByteBuf[GROUP];
    private final RtpPacket view = new RtpPacket();
    private final ByteBuf repair = Unpooled.buffer(4_096);
    private final FecGenerator generator =
            new FecGenerator(FecFormat.FLEXFEC_03, FecPackets.SSRC, FecPackets.EXTENSIONS);
    private final FecReceiver receiver =
            new FecReceiver(FecPackets.EXTENSIONS, UnpooledByteBufAllocator.DEFAULT);
    private final MediaPackets ring =
            (_, sequence) -> {
                int i = sequence % GROUP;
                return i == 3 ? null : media[i];
            };
    private long recovered;
    private final RecoveredPackets out = packet -> recovered += packet.readableBytes();

    @AfterEach
    void release() {
        receiver.release();
    }

    @Test
    void nothingIsAllocatedPerPacket() {
        Random random = new Random(1);
        for (int i = 0; i < GROUP; i++) {
            media[i] = FecPackets.media(i, 1, i == GROUP - 1, 1_100, random);
        }
        generator.protection(new Protection(GROUP, 1));
        run();
        long bytes = meter.bytesOf(this::run);
        assertThat(recovered).isPositive();
        assertThat(receiver.recoveredPackets()).isEqualTo(2L * GROUPS);
        assertThat(bytes).as("bytes in %d groups", GROUPS).isLessThan(GROUPS);
    }

    private void run() {
        for (int group = 0; group < GROUPS; group++) {
            int due = 0;
            for (ByteBuf packet : media) {
                view.wrap(packet);
                due = generator.onPacket(view);
                receiver.onMediaPacket(FecPackets.SSRC, view.sequenceNumber(), false, ring, out);
            }
            for (int i = 0; i < due; i++) {
                repair.clear().writeInt(0x8031_0001).writeInt(1).writeInt(0xFEC);
                generator.writePayload(i, repair);
                view.wrap(repair);
                receiver.onRepairPacket(FecFormat.FLEXFEC_03, view, ring, out);
            }
        }
    }
}
