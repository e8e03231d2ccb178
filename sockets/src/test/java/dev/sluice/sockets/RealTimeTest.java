package dev.sluice.sockets;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.concurrent.CompletableFuture;

/** Whether the system lets us or not: what is told is what is. */
class RealTimeTest {

    private record Seen(boolean hasBegun, int policy, int policyOfStarted, int policyAfter) {}

    @Test
    void isOfTheThreadThatHasBegunItAlone() {
        int own = LinuxThreads.policy();

        Seen seen = onItsOwn(RealTimeTest::beginAndEnd);

        assertThat(seen.policy())
                .isEqualTo(seen.hasBegun() ? LinuxThreads.ROUND_ROBIN : LinuxThreads.FAIR);
        assertThat(seen.policyOfStarted()).isEqualTo(LinuxThreads.FAIR);
        assertThat(seen.policyAfter()).isEqualTo(LinuxThreads.FAIR);
        assertThat(LinuxThreads.policy()).isEqualTo(own);
    }

    private static Seen beginAndEnd() {
        boolean hasBegun = RealTime.begin();
        int policy = LinuxThreads.policy();
        int policyOfStarted = onItsOwn(LinuxThreads::policy);
        RealTime.end();
        return new Seen(hasBegun, policy, policyOfStarted, LinuxThreads.policy());
    }

    /** By a thread that is started for it. */
    private static <T> T onItsOwn(java.util.function.Supplier<T> what) {
        var answer = new CompletableFuture<T>();
        Thread.ofPlatform().start(() -> answer.completeAsync(what, Runnable::run));
        return answer.join();
    }
}
