package dev.sluice.media.fec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.rtp.RtpHeaderWriter;
import dev.sluice.media.rtp.RtpPacket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

class FecReceiverTest {

    private static final long REPAIR_SSRC = 0xFEC;

    private final Random random = new Random(1);
    private final FecPackets ring = new FecPackets();
    private final FecReceiver receiver =
            new FecReceiver(FecPackets.EXTENSIONS, UnpooledByteBufAllocator.DEFAULT);
    private final List<ByteBuf> sent = new ArrayList<>();

    @AfterEach
    void release() {
        receiver.release();
    }

    /** Sends packets 0 to count - 1, of which some are lost. */
    private void send(int count, Integer... lost) {
        for (int i = 0; i < count; i++) {
            sent.add(FecPackets.media(65_530 + i, 3000, i == 0, 50 + 20 * i, random));
            if (!List.of(lost).contains(i)) {
                ring.keep(sent.get(i));
            }
        }
    }

    private RtpPacket repair(Integer... packets) {
        XorBlock block = new XorBlock();
        long mask = 0;
        for (int i : packets) {
            block.add(FecPackets.wrap(sent.get(i)), new MutableExtensions(FecPackets.EXTENSIONS));
            mask |= Long.MIN_VALUE >>> i;
        }
        long bits = mask;
        return repair(out -> FecFormat.FLEXFEC_03.write(out, block, FecPackets.SSRC, 65_530, bits));
    }

    private interface Payload {
        void write(ByteBuf out);
    }

    private static RtpPacket repair(Payload payload) {
        ByteBuf out = Unpooled.buffer();
        RtpHeaderWriter writer = new RtpHeaderWriter();
        writer.begin(out, 49, false, 7, 3000, REPAIR_SSRC);
        writer.end();
        payload.write(out);
        return FecPackets.wrap(out);
    }

    private void assertRecovered(int... packets) {
        for (int i : packets) {
            ByteBuf packet = ring.packet(FecPackets.SSRC, (65_530 + i) & 0xFFFF);
            assertThat(packet).as("packet %d", i).isNotNull();
            assertThat(ByteBufUtil.hexDump(packet))
                    .isEqualTo(ByteBufUtil.hexDump(FecPackets.unstamped(sent.get(i))));
        }
    }

    @Test
    void recoversOneLostPacketByteForByte() {
        send(5, 3);
        assertThat(receiver.onRepairPacket(FecFormat.FLEXFEC_03, repair(0, 1, 2, 3, 4), ring, ring))
                .isEqualTo(FecStatus.DONE);
        assertRecovered(3);
        assertThat(receiver.recoveredPackets()).isEqualTo(1);
    }

    @Test
    void doesNothingWhereNothingIsMissing() {
        send(5);
        assertThat(receiver.onRepairPacket(FecFormat.FLEXFEC_03, repair(0, 1, 2, 3, 4), ring, ring))
                .isEqualTo(FecStatus.DONE);
        assertThat(ring.recovered).isZero();
        assertThat(receiver.pending()).isZero();
    }

    @Test
    void whatIsRecoveredHelpsTheRepairsThatWait() {
        send(6, 1, 2, 4);
        assertThat(receiver.onRepairPacket(FecFormat.FLEXFEC_03, repair(0, 1, 2), ring, ring))
                .isEqualTo(FecStatus.WAITING);
        assertThat(receiver.onRepairPacket(FecFormat.FLEXFEC_03, repair(2, 3, 4), ring, ring))
                .isEqualTo(FecStatus.WAITING);
        assertThat(ring.recovered).isZero();
        assertThat(receiver.onRepairPacket(FecFormat.FLEXFEC_03, repair(4, 5), ring, ring))
                .isEqualTo(FecStatus.DONE);
        assertRecovered(1, 2, 4);
        assertThat(receiver.pending()).isZero();
    }

    @Test
    void aLateMediaPacketCompletesARepairThatWaits() {
        send(4, 1, 2);
        receiver.onRepairPacket(FecFormat.FLEXFEC_03, repair(0, 1, 2, 3), ring, ring);
        ring.keep(sent.get(1));
        receiver.onMediaPacket(FecPackets.SSRC, 65_531, false, ring, ring);
        assertRecovered(2);
    }

    @Test
    void aPacketWithOtherBytesThanWereProtectedIsNotUsed() {
        send(4, 1, 2);
        receiver.onRepairPacket(FecFormat.FLEXFEC_03, repair(0, 1, 2, 3), ring, ring);
        ring.keep(sent.get(1));
        receiver.onMediaPacket(FecPackets.SSRC, 65_531, true, ring, ring);
        assertThat(ring.recovered).isZero();
        assertThat(receiver.pending()).isZero();
    }

    @Test
    void nothingComesOutWhereBytesDoNotCancelOut() {
        send(4, 0);
        RtpPacket repair = repair(0, 1, 2);
        RtpPacket longest = FecPackets.wrap(sent.get(2));
        ByteBuf wrong = Unpooled.copiedBuffer(longest.buffer());
        wrong.setByte(wrong.writerIndex() - 1, wrong.getByte(wrong.writerIndex() - 1) ^ 1);
        ring.keep(wrong);
        assertThat(receiver.onRepairPacket(FecFormat.FLEXFEC_03, repair, ring, ring))
                .isEqualTo(FecStatus.DONE);
        assertThat(ring.recovered).isZero();
    }

    @Test
    void aHeaderThatIsNotWellFormedIsNotLetOut() {
        send(3, 1);
        XorBlock block = new XorBlock();
        MutableExtensions stamped = new MutableExtensions(FecPackets.EXTENSIONS);
        block.add(FecPackets.wrap(sent.get(0)), stamped);
        ByteBuf broken = FecPackets.bytes("9f60fffb00000bb8cafebabe" + "00".repeat(20));
        RtpPacket view = new RtpPacket();
        assertThat(view.wrap(broken)).isFalse();
        block.xor(broken, 12, 0, 20);
        RtpPacket repair =
                repair(
                        out -> {
                            FecFormat.FLEXFEC_03.write(
                                    out, block, FecPackets.SSRC, 65_530, 3L << 62);
                            out.setByte(12, out.getByte(12) ^ 0x1F);
                            out.setShort(14, out.getShort(14) ^ 20);
                        });
        receiver.onRepairPacket(FecFormat.FLEXFEC_03, repair, ring, ring);
        assertThat(ring.recovered).isZero();
    }

    @Test
    void onlySoManyRepairsWait() {
        send(40, 0, 1, 2, 3);
        for (int i = 0; i < 2 * FecReceiver.MAX_PENDING; i++) {
            receiver.onRepairPacket(FecFormat.FLEXFEC_03, repair(0, 1, 2 + i % 30), ring, ring);
        }
        assertThat(receiver.pending()).isEqualTo(FecReceiver.MAX_PENDING);
        receiver.onMediaPacket(FecPackets.SSRC, (65_530 + 600) & 0xFFFF, false, ring, ring);
        assertThat(receiver.pending()).as("too old").isZero();
    }

    @Test
    void refusesWhatIsNoRepairPacket() {
        RtpPacket nothing = repair(_ -> {});
        assertThat(receiver.onRepairPacket(FecFormat.FLEXFEC_03, nothing, ring, ring))
                .isEqualTo(FecStatus.MALFORMED);
        RtpPacket huge = repair(out -> out.writeZero(XorBlock.MAX_PACKET_SIZE_BYTES + 1));
        assertThat(receiver.onRepairPacket(FecFormat.FLEXFEC_03, huge, ring, ring))
                .isEqualTo(FecStatus.MALFORMED);
        assertThat(receiver.pending()).isZero();
    }

    @Test
    void flexfecMaySendAPacketAgain() {
        send(3, 1);
        FecReceiver rfc = new FecReceiver(FecPackets.EXTENSIONS, UnpooledByteBufAllocator.DEFAULT);
        RtpPacket again = repair(out -> out.writeBytes(FecPackets.unstamped(sent.get(1))));
        assertThat(rfc.onRepairPacket(FecFormat.FLEXFEC, again, ring, ring))
                .isEqualTo(FecStatus.DONE);
        assertRecovered(1);
        assertThat(rfc.onRepairPacket(FecFormat.FLEXFEC, again, ring, ring))
                .isEqualTo(FecStatus.DONE);
        assertThat(ring.recovered).isEqualTo(1);
        rfc.release();
    }
}
