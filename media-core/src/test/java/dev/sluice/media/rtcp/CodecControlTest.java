package dev.sluice.media.rtcp;

import static dev.sluice.media.rtcp.RtcpBytes.assertMalformed;
import static dev.sluice.media.rtcp.RtcpBytes.assertOnWire;
import static dev.sluice.media.rtcp.RtcpBytes.hex;
import static dev.sluice.media.rtcp.RtcpBytes.read;
import static dev.sluice.media.rtcp.RtcpBytes.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.List;

class CodecControlTest {

    private static final long SENDER = 0x12345678L;
    private static final long REMOTE = 0x23456789L;

    /** From libwebrtc, tmmbr_unittest.cc and tmmbn_unittest.cc: kPacket. */
    @Test
    void bitrateLimitsHaveExponentMantissaAndOverhead() {
        var limit = new BitrateLimit(REMOTE, 312_000, 0x1fe);
        assertOnWire(
                new Tmmbr(SENDER, List.of(limit)), "83cd0004 12345678 00000000 23456789 0a6161fe");
        assertOnWire(
                new Tmmbn(SENDER, List.of(limit)), "84cd0004 12345678 00000000 23456789 0a6161fe");
    }

    @Test
    void onlyANotificationMayHaveNoLimit() {
        assertOnWire(new Tmmbn(SENDER, List.of()), "84cd0002 12345678 00000000");
        assertMalformed("83cd0002 12345678 00000000");
        assertMalformed("84cd0001 12345678");
    }

    @Test
    void theHighest17BitsOfTheRateAreKept() {
        var written = write(new Tmmbr(SENDER, List.of(new BitrateLimit(1, Long.MAX_VALUE, 0))));
        assertThat(read(hex(written), RtcpStatus.OK))
                .containsExactly(
                        new Tmmbr(SENDER, List.of(new BitrateLimit(1, 0x1ffffL << 46, 0))));
    }

    @Test
    void aRateThatOverflowsIsMalformed() {
        assertMalformed("83cd0004 12345678 00000000 23456789 fc000200");
        assertMalformed("84cd0004 12345678 00000000 23456789 bffffe00");
        // Nothing times 2^63 is nothing.
        assertThat(read(hex("84cd0004 12345678 00000000 23456789 fc000000"), RtcpStatus.OK))
                .containsExactly(new Tmmbn(SENDER, List.of(new BitrateLimit(REMOTE, 0, 0))));
    }

    @Test
    void refusesLimitsThatTheWireCannotCarry() {
        assertThatThrownBy(() -> new BitrateLimit(1, -1, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new BitrateLimit(1, 0, 512))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("512");
    }

    /** From libwebrtc, sli_unittest.cc: kPacket. */
    @Test
    void aSliceLossHasThirteenThirteenAndSixBits() {
        assertOnWire(
                new SliceLossIndication(
                        SENDER,
                        REMOTE,
                        List.of(new SliceLossIndication.Slice(0x1e61, 0x1a0a, 0x3f))),
                "82ce0003 12345678 23456789 f30e82bf");
        assertMalformed("82ce0002 12345678 23456789");
        assertThatThrownBy(() -> new SliceLossIndication.Slice(8192, 0, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** From libwebrtc, rpsi_unittest.cc: kPacket, as of VP8 and as of H.265. */
    @Test
    void aReferencePictureIsABitStringOfTheCodecs() {
        assertOnWire(
                new ReferencePictureSelection(SENDER, REMOTE, 100, octets(0xc1, 0xc2, 0x43), 24),
                "83ce0004 12345678 23456789 18 64 c1c243 000000");
        assertOnWire(
                new ReferencePictureSelection(
                        SENDER, REMOTE, 100, octets(0x30, 0x31, 0, 0, 0x33, 0x34), 48),
                "83ce0004 12345678 23456789 00 64 303100003334");
    }

    @Test
    void paddingBitsOfAReferencePictureDoNotCount() {
        var five = new ReferencePictureSelection(SENDER, REMOTE, 1, octets(0xf8), 5);
        assertOnWire(five, "83ce0003 12345678 23456789 0b 01 f800");
        assertThat(read(hex("83ce0003 12345678 23456789 0b 81 ffff"), RtcpStatus.OK))
                .containsExactly(five);
        assertThat(read(hex("83ce0003 12345678 23456789 10 01 ffff"), RtcpStatus.OK))
                .containsExactly(new ReferencePictureSelection(SENDER, REMOTE, 1, Octets.NONE, 0));
        assertMalformed("83ce0003 12345678 23456789 11 01 ffff");
        assertMalformed("83ce0002 12345678 23456789");
        assertThatThrownBy(() -> new ReferencePictureSelection(SENDER, REMOTE, 1, octets(1, 2), 8))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Octets octets(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return Octets.of(bytes);
    }
}
