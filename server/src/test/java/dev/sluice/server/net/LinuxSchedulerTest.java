package dev.sluice.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.server.net.LinuxScheduler.Turns;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.concurrent.atomic.AtomicReference;

class LinuxSchedulerTest {

    /** A kernel before 6.12 tells 0, and leaves it so. */
    @Test
    void aMediaThreadTakesShortTurnsWhereTheKernelGivesThemAndKeepsItsShare()
            throws InterruptedException {
        var before = new AtomicReference<@Nullable Turns>();
        var after = new AtomicReference<@Nullable Turns>();
        Thread usual = new Thread(() -> before.set(LinuxScheduler.turns()));
        Thread media = new MediaThreads("media").newThread(() -> after.set(LinuxScheduler.turns()));

        usual.start();
        usual.join();
        media.start();
        media.join();

        assertThat(after.get()).isEqualTo(shortened(before.get()));
    }

    private static @Nullable Turns shortened(@Nullable Turns usual) {
        return usual == null || usual.turnNanos() == 0
                ? usual
                : new Turns(usual.policy(), usual.nice(), LinuxScheduler.TURN_NANOS);
    }
}
