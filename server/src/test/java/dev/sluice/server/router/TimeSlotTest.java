package dev.sluice.server.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.time.Deadline;

import org.junit.jupiter.api.Test;

class TimeSlotTest {

    private static final long SECOND = 1_000_000_000L;
    private static final long LATE = TimeSlot.INTERVAL_NANOS / 3;

    private final TimeSlot slot = new TimeSlot(35_000_000);

    @Test
    void workThatIsDueBetweenTwoSlotsIsDoneAtTheNext() {
        assertThat(slot.from(7 * SECOND)).isEqualTo(7 * SECOND + 35_000_000);
        assertThat(slot.from(7 * SECOND + 35_000_001)).isEqualTo(7 * SECOND + 285_000_000);
    }

    @Test
    void workThatIsDueAtASlotIsDoneThen() {
        assertThat(slot.from(7 * SECOND + 35_000_000)).isEqualTo(7 * SECOND + 35_000_000);
    }

    @Test
    void workThatIsNeverDueIsNeverDone() {
        assertThat(slot.from(Deadline.NEVER)).isEqualTo(Deadline.NEVER);
    }

    @Test
    void workOfEachSecondIsDoneEachSecondThoughTheLoopIsLateEachTime() {
        long atNanos = slot.from(7 * SECOND);

        long next = slot.from(TimeSlot.next(atNanos + LATE, SECOND));

        assertThat(next).isEqualTo(atNanos + SECOND);
    }

    @Test
    void sessionsOfAllNamesAreSpreadOverThePhases() {
        long phases =
                java.util.stream.IntStream.range(0, 1000)
                        .mapToObj(i -> TimeSlot.of("viewer" + i))
                        .distinct()
                        .count();

        assertThat(phases).isEqualTo(50);
    }
}
