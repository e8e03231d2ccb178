package dev.sluice.media.rtcp;

import static dev.sluice.media.rtcp.RtcpBytes.assertMalformed;
import static dev.sluice.media.rtcp.RtcpBytes.assertOnWire;
import static dev.sluice.media.rtcp.RtcpBytes.hex;
import static dev.sluice.media.rtcp.RtcpBytes.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TransportFeedbackTest {

    private static final String SSRCS = "12345678 f3456789";

    /** The one-bit status vector of the draft's section 3.1.4. */
    @Test
    void fourteenStatusesOfOneBitMakeAVector() {
        var arrivals = new PacketArrivals.Builder();
        int delta = 1;
        for (int offset : new int[] {1, 2, 3, 4, 5, 9, 10, 11}) {
            arrivals.add(offset, delta++);
        }
        assertOnWire(
                feedback(0x0102, 14, 0x000abc, 7, arrivals),
                "8fcd0007" + SSRCS + "0102 000e 000abc 07 9f1c 0102030405060708 0000");
    }

    /** The run of 221 packets not received of the draft's section 3.1.3. */
    @Test
    void equalStatusesMakeARun() {
        assertOnWire(
                feedback(1, 222, -1, 255, new PacketArrivals.Builder().add(221, 255)),
                "8fcd0006" + SSRCS + "0001 00de ffffff ff 00dd 2001 ff 000000");
    }

    @Test
    void runsAreAtMost8191Long() {
        assertOnWire(
                feedback(0, 65535, 0, 0, new PacketArrivals.Builder()),
                "8fcd0009" + SSRCS + "0000 ffff 000000 00" + "1fff".repeat(8) + "0007 0000");
    }

    @Test
    void largeAndNegativeDeltasTakeTwoBytesAndTwoBitStatuses() {
        var arrivals =
                new PacketArrivals.Builder()
                        .add(0, 0)
                        .add(1, -1)
                        .add(3, 256)
                        .add(4, 32767)
                        .add(5, -32768)
                        .add(6, 255);
        assertOnWire(
                feedback(0xffff, 7, 0x7fffff, 0, arrivals),
                "8fcd0007" + SSRCS + "ffff 0007 7fffff 00 d8a9 00 ffff 0100 7fff 8000 ff");
    }

    @Test
    void aRunOfSmallDeltasIsOneChunk() {
        var arrivals = new PacketArrivals.Builder();
        for (int i = 0; i < 16; i++) {
            arrivals.add(i, 4);
        }
        assertOnWire(
                feedback(5, 16, 1, 2, arrivals),
                "8fcd0009" + SSRCS + "0005 0010 000001 02 2010" + "04".repeat(16) + "0000");
    }

    @Test
    void readsStatusesPaddedWithThePaddingBit() {
        // Chromium pads by what is missing to a whole word, not by a multiple of four.
        assertThat(read(hex("afcd0005" + SSRCS + "0005 0001 000001 02 2001 0401"), RtcpStatus.OK))
                .containsExactly(feedback(5, 1, 1, 2, new PacketArrivals.Builder().add(0, 4)));
        assertThat(
                        read(
                                hex("afcd0006" + SSRCS + "0005 0001 000001 02 2001 0400 00000004"),
                                RtcpStatus.OK))
                .containsExactly(feedback(5, 1, 1, 2, new PacketArrivals.Builder().add(0, 4)));
    }

    @Test
    void sequenceNumbersGoThroughTheRollover() {
        var feedback = feedback(0xfffe, 4, 0, 0, new PacketArrivals.Builder().add(0, 1).add(3, 1));
        assertThat(feedback.sequence(0)).isEqualTo(0xfffe);
        assertThat(feedback.sequence(1)).isEqualTo(1);
    }

    @Test
    void claimsWithoutDeltasAreMalformed() {
        assertMalformed(
                "8fcd0009" + SSRCS + "0000 ffff 000000 00" + "3fff".repeat(8) + "2007 0000");
        assertMalformed(
                "8fcd0009" + SSRCS + "0000 ffff 000000 00" + "5fff".repeat(8) + "4007 0000");
        assertMalformed("8fcd0005" + SSRCS + "0000 0003 000000 00 2003 0101");
        assertMalformed("8fcd0005" + SSRCS + "0000 0002 000000 00 4002 0101");
    }

    @Test
    void missingChunksReservedStatusesAndNoStatusesAreMalformed() {
        assertMalformed("8fcd0004" + SSRCS + "0000 0001 000000 00");
        assertMalformed(
                "8fcd0005" + SSRCS + "0000 0008 000000 00 c000 0000".replace("0008", "0010"));
        assertMalformed("8fcd0005" + SSRCS + "0000 0001 000000 00 6001 0101");
        assertMalformed("8fcd0005" + SSRCS + "0000 0001 000000 00 f000 0101");
        assertMalformed("8fcd0005" + SSRCS + "0000 0000 000000 00 0000 0000");
        assertMalformed("8fcd0003" + SSRCS + "0000 0001");
    }

    @Test
    void refusesArrivalsOutOfOrderOrBeyondTheCount() {
        var arrivals = new PacketArrivals.Builder().add(3, 0);
        assertThatThrownBy(() -> arrivals.add(3, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> arrivals.add(65535, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> arrivals.add(4, 32768))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> feedback(0, 3, 0, 0, arrivals))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> feedback(0, 65536, 0, 0, arrivals))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static TransportFeedback feedback(
            int baseSequence,
            int statusCount,
            int referenceTime,
            int count,
            PacketArrivals.Builder arrivals) {
        return new TransportFeedback(
                0x12345678L,
                0xf3456789L,
                baseSequence,
                statusCount,
                referenceTime,
                count,
                arrivals.build());
    }
}
