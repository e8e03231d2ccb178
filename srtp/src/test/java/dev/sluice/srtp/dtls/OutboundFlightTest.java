package dev.sluice.srtp.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.time.Deadline;
import dev.sluice.srtp.Bytes;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

class OutboundFlightTest {

    private static final String PLAIN = "16fefd0000000000000000";
    private static final String PROTECTED = "16fefd0001000000000000";

    private final RecordedOutput output = new RecordedOutput();
    private final OutboundFlight flight = new OutboundFlight(output);

    @Test
    void packsRecordsIntoAsFewDatagramsAsFit() {
        for (int i = 0; i < 5; i++) {
            append(PLAIN, 387);
        }
        assertThat(flight.flush()).isTrue();
        assertThat(flight.flush()).isFalse();

        assertThat(output.datagrams)
                .extracting(datagram -> datagram.length)
                .containsExactly(1200, 800);
    }

    @Test
    void aRepeatedFlightHasNewRecordNumbers() {
        append(PLAIN, 10);
        append(PLAIN, 10);
        flight.flush();
        flight.repeat();
        append(PLAIN, 10);
        flight.flush();

        assertThat(numbers()).containsExactly(0L, 1L, 2L, 3L, 4L);
    }

    @Test
    void theNextFlightTakesThePlaceOfTheLast() {
        append(PLAIN, 10);
        flight.flush();
        append(PLAIN, 20);
        append(PROTECTED, 30);
        flight.flush();
        output.datagrams.clear();
        flight.repeat();

        assertThat(Objects.requireNonNull(output.datagrams.poll())).hasSize(13 + 20 + 13 + 30);
    }

    @Test
    void protectedRecordsAreLeftAsTheyWereSealed() {
        append(PROTECTED, 30);
        assertThat(flight.isPlain()).isFalse();
        flight.flush();

        assertThat(numbers()).containsExactly(0L);
        assertThat(numbers()).isEmpty();
    }

    @Test
    void nobodyMakesAHandshakeSendForEver() {
        append(PLAIN, 1_000);
        flight.flush();
        for (int i = 0; i < 1_000; i++) {
            flight.repeat();
        }
        assertThat(output.datagrams).hasSize(OutboundFlight.MAX_HANDSHAKE_DATAGRAMS);

        flight.onEstablished();
        flight.repeat();
        assertThat(output.datagrams).hasSize(OutboundFlight.MAX_HANDSHAKE_DATAGRAMS + 1);
    }

    @Test
    void theTimerDoublesUpToASecond() {
        RetransmissionTimer timer = new RetransmissionTimer();
        assertThat(timer.deadlineNanos()).isEqualTo(Deadline.NEVER);
        timer.onFlight(0);
        List<Long> deadlines = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            deadlines.add(timer.deadlineNanos() / 1_000_000);
            timer.onRepeated(timer.deadlineNanos());
        }

        assertThat(deadlines).containsExactly(100L, 300L, 700L, 1_500L, 2_500L, 3_500L, 4_500L);
        timer.onFlight(0);
        assertThat(timer.deadlineNanos()).isEqualTo(DtlsEndpoint.FIRST_RETRANSMISSION_NANOS);
    }

    @Test
    void aFlightThatCrossesOursIsNoReasonToRepeatIt() {
        RetransmissionTimer timer = new RetransmissionTimer();
        assertThat(timer.answersRepetition(0)).isFalse();
        timer.onFlight(0);
        assertThat(timer.answersRepetition(49_999_999)).isFalse();
        assertThat(timer.answersRepetition(50_000_000)).isTrue();
        timer.stop();
        assertThat(timer.answersRepetition(50_000_000)).isFalse();
    }

    private void append(String start, int length) {
        byte[] record = Bytes.hex("00" + start + "%04x".formatted(length) + "aa".repeat(length));
        flight.append(record, 1, record.length - 1);
    }

    private List<Long> numbers() {
        List<Long> numbers = new ArrayList<>();
        for (byte[] next = output.datagrams.poll(); next != null; next = output.datagrams.poll()) {
            ByteBuf datagram = Unpooled.wrappedBuffer(next);
            for (int i = 0; i < next.length; i += 13 + RecordHeader.length(datagram, i)) {
                numbers.add(RecordHeader.sequence(datagram, i));
            }
        }
        return numbers;
    }
}
