package dev.sluice.media.rtcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

class CompoundPackerTest {

    private static final int MTU = 1200;

    /** Holds the largest packets that cannot be divided: a REMB of 255 streams, SDES of one. */
    private static final int LARGEST = 1400;

    private static final SourceDescription NAMES = SourceDescription.ofCname(1, "name");
    private static final ReceiverReport EMPTY = new ReceiverReport(1, List.of());
    private static final PictureLossIndication PLI = new PictureLossIndication(1, 2);
    private static final ReportBlock BLOCK = new ReportBlock(9, 0, 0, 0, 0, 0, 0);

    private final CompoundPacker compound = CompoundPacker.compound(MTU, 1, NAMES);

    @Test
    void nothingMakesNoDatagram() {
        assertThat(compound.pack(List.of())).isEmpty();
        assertThat(compound.pack(List.of(NAMES))).isEmpty();
        assertThat(CompoundPacker.reducedSize(MTU).pack(List.of())).isEmpty();
    }

    @Test
    void reducedSizeAddsNothing() {
        assertThat(CompoundPacker.reducedSize(MTU).pack(List.of(PLI, NAMES)))
                .containsExactly(List.of(PLI, NAMES));
    }

    @Test
    void aCompoundBeginsWithAReportAndTheName() {
        assertThat(compound.pack(List.of(PLI))).containsExactly(List.of(EMPTY, NAMES, PLI));
        var report = new ReceiverReport(1, List.of(BLOCK));
        assertThat(compound.pack(List.of(PLI, report, NAMES)))
                .containsExactly(List.of(report, NAMES, PLI));
    }

    @Test
    void packetsGoToTheNextDatagramWhole() {
        var small = CompoundPacker.compound(8 + 16 + 24, 1, NAMES);
        assertThat(small.pack(List.of(PLI, PLI, PLI)))
                .containsExactly(List.of(EMPTY, NAMES, PLI, PLI), List.of(EMPTY, NAMES, PLI));
    }

    @Test
    void aLongNackIsDividedBetweenItsEntries() {
        List<Integer> lost = IntStream.range(0, 2000).map(i -> 20 * i).boxed().toList();
        var datagrams = CompoundPacker.reducedSize(MTU).pack(List.of(PLI, new Nack(1, 2, lost)));
        assertThat(datagrams).hasSize(8);
        assertThat(datagrams.getFirst()).containsExactly(PLI);
        assertThat(lostIn(datagrams)).isEqualTo(lost);
        assertThat(datagrams.get(1).getFirst().sizeBytes()).isEqualTo(MTU);
    }

    @Test
    void moreBlocksThanAReportCountsMakeSeveral() {
        var reports = ReceiverReport.of(1, Collections.nCopies(64, BLOCK));
        assertThat(reports)
                .extracting(report -> report.reportBlocks().size())
                .containsExactly(31, 31, 2);
        assertThat(ReceiverReport.of(1, List.of())).isEmpty();
        var datagrams = compound.pack(reports);
        assertThat(datagrams).hasSize(2);
        assertThat(datagrams.get(0)).containsExactly(reports.get(0), NAMES);
        assertThat(datagrams.get(1)).containsExactly(reports.get(1), reports.get(2), NAMES);
    }

    @Test
    void theBlocksOfASenderReportThatDoNotFitFollowInAReceiverReport() {
        var report = new SenderReport(5, 1, 2, 3, 4, Collections.nCopies(31, BLOCK));
        var datagrams = CompoundPacker.compound(300, 5, NAMES).pack(List.of(report));
        assertThat(datagrams.getFirst().getFirst())
                .isEqualTo(new SenderReport(5, 1, 2, 3, 4, Collections.nCopies(10, BLOCK)));
        assertThat(datagrams.stream().skip(1))
                .allSatisfy(
                        datagram ->
                                assertThat(datagram.getFirst()).isInstanceOf(ReceiverReport.class));
        assertThat(datagrams.stream().mapToInt(datagram -> blocksIn(datagram).size()).sum())
                .isEqualTo(31);
    }

    @Test
    void feedbackOfOneLongStreamIsDividedWithinIt() {
        var stream = new StreamFeedback.Builder(7, 65000);
        for (int i = 0; i < 1500; i++) {
            stream.received(i % 4, i);
        }
        var feedback = new CongestionControlFeedback(1, List.of(stream.build()), 99);
        var datagrams = CompoundPacker.reducedSize(MTU).pack(List.of(feedback));
        assertThat(datagrams).hasSize(3);
        int next = 0;
        for (var datagram : datagrams) {
            var part = (CongestionControlFeedback) datagram.getFirst();
            StreamFeedback reports = part.streams().getFirst();
            assertThat(part.reportTimestamp()).isEqualTo(99);
            assertThat(reports.beginSequence()).isEqualTo((65000 + next) & 0xFFFF);
            assertThat(reports.arrivalTimeOffset(0)).isEqualTo(next);
            next += reports.size();
        }
        assertThat(next).isEqualTo(1500);
    }

    @Test
    void aPacketThatFitsNowhereIsRefused() {
        var large = new ApplicationLayerFeedback(1, 2, Octets.of(new byte[MTU]));
        assertThatThrownBy(() -> compound.pack(List.of(large)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ApplicationLayerFeedback of 1212 bytes");
        assertThatThrownBy(
                        () ->
                                CompoundPacker.reducedSize(15)
                                        .pack(List.of(new Nack(1, 2, List.of(3)))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aCompoundNeedsACnameAndRoomForIt() {
        assertThatThrownBy(() -> CompoundPacker.compound(23, 1, NAMES))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CompoundPacker.compound(MTU, 1, new SourceDescription(List.of())))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Property(tries = 500)
    void everyDatagramIsAValidCompoundThatFits(
            @ForAll @Size(min = 1, max = 12) List<@From("packets") WritableRtcp> packets,
            @ForAll @IntRange(min = LARGEST, max = 3000) int maxSizeBytes) {
        var datagrams = CompoundPacker.compound(maxSizeBytes, 1, NAMES).pack(packets);
        for (var datagram : datagrams) {
            ByteBuf out = write(datagram, maxSizeBytes);
            assertThat(CompoundRules.check(out)).isEqualTo(CompoundStatus.COMPOUND);
        }
        assertThat(lostIn(datagrams)).isEqualTo(lostIn(List.of(packets)));
        assertThat(datagrams.stream().flatMap(datagram -> blocksIn(datagram).stream()))
                .containsExactlyInAnyOrderElementsOf(blocksIn(packets));
    }

    @Property(tries = 500)
    void reducedSizeKeepsOrderAndContent(
            @ForAll @Size(max = 12) List<@From("packets") WritableRtcp> packets,
            @ForAll @IntRange(min = LARGEST, max = 3000) int maxSizeBytes) {
        var datagrams = CompoundPacker.reducedSize(maxSizeBytes).pack(packets);
        datagrams.forEach(datagram -> write(datagram, maxSizeBytes));
        var together = datagrams.stream().flatMap(List::stream).toList();
        assertThat(lostIn(List.of(together))).isEqualTo(lostIn(List.of(packets)));
        assertThat(blocksIn(together)).isEqualTo(blocksIn(packets));
        assertThat(together)
                .filteredOn(packet -> !(packet instanceof SplittableRtcp))
                .isEqualTo(
                        packets.stream()
                                .filter(packet -> !(packet instanceof SplittableRtcp))
                                .toList());
    }

    private static ByteBuf write(List<WritableRtcp> datagram, int maxSizeBytes) {
        ByteBuf out = Unpooled.buffer();
        var writer = new RtcpWriter(out, maxSizeBytes);
        assertThat(datagram).isNotEmpty().allMatch(writer::append);
        return out;
    }

    private static List<Integer> lostIn(List<? extends List<? extends WritableRtcp>> datagrams) {
        var lost = new ArrayList<Integer>();
        for (var datagram : datagrams) {
            for (WritableRtcp packet : datagram) {
                if (packet instanceof Nack nack) {
                    lost.addAll(nack.lost());
                }
            }
        }
        return lost;
    }

    private static List<ReportBlock> blocksIn(List<? extends WritableRtcp> packets) {
        var blocks = new ArrayList<ReportBlock>();
        for (WritableRtcp packet : packets) {
            switch (packet) {
                case SenderReport report -> blocks.addAll(report.reportBlocks());
                case ReceiverReport report -> blocks.addAll(report.reportBlocks());
                default -> {}
            }
        }
        return blocks;
    }

    @Provide
    Arbitrary<WritableRtcp> packets() {
        return RtcpArbitraries.packets();
    }
}
