package dev.sluice.server.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.sdp.NegotiatedMedia;
import dev.sluice.server.session.IncomingStream;
import dev.sluice.server.session.IncomingStreams;

import org.junit.jupiter.api.Test;

import java.util.List;

class LayerChoiceTest {

    private static final long MILLI = 1_000_000L;
    private static final NegotiatedMedia MEDIA =
            IncomingStreams.video(List.of("h", "l"), List.of());

    private final IncomingStream low = IncomingStreams.of(MEDIA, "l", 1);
    private final IncomingStream high = IncomingStreams.of(MEDIA, "h", 2);
    private final LayerChoice choice = new LayerChoice();
    private long nowNanos = -5_000 * MILLI;
    private int changes;

    /** Packets of both layers, ten a second, for some seconds; 0 bytes is silence. */
    private void run(int seconds, int lowBytes, int highBytes) {
        for (int i = 0; i < seconds * 10; i++) {
            send(low, lowBytes);
            send(high, highBytes);
            nowNanos += 100 * MILLI;
        }
    }

    private void send(IncomingStream stream, int sizeBytes) {
        if (sizeBytes > 0 && choice.onPacket(stream, sizeBytes, nowNanos)) {
            changes++;
        }
    }

    @Test
    void choosesNothingBeforeTheFirstPacket() {
        assertThat(choice.chosen()).isNull();
    }

    @Test
    void takesTheFirstLayerThatSendsAtOnce() {
        send(low, 100);
        assertThat(choice.chosen()).isSameAs(low);
        assertThat(changes).isEqualTo(1);
    }

    @Test
    void changesToALayerThatIsClearlyAheadForTwoSeconds() {
        run(2, 100, 1_000);
        assertThat(choice.chosen()).isSameAs(low);
        run(1, 100, 1_000);
        assertThat(choice.chosen()).isSameAs(high);
        run(10, 100, 1_000);
        assertThat(changes).isEqualTo(2);
    }

    @Test
    void aShortBurstChangesNothing() {
        run(1, 100, 100);
        run(1, 100, 1_000);
        run(10, 100, 100);
        assertThat(choice.chosen()).isSameAs(low);
        assertThat(changes).isEqualTo(1);
    }

    @Test
    void layersOfLikeBitrateDoNotFlap() {
        for (int i = 0; i < 20; i++) {
            run(1, 100 + 30 * (i % 2), 130 - 30 * (i % 2));
        }
        assertThat(changes).isEqualTo(1);
    }

    @Test
    void leavesALayerThatHasFallenSilent() {
        run(3, 100, 1_000);
        assertThat(choice.chosen()).isSameAs(high);
        run(3, 100, 0);
        assertThat(choice.chosen()).isSameAs(low);
    }

    @Test
    void keepsTheOnlyLayer() {
        run(5, 100, 0);
        assertThat(choice.chosen()).isSameAs(low);
        assertThat(changes).isEqualTo(1);
    }
}
