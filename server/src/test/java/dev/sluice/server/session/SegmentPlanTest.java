package dev.sluice.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.rtp.HeaderExtensionMap;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

class SegmentPlanTest {

    private static final int MAX_SEGMENTS = 10;
    private static final int TOLERANCE = SegmentPlan.MAX_PADDING_BYTES;

    private final OutgoingPackets pool = new OutgoingPackets();
    private final SegmentPlan plan = new SegmentPlan(new BatchSettings(MAX_SEGMENTS, true));

    @Test
    void packetsThatDifferByAByteAreOneRunOfTheLargerSize() {
        assertThat(runs(plan, video(1_150, 1_150, 1_151, 1_151))).containsExactly("4 x 1151");
    }

    @Test
    void aShorterPacketEndsARun() {
        assertThat(runs(plan, video(1_150, 1_150, 400, 1_150)))
                .containsExactly("3 x 1150", "1 x 1150");
    }

    @Test
    void aLongerPacketBeginsAnotherRun() {
        assertThat(runs(plan, video(400, 1_150, 1_150))).containsExactly("1 x 400", "2 x 1150");
    }

    @Test
    void aRunIsNoLongerThanIsSet() {
        assertThat(runs(plan, video(IntStream.range(0, 23).map(_ -> 900).toArray())))
                .containsExactly("10 x 900", "10 x 900", "3 x 900");
    }

    @Test
    void aRunFitsADatagram() {
        assertThat(runs(plan, video(IntStream.range(0, 9).map(_ -> 9_000).toArray())))
                .containsExactly("6 x 9000", "3 x 9000");
    }

    @Test
    void soundIsNotPadded() {
        assertThat(runs(plan, exact(100, 100, 99, 99))).containsExactly("3 x 100", "1 x 99");
    }

    @Test
    void whatMayNotBePaddedDoesNotGrowWithALargerOne() {
        List<OutgoingPacket> mixed = exact(1_000);
        mixed.addAll(video(1_001, 1_001));
        assertThat(runs(plan, mixed)).containsExactly("1 x 1000", "2 x 1001");
    }

    @Test
    void aSealedDatagramGoesAlone() {
        List<OutgoingPacket> mixed = video(1_000, 1_000);
        mixed.add(pool.sealed(buffer(1_000)));
        mixed.addAll(video(1_000, 1_000));
        assertThat(runs(plan, mixed)).containsExactly("2 x 1000", "1 x 1000", "2 x 1000");
    }

    @Test
    void withoutEqualizingOnlyPacketsOfOneSizeAreARun() {
        var plain = new SegmentPlan(new BatchSettings(MAX_SEGMENTS, false));
        assertThat(runs(plain, video(1_150, 1_150, 1_151, 1_151)))
                .containsExactly("2 x 1150", "2 x 1151");
    }

    @Test
    void withoutSegmentsEachGoesAlone() {
        var single = new SegmentPlan(new BatchSettings(1, false));
        assertThat(runs(single, video(700, 700))).containsExactly("1 x 700", "1 x 700");
    }

    @Property
    void whateverComesEachRunCanBeMadeOfOneSize(
            @ForAll @Size(min = 1, max = 40) List<@IntRange(min = 90, max = 130) Integer> sizes,
            @ForAll @IntRange(min = 0, max = 2) int every) {
        List<OutgoingPacket> packets = new ArrayList<>();
        for (int size : sizes) {
            boolean isExact = every > 0 && size % (every + 1) == 0;
            packets.add(
                    pool.packet(
                            buffer(size), PacketLayout.unknown(HeaderExtensionMap.EMPTY), isExact));
        }
        int from = 0;
        while (from < packets.size()) {
            plan.plan(packets, from);
            assertThat(plan.end() - from).isBetween(1, MAX_SEGMENTS);
            for (int i = from; i < plan.end(); i++) {
                assertFits(packets.get(i), i == plan.end() - 1);
            }
            from = plan.end();
        }
    }

    private void assertFits(OutgoingPacket packet, boolean isLast) {
        int padding = plan.segmentBytes() - packet.sizeBytes();
        int most = isLast ? Integer.MAX_VALUE : packet.mayBePadded() ? TOLERANCE : 0;
        assertThat(padding).isBetween(0, most);
    }

    private static List<String> runs(SegmentPlan plan, List<OutgoingPacket> packets) {
        List<String> runs = new ArrayList<>();
        for (int from = 0; from < packets.size(); from = plan.end()) {
            plan.plan(packets, from);
            runs.add((plan.end() - from) + " x " + plan.segmentBytes());
        }
        return runs;
    }

    private List<OutgoingPacket> video(int... sizes) {
        return packets(false, sizes);
    }

    private List<OutgoingPacket> exact(int... sizes) {
        return packets(true, sizes);
    }

    private List<OutgoingPacket> packets(boolean exact, int... sizes) {
        List<OutgoingPacket> packets = new ArrayList<>();
        for (int size : sizes) {
            packets.add(
                    pool.packet(
                            buffer(size), PacketLayout.unknown(HeaderExtensionMap.EMPTY), exact));
        }
        return packets;
    }

    private static ByteBuf buffer(int size) {
        return Unpooled.wrappedBuffer(new byte[size]);
    }
}
