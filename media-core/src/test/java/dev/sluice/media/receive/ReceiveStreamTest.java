package dev.sluice.media.receive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.rtcp.ReportBlock;
import dev.sluice.media.time.Deadline;

import io.netty.buffer.ByteBuf;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class ReceiveStreamTest {

    private static final int CAPACITY = 512;
    private static final long FIRST = SourceSequence.FIRST_CYCLE;
    private static final long MILLI = 1_000_000;

    private final ReceiveCounters counters = new ReceiveCounters();
    private final ReceiveStream stream =
            new ReceiveStream(MediaPackets.SSRC, 90_000, CAPACITY, true, counters);
    private final RecordedRequests requests = new RecordedRequests();
    private final List<ByteBuf> sent = new ArrayList<>();

    @AfterEach
    void nothingIsKeptAfterRelease() {
        stream.release();
        assertThat(sent).allMatch(buffer -> buffer.refCnt() == 1);
    }

    @Test
    void keepsAcceptedPacketsByExtendedNumber() {
        assertThat(receive(100)).isEqualTo(Arrival.NEW);

        assertThat(stream.extendedSequence()).isEqualTo(FIRST + 100);
        ByteBuf kept = stream.packet(FIRST + 100);
        assertThat(kept).isNotNull().isEqualTo(sent.getFirst());
        assertThat(stream.packet(FIRST + 101)).isNull();
        assertThat(counters.packets().value()).isEqualTo(1);
        assertThat(counters.payloadBytes().value()).isEqualTo(MediaPackets.PAYLOAD_BYTES);
    }

    @Test
    void countsWhatItHasAccepted() {
        receive(100, 101, 101);

        ReceiveTotals totals = stream.totals();
        assertThat(totals.packets()).isEqualTo(2);
        assertThat(totals.payloadBytes()).isEqualTo(2 * MediaPackets.PAYLOAD_BYTES);
        assertThat(totals.headerBytes()).isEqualTo(2 * 12);
        assertThat(totals.retransmittedPackets()).isZero();
        assertThat(stream.rttNanos()).isEqualTo(-1);
    }

    @Test
    void anOvertakenPacketIsNew() {
        receive(100, 102);

        assertThat(receive(101)).isEqualTo(Arrival.NEW);
        assertThat(stream.extendedSequence()).isEqualTo(FIRST + 101);
        assertThat(counters.missing().value()).isEqualTo(1);
        assertThat(counters.recovered().value()).isZero();
    }

    @Test
    void aPacketThatComesAgainIsADuplicate() {
        receive(100, 101);

        assertThat(receive(100)).isEqualTo(Arrival.DUPLICATE);
        assertThat(stream.extendedSequence()).isEqualTo(FIRST + 101);
        assertThat(counters.duplicates().value()).isEqualTo(1);
    }

    @Test
    void aPacketSentAgainIsRecovered() {
        receive(100, 102, 104);
        stream.onDeadline(10 * MILLI, requests);
        assertThat(requests.take()).containsExactly(101, 103);

        assertThat(receive(101)).isEqualTo(Arrival.RECOVERED);
        assertThat(receive(103, true)).isEqualTo(Arrival.RECOVERED);
        assertThat(counters.recovered().value()).isEqualTo(2);
        assertThat(stream.nextDeadlineNanos()).isEqualTo(Deadline.NEVER);
    }

    @Test
    void aPacketOlderThanTheRingIsTooOld() {
        receive(100, 100 + CAPACITY);

        assertThat(receive(100, true)).isEqualTo(Arrival.TOO_OLD);
        assertThat(counters.tooOld().value()).isEqualTo(1);
    }

    @Test
    void followsASourceThatStartsAnew() {
        receive(100, 101, 40_000);
        assertThat(counters.tooOld().value()).isEqualTo(1);

        assertThat(receive(40_001)).isEqualTo(Arrival.NEW);
        assertThat(stream.extendedSequence()).isEqualTo(FIRST + 40_001);
        assertThat(counters.restarts().value()).isEqualTo(1);
        assertThat(counters.missing().value()).isZero();
        stream.onDeadline(stream.nextDeadlineNanos(), requests);
        assertThat(requests.keyFrames).isEqualTo(1);
        assertThat(stream.reportBlock(0).cumulativeLost()).isZero();
    }

    @Test
    void retransmissionsDoNotHideLossInTheReport() {
        receive(100, 102, 103);
        receive(101, true);

        ReportBlock block = stream.reportBlock(0);
        assertThat(block.cumulativeLost()).isEqualTo(1);
        assertThat(block.extendedHighestSequence()).isEqualTo(103);
    }

    @Test
    void asksForNothingWhereNackWasNotNegotiated() {
        ReceiveStream plain =
                new ReceiveStream(MediaPackets.SSRC, 90_000, CAPACITY, false, counters);
        plain.onPacket(MediaPackets.wrap(MediaPackets.buffer(1)), false, 0);
        plain.onPacket(MediaPackets.wrap(MediaPackets.buffer(5)), false, 0);
        plain.onDeadline(1000 * MILLI, requests);

        assertThat(plain.nextDeadlineNanos()).isEqualTo(Deadline.NEVER);
        assertThat(requests.take()).isEmpty();
        assertThat(counters.missing().value()).isEqualTo(3);
        plain.release();
    }

    private void receive(int... numbers) {
        for (int number : numbers) {
            receive(number, false);
        }
    }

    private Arrival receive(int number) {
        return receive(number, false);
    }

    private Arrival receive(int number, boolean retransmitted) {
        ByteBuf buffer = MediaPackets.buffer(number);
        sent.add(buffer);
        return stream.onPacket(MediaPackets.wrap(buffer), retransmitted, 0);
    }
}
