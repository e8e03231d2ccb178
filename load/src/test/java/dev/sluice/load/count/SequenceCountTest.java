package dev.sluice.load.count;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.junit.jupiter.api.Test;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

class SequenceCountTest {

    private final SequenceCount count = new SequenceCount();

    private void receive(int... sequences) {
        for (int sequence : sequences) {
            count.onPacket(sequence & 0xFFFF, false);
        }
    }

    @Test
    void expectsEverythingBetweenTheFirstAndTheHighest() {
        receive(65_534, 65_535, 2, 1);

        assertThat(count.expected()).isEqualTo(5);
        assertThat(count.received()).isEqualTo(4);
    }

    @Test
    void countsAPacketThatWasSentAgainOnce() {
        receive(1, 2, 4);

        assertThat(count.onPacket(3, true)).isEqualTo(SequenceCount.Kind.NEW);
        assertThat(count.onPacket(3, true)).isEqualTo(SequenceCount.Kind.DUPLICATE);
        assertThat(count.onPacket(3, false)).isEqualTo(SequenceCount.Kind.DUPLICATE);

        assertThat(count.expected()).isEqualTo(4);
        assertThat(count.received()).isEqualTo(3);
        assertThat(count.recovered()).isEqualTo(1);
        assertThat(count.duplicates()).isEqualTo(2);
    }

    @Test
    void leavesOutWhatIsTooOldToKnow() {
        receive(10, 10 + SequenceCount.WINDOW);

        assertThat(count.onPacket(10, false)).isEqualTo(SequenceCount.Kind.TOO_OLD);
        assertThat(count.received()).isEqualTo(2);
    }

    @Test
    void countsPacketsFromBeforeTheFirst() {
        receive(10, 8);

        assertThat(count.expected()).isEqualTo(3);
        assertThat(count.received()).isEqualTo(2);
    }

    @Test
    void expectsNothingBeforeTheFirstPacket() {
        assertThat(count.expected()).isZero();
    }

    @Property(tries = 200, seed = "1")
    void countsAsASetDoes(
            @ForAll long seed,
            @ForAll @IntRange(max = 65_535) int first,
            @ForAll @IntRange(min = 1, max = 6_000) int packets) {
        SequenceCount counted = new SequenceCount();
        Random random = new Random(seed);
        Set<Long> model = new HashSet<>();
        long next = first;
        for (int i = 0; i < packets; i++) {
            next += random.nextInt(4);
            long sequence = Math.max(first, next - random.nextInt(30));
            model.add(sequence);
            counted.onPacket((int) (sequence & 0xFFFF), random.nextInt(10) == 0 && i > 0);
        }
        List<Long> sorted = model.stream().sorted().toList();
        assertThat(counted.received() + counted.recovered()).isEqualTo(model.size());
        assertThat(counted.expected()).isEqualTo(sorted.getLast() - sorted.getFirst() + 1);
        assertThat(counted.duplicates()).isEqualTo(packets - model.size());
    }
}
