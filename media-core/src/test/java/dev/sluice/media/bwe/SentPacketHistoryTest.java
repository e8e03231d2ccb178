package dev.sluice.media.bwe;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class SentPacketHistoryTest {

    private static final long MILLI = 1_000_000L;
    private static final long START = -9_876_543_210L;
    private static final long SSRC = 0xFEDC_BA98L;

    private final SentPacketHistory history = new SentPacketHistory();

    @Test
    void findsAPacketByItsTransportNumberAcrossTheRollover() {
        for (int i = 0; i < 100; i++) {
            history.add((65_500 + i) & 0xFFFF, SSRC, i, 1_000 + i, i % 7, START + i * MILLI);
        }
        long position = byTransport(65_535);
        assertThat(history.sizeBytes(position)).isEqualTo(1_035);
        assertThat(history.sentNanos(position)).isEqualTo(START + 35 * MILLI);
        assertThat(history.probeId(position)).isZero();
        assertThat(history.sizeBytes(byTransport(63))).isEqualTo(1_099);
        assertThat(byTransport(64)).isEqualTo(SentPacketHistory.UNKNOWN);
        assertThat(byTransport(65_499)).isEqualTo(SentPacketHistory.UNKNOWN);
    }

    @Test
    void findsAPacketByItsStreamWithoutATransportNumber() {
        history.add(-1, SSRC, 65_535, 500, 0, START);
        history.add(-1, SSRC, 0, 501, 0, START);
        history.add(-1, 5, 0, 502, 0, START);
        assertThat(history.sizeBytes(history.byStream(SSRC, 65_535))).isEqualTo(500);
        assertThat(history.sizeBytes(history.byStream(SSRC, 0))).isEqualTo(501);
        assertThat(history.sizeBytes(history.byStream(5, 0))).isEqualTo(502);
        assertThat(history.byStream(6, 0)).isEqualTo(SentPacketHistory.UNKNOWN);
        assertThat(history.highestTransport()).isEqualTo(-1);
    }

    @Test
    void ofTwoPacketsWithOneNumberTheLatestIsFound() {
        history.add(1, SSRC, 9, 500, 0, START);
        history.add(2, SSRC, 9, 600, 0, START + MILLI);
        assertThat(history.sizeBytes(history.byStream(SSRC, 9))).isEqualTo(600);
        assertThat(history.sizeBytes(byTransport(1))).isEqualTo(500);
    }

    @Test
    void growsWhileFeedbackMayNameWhatWouldBeOverwritten() {
        for (int i = 0; i < 5_000; i++) {
            history.add(i, SSRC, i, i + 1, 0, START + i * MILLI / 4);
        }
        assertThat(history.capacity()).isEqualTo(8_192);
        for (int i = 0; i < 5_000; i++) {
            assertThat(history.sizeBytes(byTransport(i))).isEqualTo(i + 1);
            assertThat(history.sizeBytes(history.byStream(SSRC, i))).isEqualTo(i + 1);
        }
    }

    @Test
    void staysSmallForASlowFlowAndForgetsItsOldPackets() {
        for (int i = 0; i < 2_000; i++) {
            history.add(i, SSRC, i, 100, 0, START + i * (10 * MILLI));
        }
        assertThat(history.capacity()).isEqualTo(SentPacketHistory.INITIAL_CAPACITY);
        assertThat(byTransport(2_000 - 513)).isEqualTo(SentPacketHistory.UNKNOWN);
        assertThat(history.byStream(SSRC, 2_000 - 513)).isEqualTo(SentPacketHistory.UNKNOWN);
        assertThat(byTransport(2_000 - 512)).isNotEqualTo(SentPacketHistory.UNKNOWN);
    }

    @Test
    void growsToItsBoundOnly() {
        for (int i = 0; i < 50_000; i++) {
            history.add(i & 0xFFFF, SSRC, i & 0xFFFF, 100, 0, START);
        }
        assertThat(history.capacity()).isEqualTo(SentPacketHistory.MAX_CAPACITY);
    }

    @Test
    void remembersWhatFeedbackSaidLast() {
        history.add(1, SSRC, 1, 100, 3, START);
        history.add(2, SSRC, 2, 200, 0, START + MILLI);
        history.onLost(byTransport(1));
        assertThat(history.isLost(byTransport(1))).isTrue();
        history.onReceived(byTransport(1));
        assertThat(history.isLost(byTransport(1))).isFalse();
        assertThat(history.isReceived(byTransport(1))).isTrue();
        assertThat(history.sizeBytes(byTransport(1))).isEqualTo(100);
        assertThat(history.probeId(byTransport(1))).isEqualTo(3);
        assertThat(history.isReceived(byTransport(2))).isFalse();
        assertThat(history.isLost(byTransport(2))).isFalse();
    }

    @Test
    void knowsNothingBeforeTheFirstPacket() {
        assertThat(byTransport(0)).isEqualTo(SentPacketHistory.UNKNOWN);
        assertThat(history.byStream(SSRC, 0)).isEqualTo(SentPacketHistory.UNKNOWN);
        assertThat(history.capacity()).isEqualTo(SentPacketHistory.INITIAL_CAPACITY);
    }

    @Test
    void whatWasSentLongAgoIsNotTakenForAPacketOfToday() {
        history.add(7, 5, 9, 111, 0, START);
        for (int i = 1; i < 70_000; i++) {
            history.add(-1, SSRC, i & 0xFF, 100, 0, START + i * (10 * MILLI));
        }
        assertThat(byTransport(7)).isEqualTo(SentPacketHistory.UNKNOWN);
        assertThat(history.byStream(5, 9)).isEqualTo(SentPacketHistory.UNKNOWN);
        assertThat(history.sizeBytes(history.byStream(SSRC, 69_999 & 0xFF))).isEqualTo(100);
    }

    @Test
    void sizeProbeAndNumbersStayApart() {
        history.add(7, SSRC, 65_535, 65_535, -1, START);
        long position = byTransport(7);
        history.onLost(position);
        assertThat(history.sizeBytes(position)).isEqualTo(65_535);
        assertThat(history.probeId(position)).isEqualTo(-1);
        assertThat(history.ssrc(position)).isEqualTo(SSRC);
        assertThat(history.sequenceNumber(position)).isEqualTo(65_535);
        history.onReceived(position);
        assertThat(history.isLost(position)).isFalse();
        assertThat(history.isReceived(position)).isTrue();
    }

    @Property(tries = 50)
    void whatIsKeptIsFoundByBothNames(
            @ForAll @Size(min = 1, max = 3_000) List<@IntRange(min = 1, max = 40) Integer> steps,
            @ForAll @IntRange(max = 65_535) int first) {
        var fresh = new SentPacketHistory();
        var sizes = new ArrayList<Integer>();
        long now = START;
        for (int step : steps) {
            int number = (first + sizes.size()) & 0xFFFF;
            sizes.add(sizes.size() + step);
            now += step * MILLI / 10;
            fresh.add(number, number % 3, number, sizes.getLast(), 0, now);
        }
        for (int i = Math.max(0, sizes.size() - fresh.capacity()); i < sizes.size(); i++) {
            int number = (first + i) & 0xFFFF;
            long position = fresh.byExtendedTransport(fresh.extendTransport(number));
            assertThat(fresh.sizeBytes(position)).isEqualTo(sizes.get(i));
            assertThat(fresh.byStream(number % 3, number)).isEqualTo(position);
        }
    }

    private long byTransport(int number) {
        return history.byExtendedTransport(history.extendTransport(number));
    }
}
