package dev.sluice.server.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class BandwidthAllocatorTest {

    private static final long SECOND = 1_000_000_000L;
    private static final long[] LAYERS = {150_000, 500_000, 1_500_000};
    private static final int PAUSED = TrackClaim.PAUSED;

    private final BandwidthAllocator allocator = new BandwidthAllocator();
    private int current;
    private long nowNanos = -7 * SECOND;

    private static TrackClaim audio() {
        return new TrackClaim(TrackClaim.AUDIO_PRIORITY, new long[] {40_000}, 0, false);
    }

    private static TrackClaim video(int priority, int current) {
        return new TrackClaim(priority, LAYERS, current, false);
    }

    /** Allocates for one picture and remembers what it got, ten times a second. */
    private int run(long budgetBps, double seconds) {
        for (long end = nowNanos + (long) (seconds * SECOND); nowNanos < end; ) {
            nowNanos += SECOND / 10;
            current =
                    allocator
                            .allocate(
                                    List.of(audio(), video(1, current)),
                                    budgetBps,
                                    budgetBps,
                                    nowNanos)[1];
        }
        return current;
    }

    @Test
    void takesTheHighestLayerThatFitsWithRoomToSpare() {
        assertThat(run(10_000_000, 0.1)).isEqualTo(2);
        assertThat(allocator.spentBps()).isEqualTo(1_540_000);
        assertThat(allocator.wantedBps()).isEqualTo(1_540_000);
        var another = new BandwidthAllocator();
        assertThat(another.allocate(List.of(video(1, 0)), 1_500_000, 1_500_000, 0))
                .containsExactly(1);
    }

    @Test
    void keepsALayerThatStillFitsWhereItWouldNotClimbToIt() {
        run(10_000_000, 1);
        assertThat(run(1_545_000, 10)).isEqualTo(2);
    }

    @Test
    void fallsAtOnceAndClimbsAfterAWait() {
        run(10_000_000, 10);
        assertThat(run(700_000, 0.1)).isEqualTo(1);
        assertThat(run(10_000_000, 1.5)).isEqualTo(1);
        assertThat(run(10_000_000, 1)).isEqualTo(2);
    }

    @Test
    void aClimbThatFailedMakesTheNextOneWaitLonger() {
        run(10_000_000, 10);
        run(700_000, 0.1);
        run(10_000_000, 2.5);
        assertThat(current).as("climbed again").isEqualTo(2);
        run(700_000, 0.1);
        assertThat(run(10_000_000, 3)).as("not after the first wait").isEqualTo(1);
        assertThat(run(10_000_000, 1.5)).isEqualTo(2);
    }

    @Test
    void theLowestLayerGoesOnUntilASecondsWorthOfItWasTooMuch() {
        run(10_000_000, 1);
        assertThat(run(95_000, 1.5)).as("half of it fits").isZero();
        assertThat(run(95_000, 1)).isEqualTo(PAUSED);
        assertThat(run(190_000, 5)).as("too narrow to resume").isEqualTo(PAUSED);
        assertThat(run(250_000, 5)).isZero();
    }

    @Test
    void climbsOnlyAsFarAsTheNetworkIsKnownToCarryButNeedsNoProofToStay() {
        List<TrackClaim> low = List.of(video(1, 0));
        assertThat(allocator.allocate(low, 10_000_000, 400_000, nowNanos)).containsExactly(0);
        assertThat(allocator.allocate(low, 10_000_000, 600_000, nowNanos)).containsExactly(1);
        List<TrackClaim> top = List.of(video(1, 2));
        assertThat(allocator.allocate(top, 10_000_000, 400_000, nowNanos)).containsExactly(2);
    }

    @Test
    void soundIsNeverPaused() {
        assertThat(allocator.allocate(List.of(video(1, PAUSED), audio()), 10_000, 10_000, nowNanos))
                .containsExactly(PAUSED, 0);
    }

    @Test
    void theHigherPriorityGetsItsLowestLayerFirst() {
        List<TrackClaim> claims = List.of(video(1, PAUSED), video(2, PAUSED));
        assertThat(allocator.allocate(claims, 200_000, 200_000, nowNanos))
                .containsExactly(PAUSED, 0);
    }

    @Test
    void equalTracksClimbInTurn() {
        List<TrackClaim> claims = List.of(video(1, 0), video(1, 0));
        assertThat(allocator.allocate(claims, 1_200_000, 1_200_000, nowNanos))
                .containsExactly(1, 1);
    }

    @Test
    void aTrackWithoutLayersHasNoClaim() {
        assertThatThrownBy(() -> new TrackClaim(1, new long[0], 0, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least one");
    }

    @Property
    void whatIsClimbedToFitsTheBudget(
            @ForAll @Size(min = 1, max = 6) List<@LongRange(min = 0, max = 2) Long> layers,
            @ForAll @LongRange(min = 0, max = 12_000_000) long budgetBps) {
        List<TrackClaim> claims = new ArrayList<>();
        layers.forEach(layer -> claims.add(video(1, (int) (long) layer)));
        int[] given = new BandwidthAllocator().allocate(claims, budgetBps, budgetBps, 0);
        long spent = 0;
        boolean climbed = false;
        boolean lowestOnly = true;
        for (int i = 0; i < given.length; i++) {
            spent += claims.get(i).bps(given[i]);
            climbed |= given[i] > claims.get(i).current();
            lowestOnly &= given[i] <= 0;
        }
        assertThat(spent <= budgetBps * 1.05 || lowestOnly).isTrue();
        assertThat(!climbed || spent <= budgetBps * 1.05).isTrue();
    }
}
