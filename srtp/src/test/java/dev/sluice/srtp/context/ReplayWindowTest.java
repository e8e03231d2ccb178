package dev.sluice.srtp.context;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

class ReplayWindowTest {

    private final ReplayWindow window = new ReplayWindow();

    @Test
    void everythingIsNewAtFirst() {
        assertThat(window.check(0)).isEqualTo(SrtpStatus.OK);
        assertThat(window.check(1L << 40)).isEqualTo(SrtpStatus.OK);
        assertThat(window.highest()).isEqualTo(ReplayWindow.NONE);
    }

    @Test
    void checkingAloneAcceptsNothing() {
        assertThat(window.check(7)).isEqualTo(SrtpStatus.OK);
        assertThat(window.check(7)).isEqualTo(SrtpStatus.OK);
    }

    @Test
    void anAcceptedIndexIsAReplayAndItsNeighboursAreNot() {
        window.accept(500);

        assertThat(window.check(500)).isEqualTo(SrtpStatus.REPLAYED);
        assertThat(window.check(499)).isEqualTo(SrtpStatus.OK);
        assertThat(window.check(501)).isEqualTo(SrtpStatus.OK);
    }

    @Test
    void indicesBehindTheWindowAreTooOld() {
        window.accept(5000);

        assertThat(window.check(5000 - ReplayWindow.SIZE_PACKETS + 1)).isEqualTo(SrtpStatus.OK);
        assertThat(window.check(5000 - ReplayWindow.SIZE_PACKETS)).isEqualTo(SrtpStatus.TOO_OLD);
        assertThat(new ReplayWindow().check(-5)).isEqualTo(SrtpStatus.TOO_OLD);
    }

    @Test
    void aJumpForgetsWhatLiesBehindTheWindow() {
        window.accept(3);
        window.accept(3 + ReplayWindow.SIZE_PACKETS);

        assertThat(window.check(4)).isEqualTo(SrtpStatus.OK);
        assertThat(window.check(3)).isEqualTo(SrtpStatus.TOO_OLD);
        window.accept(1L << 30);
        assertThat(window.check((1L << 30) - 1)).isEqualTo(SrtpStatus.OK);
    }

    @Property(seed = "42")
    void agreesWithASetOfAllThatWasAccepted(
            @ForAll @Size(max = 200) List<@LongRange(min = 0, max = 4000) Long> indices) {
        ReplayWindow tested = new ReplayWindow();
        Set<Long> accepted = new HashSet<>();
        long highest = ReplayWindow.NONE;
        for (long index : indices) {
            SrtpStatus expected =
                    highest - index >= ReplayWindow.SIZE_PACKETS
                            ? SrtpStatus.TOO_OLD
                            : accepted.contains(index) ? SrtpStatus.REPLAYED : SrtpStatus.OK;
            assertThat(tested.check(index)).isEqualTo(expected);
            if (expected == SrtpStatus.OK) {
                tested.accept(index);
                accepted.add(index);
                highest = Math.max(highest, index);
            }
        }
    }
}
