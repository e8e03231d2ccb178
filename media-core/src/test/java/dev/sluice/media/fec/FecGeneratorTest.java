package dev.sluice.media.fec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

class FecGeneratorTest {

    private final Random random = new Random(1);
    private final FecGenerator generator =
            new FecGenerator(FecFormat.FLEXFEC_03, FecPackets.SSRC, FecPackets.EXTENSIONS);
    private int sequence = 65_530;

    private int send(boolean marker) {
        return send(sequence++, marker);
    }

    private int send(int number, boolean marker) {
        ByteBuf packet = FecPackets.media(number, 9000, marker, 100, random);
        return generator.onPacket(FecPackets.wrap(packet));
    }

    /** Sends a frame and returns how many repairs came with its last packet. */
    private int frame(int packets) {
        int due = 0;
        for (int i = 0; i < packets; i++) {
            assertThat(due).as("repairs within the frame").isZero();
            due = send(i == packets - 1);
        }
        return due;
    }

    /** The packets that a repair protects, counted from a number. */
    private List<Integer> offsets(int repair, int base) {
        ByteBuf payload = Unpooled.buffer();
        generator.writePayload(repair, payload);
        assertThat(payload.readableBytes()).isEqualTo(generator.payloadSizeBytes(repair));
        FecHeader header = new FecHeader();
        assertThat(
                        FecFormat.FLEXFEC_03.read(
                                payload, 0, payload.readableBytes(), new long[0], header))
                .isTrue();
        List<Integer> offsets = new ArrayList<>();
        for (int i = 0; i < header.packetCount(); i++) {
            offsets.add((header.sequenceNumber(i) - base) & 0xFFFF);
        }
        return offsets;
    }

    @Test
    void thereIsNothingWithoutProtection() {
        assertThat(frame(10)).isZero();
        assertThatThrownBy(() -> generator.payloadSizeBytes(0))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void rowsAreInterleaved() {
        generator.protection(new Protection(3, 4));
        int base = sequence;
        assertThat(frame(12)).isEqualTo(4);
        assertThat(offsets(0, base)).containsExactly(0, 4, 8);
        assertThat(offsets(1, base)).containsExactly(1, 5, 9);
        assertThat(offsets(3, base)).containsExactly(3, 7, 11);
    }

    @Test
    void shortFramesGetAsManyRepairsAsTheyHaveEarned() {
        generator.protection(new Protection(3, 4));
        int base = sequence;
        assertThat(frame(2) + frame(2) + frame(2)).isZero();
        assertThat(frame(1)).isEqualTo(2);
        assertThat(offsets(0, base)).containsExactly(0, 2, 4, 6);
        assertThat(offsets(1, base)).containsExactly(1, 3, 5);
    }

    @Test
    void aFrameThatHasEarnedAllRowsDoesNotWait() {
        generator.protection(new Protection(6, 1));
        assertThat(frame(4)).isEqualTo(1);
        assertThat(frame(4)).as("what was given in advance is paid back").isZero();
        assertThat(frame(2)).isEqualTo(1);
    }

    @Test
    void smallFramesWaitTogetherButNotForLong() {
        generator.protection(new Protection(20, 1));
        int base = sequence;
        for (int i = 1; i < FecGenerator.MAX_GROUP_FRAMES; i++) {
            assertThat(frame(1)).isZero();
        }
        assertThat(frame(1)).isEqualTo(1);
        assertThat(offsets(0, base)).containsExactly(0, 1, 2, 3);
    }

    @Test
    void theOverheadIsWhatWasWanted() {
        for (Protection wanted :
                List.of(new Protection(4, 1), new Protection(5, 2), new Protection(8, 4))) {
            generator.protection(wanted);
            int packets = 0;
            int repairs = 0;
            for (int i = 0; i < 300; i++) {
                int size = 3 + random.nextInt(20);
                packets += size;
                for (int j = 0; j < size; j++) {
                    repairs += send(j == size - 1);
                }
            }
            assertThat((double) repairs / packets)
                    .isBetween(0.93 * wanted.overhead(), 1.07 * wanted.overhead());
        }
    }

    @Test
    void aPacketOfAnEarlierGroupOrSentTwiceIsLeftOut() {
        generator.protection(new Protection(4, 1));
        int base = sequence;
        send(false);
        assertThat(send(base - 1, false)).isZero();
        assertThat(send(base, false)).isZero();
        assertThat(send(base + 3, false)).isZero();
        assertThat(send(base + 1, false)).isZero();
        assertThat(send(base + 2, false)).isEqualTo(1);
        assertThat(offsets(0, base)).containsExactly(0, 1, 2, 3);
    }

    @Test
    void aLargeGapBeginsAnewGroup() {
        generator.protection(new Protection(3, 1));
        send(false);
        int far = sequence + 100;
        assertThat(send(far, false)).isZero();
        assertThat(send(far + 1, false)).isZero();
        assertThat(send(far + 2, false)).isEqualTo(1);
        assertThat(offsets(0, far & 0xFFFF)).containsExactly(0, 1, 2);
    }

    @Test
    void aPacketThatIsTooLongIsNotProtected() {
        generator.protection(new Protection(1, 1));
        ByteBuf packet = FecPackets.media(1, 1, true, XorBlock.MAX_PACKET_SIZE_BYTES, random);
        assertThat(generator.onPacket(FecPackets.wrap(packet))).isZero();
        assertThat(frame(1)).isEqualTo(1);
    }
}
