package dev.sluice.media.fec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.rtp.RtpPacket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

class FecPropertyTest {

    private static final long REPAIR_SSRC = 0xFEC;

    /** One viewer: what was sent to him, and what he makes of it. */
    private static final class Viewer implements FecSender.Output {

        final FecFormat format;
        final FecSender sender;
        final FecReceiver receiver;
        final FecPackets ring = new FecPackets();
        final RedUnwrapper red = new RedUnwrapper();
        final List<ByteBuf> media = new ArrayList<>();
        final List<ByteBuf> repairs = new ArrayList<>();
        int sequence;

        Viewer(FecFormat format, int firstSequence) {
            this.format = format;
            sequence = firstSequence;
            sender =
                    format == FecFormat.ULPFEC
                            ? FecSender.ulpFec(
                                    FecPackets.RED,
                                    FecPackets.ULPFEC,
                                    FecPackets.SSRC,
                                    FecPackets.EXTENSIONS)
                            : FecSender.flexFec(
                                    format,
                                    49,
                                    REPAIR_SSRC,
                                    FecPackets.SSRC,
                                    65_535,
                                    FecPackets.EXTENSIONS);
            receiver =
                    new FecReceiver(FecPackets.EXTENSIONS, UnpooledByteBufAllocator.DEFAULT);
        }

        ByteBuf send(boolean marker, int size, Random random) {
            ByteBuf packet =
                    FecPackets.media(
                            FecPackets.SSRC,
                            takeSequenceNumber(),
                            random.nextInt(),
                            marker,
                            size,
                            random,
                            format == FecFormat.ULPFEC);
            media.add(packet);
            sender.onSent(FecPackets.wrap(packet), this);
            return packet;
        }

        @Override
        public ByteBuf allocate(int sizeBytes) {
            return Unpooled.buffer(sizeBytes, sizeBytes);
        }

        @Override
        public int takeSequenceNumber() {
            return sequence++ & 0xFFFF;
        }

        @Override
        public void onRepairPacket(ByteBuf packet) {
            repairs.add(packet);
        }

        /** The media as it is behind RED. */
        ByteBuf plain(ByteBuf packet) {
            ByteBuf copy = Unpooled.copiedBuffer(packet);
            if (format == FecFormat.ULPFEC) {
                assertThat(red.unwrap(FecPackets.wrap(copy))).isTrue();
            }
            return copy;
        }

        void receiveMedia(ByteBuf packet) {
            ByteBuf plain = plain(packet);
            ring.keep(plain);
            RtpPacket view = FecPackets.wrap(plain);
            receiver.onMediaPacket(
                    view.ssrc(), view.sequenceNumber(), false, ring, ring);
        }

        void receiveRepair(ByteBuf packet) {
            RtpPacket view = FecPackets.wrap(plain(packet));
            assertThat(receiver.onRepairPacket(format, view, ring, ring))
                    .isNotEqualTo(FecStatus.MALFORMED);
        }

        void assertHas(ByteBuf packet) {
            ByteBuf plain = plain(packet);
            RtpPacket view = FecPackets.wrap(plain);
            ByteBuf kept = ring.packet(view.ssrc(), view.sequenceNumber());
            assertThat(kept).as("%s", view).isNotNull();
            assertThat(ByteBufUtil.hexDump(FecPackets.unstamped(kept)))
                    .isEqualTo(ByteBufUtil.hexDump(FecPackets.unstamped(plain)));
        }
    }

    @Property
    void oneLossInEachGroupIsRecoveredByteForByte(
            @ForAll FecFormat format,
            @ForAll @IntRange(min = 1, max = 12) int perRepair,
            @ForAll @IntRange(max = 3) int rowsLog,
            @ForAll @IntRange(max = 65_535) int firstSequence,
            @ForAll long seed) {
        Random random = new Random(seed);
        Viewer viewer = new Viewer(format, firstSequence);
        int rows = 1 << Math.min(rowsLog, 31 - Integer.numberOfLeadingZeros(46 / perRepair));
        viewer.sender.protection(new Protection(perRepair, rows));
        int group = rows * perRepair;
        for (int i = 0; i < group; i++) {
            viewer.send(false, random.nextInt(1200), random);
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

    @Property
    void whatComesOutIsAlwaysWhatWasSent(
            @ForAll FecFormat format,
            @ForAll @IntRange(min = 1, max = 20) int perRepair,
            @ForAll @IntRange(max = 3) int rowsLog,
            @ForAll @IntRange(max = 60) int lossPercent,
            @ForAll long seed) {
        Random random = new Random(seed);
        Viewer viewer = new Viewer(format, random.nextInt(1 << 16));
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

    private static long receivedDirectly(Viewer viewer) {
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
