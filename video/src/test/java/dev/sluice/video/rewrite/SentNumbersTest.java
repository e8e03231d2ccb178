package dev.sluice.video.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SentNumbersTest {

    private final SentNumbers sent = new SentNumbers(16);
    private final PacketNumbers numbers = new PacketNumbers();

    @Test
    void knowsNothingBeforeTheFirstPacket() {
        assertThat(sent.recall(0, numbers)).isFalse();
    }

    @Test
    void recallsTheLargestNumbersApartFromEachOther() {
        var given = PacketNumbers.of(0xFFFF_FFFF_FFFFL, 0xFFFF_FFFFL, true);
        given.source = Integer.MAX_VALUE;
        given.sourceSequence = 0x7FFF_FFFF_FFFFL;
        given.pictureId = 0x7FFF;
        given.tl0PictureIndex = 0xFF;
        given.frameNumber = 0xFFFF;
        given.tellsTargets = true;
        given.activeDecodeTargets = -1;
        given.attachesStructure = true;
        sent.keep(given);

        assertThat(sent.recall(0xFFFF_FFFF_FFFFL, numbers)).isTrue();
        assertThat(numbers).usingRecursiveComparison().isEqualTo(given);
    }

    @Test
    void recallsWhatAPacketDoesNotCarry() {
        sent.keep(PacketNumbers.of(70_000, 90_000, false));

        assertThat(sent.recall(70_000, numbers)).isTrue();
        assertThat(numbers)
                .usingRecursiveComparison()
                .isEqualTo(PacketNumbers.of(70_000, 90_000, false));
    }

    @Test
    void whatWasPushedOutOrNeverSentIsUnknown() {
        sent.keep(PacketNumbers.of(100, 1, false));
        sent.keep(PacketNumbers.of(116, 2, false));

        assertThat(sent.recall(100, numbers)).isFalse();
        assertThat(sent.recall(0, numbers)).isFalse();
        assertThat(sent.recall(116, numbers)).isTrue();
    }
}
