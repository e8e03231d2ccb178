package dev.sluice.media.stats;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CounterTest {

    private final Counter counter = new Counter();

    @Test
    void addsUp() {
        counter.increment();
        counter.add(41);

        assertThat(counter.value()).isEqualTo(42);
        assertThat(counter).hasToString("42");
    }

    @Test
    void anotherThreadSeesItGrowAndNeverGoBack() throws InterruptedException {
        Thread writer = Thread.ofPlatform().start(this::countToAMillion);
        long seen = 0;
        while (writer.isAlive()) {
            long now = counter.value();
            assertThat(now).isGreaterThanOrEqualTo(seen);
            seen = now;
        }
        writer.join();

        assertThat(counter.value()).isEqualTo(1_000_000);
    }

    private void countToAMillion() {
        for (int i = 0; i < 1_000_000; i++) {
            counter.increment();
        }
    }
}
