package dev.sluice.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.time.Deadline;

import io.netty.channel.embedded.EmbeddedChannel;

import org.junit.jupiter.api.Test;

import java.util.concurrent.TimeUnit;

class LoopTimerTest {

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private int calls;
    private final LoopTimer timer = new LoopTimer(channel.eventLoop(), () -> calls++);

    @Test
    void callsOnceAtTheDeadline() {
        timer.arm(inMinutes(10), true);
        assertIsCalledOnceInTenMinutes();
    }

    @Test
    void aNearerDeadlineTakesThePlaceOfTheOneBefore() {
        timer.arm(inMinutes(20), true);
        timer.arm(inMinutes(10), true);
        assertIsCalledOnceInTenMinutes();
    }

    @Test
    void aLaterDeadlineChangesNothing() {
        timer.arm(inMinutes(10), true);
        timer.arm(inMinutes(20), true);
        assertIsCalledOnceInTenMinutes();
    }

    @Test
    void isArmedAnewAfterACall() {
        timer.arm(inMinutes(10), true);
        run(11);
        timer.arm(inMinutes(10), true);
        run(11);
        assertThat(calls).isEqualTo(2);
    }

    @Test
    void neverIsNoDeadline() {
        timer.arm(Deadline.NEVER, true);
        assertThat(channel.runScheduledPendingTasks()).isEqualTo(-1);
    }

    @Test
    void whatIsDueIsCalledAtOnceWhereItIsExactAndALittleLaterElse() {
        channel.freezeTime();
        timer.arm(System.nanoTime(), true);
        channel.runScheduledPendingTasks();
        assertThat(calls).isOne();
        timer.arm(System.nanoTime(), false);
        channel.runScheduledPendingTasks();
        assertThat(calls).isOne();
        channel.advanceTimeBy(1, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
        assertThat(calls).isEqualTo(2);
    }

    private void assertIsCalledOnceInTenMinutes() {
        run(9);
        assertThat(calls).isZero();
        run(2);
        assertThat(calls).isOne();
        run(20);
        assertThat(calls).isOne();
    }

    private static long inMinutes(long minutes) {
        return System.nanoTime() + TimeUnit.MINUTES.toNanos(minutes);
    }

    private void run(long minutes) {
        channel.advanceTimeBy(minutes, TimeUnit.MINUTES);
        channel.runScheduledPendingTasks();
    }
}
