package dev.sluice.media.receive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.rtcp.DlrrBlock;
import dev.sluice.media.send.ReferenceTimeAnswers;
import dev.sluice.media.time.NtpTime;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

import org.junit.jupiter.api.Test;

import java.util.Objects;

class ReferenceTimesTest {

    private static final long MILLI = 1_000_000;
    private static final long START = -77_000_000_000L;
    private static final long SSRC = 0x1234_5678L;

    /** Two clocks that tick 15 us apart: 1/65536 s. */
    private static final long GRAIN_NANOS = 3 * 15_259;

    private final ReferenceTimes times = new ReferenceTimes();
    private final ReferenceTimeAnswers answers = new ReferenceTimeAnswers();

    private DlrrBlock.Entry answerAt(long nowNanos) {
        return Objects.requireNonNull(answers.take(nowNanos)).entries().getFirst();
    }

    @Property
    void theRoundTripIsTheTimeUntilTheAnswerLessWhatItWasHeld(
            @ForAll @LongRange(min = 0, max = 2_000) long rttMillis,
            @ForAll @LongRange(min = 0, max = 10_000) long heldMillis) {
        long there = START + rttMillis * MILLI / 2;
        answers.onReferenceTime(SSRC, times.block(START), there);
        DlrrBlock.Entry answer = answerAt(there + heldMillis * MILLI);

        long rttNanos = times.rttNanos(answer, START + (rttMillis + heldMillis) * MILLI);

        assertThat(rttNanos)
                .isBetween(
                        Math.max(0, rttMillis * MILLI - GRAIN_NANOS),
                        rttMillis * MILLI + GRAIN_NANOS);
    }

    @Test
    void anAnswerToSomethingNeverSentTellsNothing() {
        long sent = NtpTime.compact(times.block(START).ntpTime());

        assertThat(times.rttNanos(new DlrrBlock.Entry(SSRC, sent + 1, 0), START + MILLI))
                .isEqualTo(ReferenceTimes.UNKNOWN);
        assertThat(times.rttNanos(new DlrrBlock.Entry(SSRC, 0, 0), START + MILLI))
                .isEqualTo(ReferenceTimes.UNKNOWN);
    }

    @Test
    void anAnswerHeldLongerThanItIsOldTellsNothing() {
        long sent = NtpTime.compact(times.block(START).ntpTime());
        var forged = new DlrrBlock.Entry(SSRC, sent, 65_536);

        assertThat(times.rttNanos(forged, START + 500 * MILLI)).isEqualTo(ReferenceTimes.UNKNOWN);
    }

    @Test
    void anAnswerToWhatWasSentLongAgoTellsNothing() {
        long sent = NtpTime.compact(times.block(START).ntpTime());
        for (int second = 1; second <= 16; second++) {
            times.block(START + second * 1_000L * MILLI);
        }

        assertThat(times.rttNanos(new DlrrBlock.Entry(SSRC, sent, 0), START + 17_000 * MILLI))
                .isEqualTo(ReferenceTimes.UNKNOWN);
    }

    @Test
    void eachReceiverIsAnsweredOnceAndFromItsLastTime() {
        answers.onReferenceTime(SSRC, times.block(START), START);
        var last = times.block(START + 100 * MILLI);
        answers.onReferenceTime(SSRC, last, START + 100 * MILLI);

        DlrrBlock.Entry answer = answerAt(START + 350 * MILLI);

        assertThat(answer.ssrc()).isEqualTo(SSRC);
        assertThat(answer.lastReceiverReport()).isEqualTo(NtpTime.compact(last.ntpTime()));
        assertThat(answer.delaySinceLastReceiverReport()).isEqualTo(65_536 / 4);
        assertThat(answers.take(START + 400 * MILLI)).isNull();
    }

    @Test
    void noMoreThanEightReceiversAreAnsweredAtOnce() {
        for (int ssrc = 0; ssrc < 100; ssrc++) {
            answers.onReferenceTime(ssrc, times.block(START), START);
        }

        assertThat(Objects.requireNonNull(answers.take(START)).entries()).hasSize(8);
    }
}
