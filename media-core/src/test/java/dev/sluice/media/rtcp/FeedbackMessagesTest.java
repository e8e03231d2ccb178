package dev.sluice.media.rtcp;

import static dev.sluice.media.rtcp.RtcpBytes.assertMalformed;
import static dev.sluice.media.rtcp.RtcpBytes.assertOnWire;
import static dev.sluice.media.rtcp.RtcpBytes.hex;
import static dev.sluice.media.rtcp.RtcpBytes.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.List;

class FeedbackMessagesTest {

    private static final long SENDER = 0x12345678L;
    private static final long MEDIA = 0xf3456789L;

    @Test
    void nackPacksNumbersIntoIdentifierAndMask() {
        assertOnWire(
                new Nack(SENDER, MEDIA, List.of(0, 1, 3, 8, 16)),
                "81cd0003 12345678 f3456789 0000 8085");
    }

    @Test
    void nackMasksReachAcrossTheRollover() {
        assertOnWire(
                new Nack(
                        SENDER,
                        MEDIA,
                        List.of(0xffdc, 0xffec, 0xfffe, 0xffff, 0, 1, 3, 0x14, 0x64)),
                "81cd0006 12345678 f3456789 ffdc8000 fffe0017 00140000 00640000");
    }

    @Test
    void nackWithoutEntriesIsMalformed() {
        assertMalformed("81cd0002 12345678 f3456789");
        assertMalformed("81cd0001 12345678");
    }

    @Test
    void pictureLossIndicationIsTwoSsrcs() {
        assertOnWire(new PictureLossIndication(SENDER, MEDIA), "81ce0002 12345678 f3456789");
        assertMalformed("81ce0001 12345678");
    }

    @Test
    void fullIntraRequestHasOneEntryAStream() {
        assertOnWire(
                new FullIntraRequest(
                        SENDER,
                        List.of(
                                new FullIntraRequest.Entry(MEDIA, 255),
                                new FullIntraRequest.Entry(2, 0))),
                "84ce0006 12345678 00000000 f3456789 ff000000 00000002 00000000");
        assertMalformed("84ce0002 12345678 00000000");
    }

    @Test
    void rembHasMantissaAndExponent() {
        assertOnWire(
                new Remb(SENDER, 522_022, List.of(0x23456789L, 0x2345678aL)),
                "8fce0006 12345678 00000000 52454d42 02 07fb93 23456789 2345678a");
    }

    @Test
    void rembKeepsTheHighest18BitsOfTheRate() {
        var packets =
                read(
                        hex(RtcpBytes.write(new Remb(SENDER, Long.MAX_VALUE, List.of()))),
                        RtcpStatus.OK);
        assertThat(packets).containsExactly(new Remb(SENDER, 0x3ffffL << 45, List.of()));
    }

    @Test
    void rembThatOverflowsOrEndsEarlyIsMalformed() {
        assertMalformed("8fce0004 12345678 00000000 52454d42 00 fffb93");
        assertMalformed("8fce0004 12345678 00000000 52454d42 01 07fb93");
        assertMalformed("8fce0003 12345678 00000000 52454d42");
        assertThatThrownBy(() -> new Remb(SENDER, -1, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
