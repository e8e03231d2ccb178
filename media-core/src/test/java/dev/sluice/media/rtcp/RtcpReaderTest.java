package dev.sluice.media.rtcp;

import static dev.sluice.media.rtcp.RtcpBytes.assertMalformed;
import static dev.sluice.media.rtcp.RtcpBytes.hex;
import static dev.sluice.media.rtcp.RtcpBytes.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.Test;

import java.util.List;

class RtcpReaderTest {

    private static final RtcpStatus OK = RtcpStatus.OK;
    private static final PictureLossIndication PLI = new PictureLossIndication(1, 2);

    @Test
    void readsCompoundPacketsInOrder() {
        assertThat(
                        read(
                                hex(
                                        "80c90001 00000001 81ca0003 00000001 01026162 00000000"
                                                + " 81ce0002 00000001 00000002"),
                                OK))
                .containsExactly(
                        new ReceiverReport(1, List.of()), SourceDescription.ofCname(1, "ab"), PLI);
    }

    @Test
    void unknownPacketsAreNamedAndSkipped() {
        assertThat(read(hex("80d00001 00000001 9fcd0000 81ce0002 00000001 00000002"), OK))
                .containsExactly(new UnknownRtcp(208, 0), new UnknownRtcp(205, 31), PLI);
    }

    @Test
    void packetsBeforeTheMalformedOneAreDelivered() {
        assertThat(
                        read(
                                hex("81ce0002 00000001 00000002 41ce0002 00000001 00000002"),
                                RtcpStatus.MALFORMED))
                .containsExactly(PLI);
        assertThat(
                        read(
                                hex("81ce0002 00000001 00000002 81ce0003 00000001 00000002"),
                                RtcpStatus.MALFORMED))
                .containsExactly(PLI);
        assertThat(read(hex("81ce0002 00000001 00000002 81ce"), RtcpStatus.MALFORMED))
                .containsExactly(PLI);
    }

    @Test
    void paddingIsTakenOffAndMustFit() {
        assertThat(read(hex("a1ce0003 00000001 00000002 00000004"), OK)).containsExactly(PLI);
        assertMalformed("a1ce0003 00000001 00000002 00000000");
        assertMalformed("a1ce0003 00000001 00000002 0000000d");
        assertMalformed("a1ce0003 00000001 00000002 00000010");
        assertMalformed("a1ce0000");
    }

    @Test
    void anEmptyDatagramIsMalformed() {
        assertThat(read(Unpooled.EMPTY_BUFFER, RtcpStatus.MALFORMED)).isEmpty();
    }

    @Test
    void writerLeavesOutWhatDoesNotFit() {
        ByteBuf out = Unpooled.buffer();
        var writer = new RtcpWriter(out, 30);
        assertThat(writer.append(PLI)).isTrue();
        assertThat(writer.append(SourceDescription.ofCname(1, "a longer name"))).isFalse();
        assertThat(writer.append(PLI)).isTrue();
        assertThat(writer.append(PLI)).isFalse();
        assertThat(writer.sizeBytes()).isEqualTo(24);
        assertThat(read(out, OK)).containsExactly(PLI, PLI);
    }
}
