package dev.sluice.media.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.media.send.RetransmissionCache.Answer;

import org.junit.jupiter.api.Test;

class RetransmissionCacheTest {

    private static final long MILLI = 1_000_000;

    private final RetransmissionCache cache = new RetransmissionCache(64);

    @Test
    void resendsASentPacket() {
        cache.onSent(10);
        cache.onSent(65_535);

        assertThat(cache.find(10, 0)).isEqualTo(Answer.RESEND);
        assertThat(cache.find(65_535, 0)).isEqualTo(Answer.RESEND);
    }

    @Test
    void doesNotKnowWhatWasNeverSent() {
        assertThat(cache.find(0, 0)).isEqualTo(Answer.UNKNOWN);
        cache.onSent(10);

        assertThat(cache.find(11, 0)).isEqualTo(Answer.UNKNOWN);
        assertThat(cache.find(10 + 64, 0)).isEqualTo(Answer.UNKNOWN);
    }

    @Test
    void resendsOncePerRoundTrip() {
        cache.onRtt(80 * MILLI);
        cache.onSent(10);

        assertThat(cache.find(10, 0)).isEqualTo(Answer.RESEND);
        assertThat(cache.find(10, 79 * MILLI)).isEqualTo(Answer.TOO_SOON);
        assertThat(cache.find(10, 80 * MILLI)).isEqualTo(Answer.RESEND);
    }

    @Test
    void tellsWhatWasNeverSentAgain() {
        cache.onSent(10);

        assertThat(cache.findUnrepaired(11, 0)).isEqualTo(Answer.UNKNOWN);
        assertThat(cache.findUnrepaired(10, 0)).isEqualTo(Answer.RESEND);
        assertThat(cache.findUnrepaired(10, 1_000 * MILLI)).isEqualTo(Answer.TOO_SOON);
        assertThat(cache.find(10, 1_000 * MILLI)).isEqualTo(Answer.RESEND);
    }

    @Test
    void aShortRoundTripStillHasAnInterval() {
        cache.onRtt(1);
        cache.onSent(10);

        assertThat(cache.find(10, -3 * MILLI)).isEqualTo(Answer.RESEND);
        assertThat(cache.find(10, 6 * MILLI)).isEqualTo(Answer.TOO_SOON);
        assertThat(cache.find(10, 7 * MILLI)).isEqualTo(Answer.RESEND);
    }

    @Test
    void forgetsTheOldestThroughTheRollover() {
        for (int i = 0; i < 100; i++) {
            cache.onSent((65_500 + i) & 0xFFFF);
        }

        assertThat(cache.find(65_500 + 35, 0)).isEqualTo(Answer.UNKNOWN);
        assertThat(cache.find(0, 0)).isEqualTo(Answer.RESEND);
        assertThat(cache.find(63, 0)).isEqualTo(Answer.RESEND);
    }

    @Test
    void aNumberUsedAgainAfterAJumpIsNotTakenForTheOldPacket() {
        cache.onSent(10);
        cache.onSent(200);

        assertThat(cache.find(10, 0)).isEqualTo(Answer.UNKNOWN);
    }

    @Test
    void aPacketThatWasSentLateDoesNotHideThoseAfterIt() {
        cache.onSent(65_534);
        cache.onSent(0);
        cache.onSent(65_535);

        assertThat(cache.find(0, 0)).isEqualTo(Answer.RESEND);
        assertThat(cache.find(65_535, 0)).isEqualTo(Answer.RESEND);
        assertThat(cache.find(65_534, 0)).isEqualTo(Answer.RESEND);
    }

    @Test
    void aNumberSentAnewMayBeSentAgainAtOnce() {
        cache.onSent(10);
        cache.find(10, 0);
        cache.onSent(10);

        assertThat(cache.findUnrepaired(10, 1)).isEqualTo(Answer.RESEND);
    }

    @Test
    void refusesACapacityThatIsNoPowerOfTwo() {
        assertThatThrownBy(() -> new RetransmissionCache(1000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1000");
        assertThatThrownBy(() -> new RetransmissionCache(1 << 16))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
