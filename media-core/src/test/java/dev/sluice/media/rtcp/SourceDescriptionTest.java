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
                        1, List.of(new SdesItem.Text(2, "n"), new SdesItem.Text(1, "c")));
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
    void hasAllItemTypesOfRfc3550() {
        assertOnWire(
                new SourceDescription(
                        List.of(
                                new SourceDescription.Chunk(
                                        7,
                                        List.of(
                                                new SdesItem.Text(SdesItem.CNAME, "a"),
                                                new SdesItem.Text(SdesItem.NAME, "b"),
                                                new SdesItem.Text(SdesItem.EMAIL, "c"),
                                                new SdesItem.Text(SdesItem.PHONE, "d"),
                                                new SdesItem.Text(SdesItem.LOC, "e"),
                                                new SdesItem.Text(SdesItem.TOOL, "f"),
                                                new SdesItem.Text(SdesItem.NOTE, ""),
                                                new SdesItem.Private("xy", "z"))))),
                "81ca0008 00000007 010161 020162 030163 040164 050165 060166 0700"
                        + " 0804 02 7879 7a 0000");
    }

    @Test
    void aPrivateItemMayHaveNeitherPrefixNorValue() {
        assertOnWire(priv("", ""), "81ca0002 00000007 0801 00 00");
        assertOnWire(priv("p", ""), "81ca0003 00000007 0802 01 70 00000000");
        assertOnWire(priv("", "v"), "81ca0003 00000007 0802 00 76 00000000");
    }

    @Test
    void aPrivateItemWhosePrefixPassesItsEndIsMalformed() {
        assertMalformed("81ca0003 00000007 0802 02 70 00000000");
        assertMalformed("81ca0002 00000007 0800 0000");
        assertMalformed("81ca0002 00000007 0801 01 00");
        assertMalformed("81ca0002 00000007 08ff 0000");
    }

    @Test
    void textThatIsNotUtf8IsReadSoThatItCanBeWrittenAgain() {
        var read =
                RtcpBytes.read(
                        RtcpBytes.hex("81ca0003 00000007 0104 ff61fefd 0000"), RtcpStatus.OK);
        assertThat(read).containsExactly(SourceDescription.ofCname(7, "?a??"));
    }

    @Test
    void refusesItemsThatDoNotFitOrAreMadeForOthers() {
        assertThatThrownBy(() -> write(priv("x".repeat(128), "y".repeat(127))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("256");
        assertThatThrownBy(() -> new SdesItem.Text(SdesItem.PRIV, "x"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SdesItem.Text(0, "x"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** From libwebrtc, sdes_unittest.cc: ParseSkipsChunksWithoutCName and those that fail. */
    @Test
    void readsTheChunksOfLibwebrtcsTests() {
        assertOnWire(
                new SourceDescription(
                        List.of(
                                new SourceDescription.Chunk(
                                        0x12345678,
                                        List.of(
                                                new SdesItem.Text(SdesItem.NAME, "abc"),
                                                new SdesItem.Text(SdesItem.EMAIL, "de"))),
                                new SourceDescription.Chunk(
                                        0x23456789,
                                        List.of(new SdesItem.Text(SdesItem.CNAME, "def"))))),
                "82ca0007 12345678 0203616263 03026465 000000 23456789 0103646566 000000");
        assertMalformed("81ca0003 12345678 0203616263 010164");
        assertMalformed("81ca0003 12345678 02026162 010164 03");
        assertMalformed("81ca0003 12345678 0203616263 010264");
        assertMalformed("82ca0004 12345678 010161 03026465 00 23456789");
    }

    private static SourceDescription priv(String prefix, String value) {
        return new SourceDescription(
                List.of(
                        new SourceDescription.Chunk(
                                7, List.of(new SdesItem.Private(prefix, value)))));
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
