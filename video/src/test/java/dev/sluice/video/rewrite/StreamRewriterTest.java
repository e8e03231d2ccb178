package dev.sluice.video.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.video.layer.LayerSelector;
import dev.sluice.video.layer.PacketLayers;

import org.junit.jupiter.api.Test;

import java.util.Random;

class StreamRewriterTest {

    private static final int SOUND_HZ = 48_000;

    private final PacketNumbers numbers = new PacketNumbers();

    @Test
    void remembersWhatAPacketWasSentWith() {
        StreamRewriter rewriter = afterOnePacket(true);
        PacketNumbers again = new PacketNumbers();
        assertThat(rewriter.recall(numbers.sequence(), again)).isTrue();
        assertThat(again.timestamp()).isEqualTo(numbers.timestamp());
    }

    @Test
    void remembersNothingWhereNothingIsSentAgain() {
        StreamRewriter rewriter = afterOnePacket(false);
        assertThat(rewriter.newestSequence()).isEqualTo(numbers.extendedSequence());
        assertThat(rewriter.recall(numbers.sequence(), new PacketNumbers())).isFalse();
    }

    private StreamRewriter afterOnePacket(boolean remembers) {
        var rewriter = new StreamRewriter(SOUND_HZ, 64, remembers, new Random(1));
        rewriter.begin(1, 5, 100, TimestampMapping.NO_COMMON_CLOCK, 0);
        assertThat(
                        rewriter.forward(
                                new PacketLayers(), new LayerSelector(), 5, 100, true, 0, numbers))
                .isTrue();
        return rewriter;
    }
}
