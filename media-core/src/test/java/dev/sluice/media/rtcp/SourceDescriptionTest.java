package dev.sluice.media.rtcp;

import static dev.sluice.media.rtcp.RtcpBytes.assertMalformed;
import static dev.sluice.media.rtcp.RtcpBytes.assertOnWire;
import static dev.sluice.media.rtcp.RtcpBytes.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.List;

class SourceDescriptionTest {

    @Test
    void eachChunkEndsInOneToFourZerosAtAWord() {
        assertOnWire(
                SourceDescription.ofCname(0x12345678, "ab"),
                "81ca0003 12345678 0102 6162 00000000");
        assertOnWire(
                SourceDescription.ofCname(0x12345678, "abc"),
                "81ca0003 12345678 0103 616263 000000");
        assertOnWire(
                SourceDescription.ofCname(0x12345678, "abcde"),
                "81ca0003 12345678 0105 6162636465 00");
    }

    @Test
    void keepsAllItemsOfAllChunks() {
        var first =
                new SourceDescription.Chunk(
                        1,
                        List.of(
                                new SourceDescription.Item(2, "n"),
                                new SourceDescription.Item(1, "c")));
        var second = new SourceDescription.Chunk(2, List.of());
        assertOnWire(
                new SourceDescription(List.of(first, second)),
                "82ca0005 00000001 0201 6e 0101 63 0000 00000002 00000000");
        assertThat(first.cname()).isEqualTo("c");
        assertThat(second.cname()).isNull();
    }

    @Test
    void itemsThatPassTheEndAreMalformed() {
        assertMalformed("81ca0002 12345678 01ff 6162");
        assertMalformed("81ca0002 12345678 0102 6162");
        assertMalformed("81ca0001 12345678");
    }

    @Test
    void writingRefusesTextOver255Bytes() {
        assertThatThrownBy(() -> write(SourceDescription.ofCname(1, "x".repeat(256))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void byeNamesItsStreamsAndMayGiveAReason() {
        assertOnWire(new Bye(List.of(1L, 0xffffffffL), ""), "82cb0002 00000001 ffffffff");
        assertOnWire(new Bye(List.of(1L), "bye"), "81cb0002 00000001 03627965");
        assertOnWire(new Bye(List.of(), "over"), "80cb0002 04 6f766572 000000");
        assertMalformed("82cb0001 00000001");
        assertMalformed("81cb0002 00000001 04627965");
    }
}
