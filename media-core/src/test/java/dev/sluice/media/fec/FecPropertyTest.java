package dev.sluice.media.fec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.rtp.RtpPacket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;

class FecPropertyTest {

    @Property(tries = 300)
    void oneLossInEachGroupIsRecoveredByteForByte(
            @ForAll FecFormat format,
            @ForAll @IntRange(min = 1, max = 12) int perRepair,
            @ForAll @IntRange(max = 3) int rowsLog,
            @ForAll @IntRange(max = 65_535) int firstSequence,
            @ForAll long seed) {
        Random random = new Random(seed);
        ProtectedStream viewer = new ProtectedStream(format, firstSequence);
        int rows = 1 << Math.min(rowsLog, 31 - Integer.numberOfLeadingZeros(46 / perRepair));
        viewer.sender.protection(new Protection(perRepair, rows));
        int group = rows * perRepair;
        for (int i = 0; i < group; i++) {
            viewer.send(i == group - 1, random.nextInt(1200), random);
        }
        assertThat(viewer.repairs).as("repairs of a full group").hasSize(rows);
        // A burst of as many as there are rows, anywhere.
        int first = random.nextInt(group - rows + 1);
        for (int i = 0; i < group; i++) {
            if (i < first || i >= first + rows) {
                viewer.receiveMedia(viewer.media.get(i));
            }
        }
        viewer.repairs.forEach(viewer::receiveRepair);
        viewer.media.forEach(viewer::assertHas);
        assertThat(viewer.ring.recovered).isEqualTo(rows);
        viewer.receiver.release();
    }

    @Property(tries = 300)
    void whatComesOutIsAlwaysWhatWasSent(
            @ForAll FecFormat format,
            @ForAll @IntRange(min = 1, max = 20) int perRepair,
            @ForAll @IntRange(max = 3) int rowsLog,
            @ForAll @IntRange(max = 60) int lossPercent,
            @ForAll long seed) {
        Random random = new Random(seed);
        ProtectedStream viewer = new ProtectedStream(format, random.nextInt(1 << 16));
        viewer.sender.protection(new Protection(perRepair, 1 << rowsLog));
        Set<ByteBuf> lost = new HashSet<>();
        int delivered = 0;
        for (int i = 0; i < 100; i++) {
            ByteBuf packet = viewer.send(random.nextInt(5) == 0, random.nextInt(300), random);
            if (random.nextInt(100) >= lossPercent) {
                viewer.receiveMedia(packet);
            } else {
                lost.add(packet);
            }
            for (; delivered < viewer.repairs.size(); delivered++) {
                if (random.nextInt(100) >= lossPercent) {
                    viewer.receiveRepair(viewer.repairs.get(delivered));
                }
            }
        }
        for (ByteBuf packet : viewer.media) {
            RtpPacket view = FecPackets.wrap(viewer.plain(packet));
            if (viewer.ring.packet(view.ssrc(), view.sequenceNumber()) != null) {
                viewer.assertHas(packet);
                lost.remove(packet);
            }
        }
        assertThat(viewer.media.size() - lost.size())
                .isEqualTo(viewer.receiver.recoveredPackets() + receivedDirectly(viewer));
        assertThat(viewer.receiver.pending()).isLessThanOrEqualTo(FecReceiver.MAX_PENDING);
        viewer.receiver.release();
    }

    private static long receivedDirectly(ProtectedStream viewer) {
        long present =
                viewer.media.stream()
                        .map(packet -> FecPackets.wrap(viewer.plain(packet)))
                        .filter(v -> viewer.ring.packet(v.ssrc(), v.sequenceNumber()) != null)
                        .count();
        return present - viewer.ring.recovered;
    }

    @Property
    void anyPayloadIsTakenWithoutAnException(
            @ForAll FecFormat format, @ForAll @Size(max = 60) byte[] payload, @ForAll long seed) {
        Random random = new Random(seed);
        FecPackets ring = new FecPackets();
        for (int i = 0; i < 40; i++) {
            if (random.nextInt(10) > 0) {
                ring.keep(FecPackets.media(i, 1, false, random.nextInt(60), random));
            }
        }
        FecReceiver receiver =
                new FecReceiver(FecPackets.EXTENSIONS, UnpooledByteBufAllocator.DEFAULT);
        ByteBuf packet = Unpooled.buffer();
        packet.writeByte(0x81).writeByte(49).writeShort(1).writeInt(1);
        packet.writeInt((int) FecPackets.SSRC).writeInt((int) FecPackets.SSRC);
        packet.writeBytes(payload);
        receiver.onRepairPacket(format, FecPackets.wrap(packet), ring, ring);
        receiver.onMediaPacket(FecPackets.SSRC, 5, false, ring, ring);
        receiver.release();
        assertThat(receiver.pending()).isZero();
    }
}
