package dev.sluice.media.buffer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class HopQueueTest {

    @Test
    void givesWhatWasPutInTheSameOrder() {
        var queue = new HopQueue(4);
        for (int round = 0; round < 10; round++) {
            assertThat(queue.offer("a", 1, round)).isTrue();
            assertThat(queue.offer("b", 2, -round)).isTrue();
            assertThat(queue.size()).isEqualTo(2);
            assertThat(queue.poll()).isTrue();
            assertThat(queue.item()).isEqualTo("a");
            assertThat(queue.tag()).isEqualTo(1);
            assertThat(queue.number()).isEqualTo(round);
            assertThat(queue.poll()).isTrue();
            assertThat(queue.item()).isEqualTo("b");
            assertThat(queue.tag()).isEqualTo(2);
            assertThat(queue.number()).isEqualTo(-round);
            assertThat(queue.poll()).isFalse();
        }
    }

    @Test
    void refusesWhatDoesNotFitUntilSomethingIsTaken() {
        var queue = new HopQueue(2);
        assertThat(queue.offer("a", 0, 0)).isTrue();
        assertThat(queue.offer("b", 0, 0)).isTrue();
        assertThat(queue.offer("c", 0, 0)).isFalse();
        assertThat(queue.poll()).isTrue();
        assertThat(queue.item()).isEqualTo("a");
        assertThat(queue.offer("d", 0, 0)).isTrue();
        assertThat(queue.poll()).isTrue();
        assertThat(queue.item()).isEqualTo("b");
        assertThat(queue.poll()).isTrue();
        assertThat(queue.item()).isEqualTo("d");
    }

    @Test
    void theReaderIsToldOnceUntilItLooks() {
        var queue = new HopQueue(4);
        assertThat(queue.claimWakeUp()).isTrue();
        assertThat(queue.claimWakeUp()).isFalse();
        queue.onWokenUp();
        assertThat(queue.claimWakeUp()).isTrue();
    }

    @Test
    void refusesACapacityThatIsNoPowerOfTwo() {
        assertThatIllegalArgumentException().isThrownBy(() -> new HopQueue(3));
        assertThatIllegalArgumentException().isThrownBy(() -> new HopQueue(-8));
    }

    /** The reader sleeps unless it was told; so a wake-up that is lost would never end. */
    @Test
    @Timeout(60)
    void nothingIsLostBetweenTwoThreads() throws InterruptedException {
        int entries = 300_000;
        var queue = new HopQueue(64);
        var wakeUps = new java.util.concurrent.Semaphore(0);
        var writer =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    for (int i = 0; i < entries; i++) {
                                        while (!queue.offer(queue, i, ~i)) {
                                            Thread.onSpinWait();
                                        }
                                        if (queue.claimWakeUp()) {
                                            wakeUps.release();
                                        }
                                    }
                                });
        for (int next = 0; next < entries; ) {
            wakeUps.acquire();
            queue.onWokenUp();
            while (queue.poll()) {
                assertThat(queue.tag()).isEqualTo(next);
                assertThat(queue.number()).isEqualTo(~next);
                next++;
            }
        }
        writer.join();
    }
}
