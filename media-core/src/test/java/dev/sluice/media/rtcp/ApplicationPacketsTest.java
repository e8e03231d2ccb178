package dev.sluice.media.rtcp;

import static dev.sluice.media.rtcp.RtcpBytes.assertMalformed;
import static dev.sluice.media.rtcp.RtcpBytes.assertOnWire;
import static dev.sluice.media.rtcp.RtcpBytes.hex;
import static dev.sluice.media.rtcp.RtcpBytes.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;

class ApplicationPacketsTest {

    private static final long SENDER = 0x12345678L;

    /** From libwebrtc, app_unittest.cc: kPacketWithoutData and kPacketWithData. */
    @Test
    void anApplicationPacketHasANameAndData() {
        assertOnWire(
                new ApplicationDefined(30, SENDER, "name", Octets.NONE),
                "9ecc0002 12345678 6e616d65");
        assertOnWire(
                new ApplicationDefined(30, SENDER, "name", octets("testdata")),
                "9ecc0004 12345678 6e616d65 7465737464617461");
    }

    /** From libwebrtc, app_unittest.cc: kTooSmallPacket and kPacketWithUnalignedPayload. */
    @Test
    void anApplicationPacketWithoutNameOrWithBrokenWordsIsMalformed() {
        assertMalformed("9ecc0001 12345678");
        assertMalformed("becc0003 12345678 6e616d65 64617401");
    }

    @Test
    void aNameOfAnyFourBytesIsRead() {
        assertThat(read(hex("80cc0002 00000001 00ff8041"), RtcpStatus.OK))
                .containsExactly(new ApplicationDefined(0, 1, "\0\u00ff\u0080A", Octets.NONE));
    }

    @Test
    void refusesNamesSubtypesAndDataThatDoNotFit() {
        assertThatThrownBy(() -> new ApplicationDefined(32, 1, "name", Octets.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("32");
        assertThatThrownBy(() -> new ApplicationDefined(0, 1, "nam", Octets.NONE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ApplicationDefined(0, 1, "na語e", Octets.NONE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ApplicationDefined(0, 1, "name", octets("abc")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("3 bytes");
    }

    @Test
    void applicationLayerFeedbackOtherThanRembIsKeptAsBytes() {
        assertOnWire(
                new ApplicationLayerFeedback(SENDER, 0xf3456789L, octets("ABCDefgh")),
                "8fce0004 12345678 f3456789 41424344 65666768");
        assertOnWire(
                new ApplicationLayerFeedback(SENDER, 0, Octets.NONE), "8fce0002 12345678 00000000");
        assertMalformed("8fce0001 12345678");
    }

    @Test
    void octetsAreComparedByContentAndDoNotChange() {
        byte[] bytes = {1, (byte) 0xfe};
        Octets octets = Octets.of(bytes);
        bytes[0] = 9;
        octets.toArray()[0] = 9;
        assertThat(octets).isEqualTo(Octets.of((byte) 1, (byte) 0xfe)).hasToString("01fe");
        assertThat(octets).isNotEqualTo(Octets.of((byte) 1));
        assertThat(octets.octet(1)).isEqualTo(0xfe);
        assertThat(octets.sizeBytes()).isEqualTo(2);
    }

    private static Octets octets(String text) {
        return Octets.of(text.getBytes(StandardCharsets.US_ASCII));
    }
}
