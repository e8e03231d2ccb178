package dev.sluice.media.fec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.media.rtp.HeaderExtensionMap;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The headers of repair packets. Vectors of FlexFEC are those of libwebrtc's {@code
 * flexfec_03_header_reader_writer_unittest.cc} and {@code
 * flexfec_header_reader_writer_unittest.cc}; the one of ULPFEC is the example of RFC 5109 section
 * 10.1.
 */
class FecHeaderTest {

    private static final String RECOVERY = "007babcd01234567";
    private static final String FLEX_03 = RECOVERY + "01000000" + "11223344" + "aabb";

    private final FecHeader header = new FecHeader();

    @ParameterizedTest(name = "mask {0}")
    @CsvSource({
        "8881, 1102, 20",
        "4881 82110021, 910208440084, 24",
        "4881 02110021 8111111111111111, 9102084400840888888888888888, 32"
    })
    void readsTheMasksOfFlexfec03(String mask, String packed, int headerSize) {
        assertThat(read(FecFormat.FLEXFEC_03, FLEX_03 + mask + "00000000")).isTrue();
        assertThat(offsets(0x11223344L, 0xAABB)).isEqualTo(bitsOf(packed));
        assertThat(header.dataIndex()).isEqualTo(headerSize);
        assertThat(header.dataSizeBytes()).isEqualTo(4);
        assertRecoveryFields();
    }

    private void assertRecoveryFields() {
        assertThat(header.flagsRecovery()).isEqualTo(123);
        assertThat(header.lengthRecovery()).isEqualTo(0xABCD);
        assertThat(header.timestampRecovery()).isEqualTo(0x01234567L);
        assertThat(header.isRetransmission()).isFalse();
    }

    @Test
    void refusesFlexfec03ThatIsShortOrOfAnotherKind() {
        assertThat(read(FecFormat.FLEXFEC_03, FLEX_03)).as("no mask").isFalse();
        assertThat(read(FecFormat.FLEXFEC_03, FLEX_03 + "88")).isFalse();
        assertThat(read(FecFormat.FLEXFEC_03, FLEX_03 + "48818211")).as("46 bits").isFalse();
        assertThat(read(FecFormat.FLEXFEC_03, FLEX_03 + "48810211002181111111")).isFalse();
        assertThat(read(FecFormat.FLEXFEC_03, FLEX_03 + "4881021100210111111111111111"))
                .as("no K bit ends the mask")
                .isFalse();
        assertThat(read(FecFormat.FLEXFEC_03, FLEX_03 + "8000")).as("protects nothing").isFalse();
        assertThat(read(FecFormat.FLEXFEC_03, "80" + FLEX_03.substring(2) + "8881")).isFalse();
        assertThat(read(FecFormat.FLEXFEC_03, "40" + FLEX_03.substring(2) + "8881")).isFalse();
        assertThat(read(FecFormat.FLEXFEC_03, FLEX_03.replace("01000000", "02000000") + "8881"))
                .as("two streams")
                .isFalse();
    }

    @ParameterizedTest(name = "mask {0}")
    @CsvSource({
        "0881, 1102, 12",
        "c881 02110021, 910208440084, 16",
        "c881 82110021 0111111111111111, 9102084400840444444444444444, 24"
    })
    void readsTheMasksOfFlexfec(String mask, String packed, int headerSize) {
        assertThat(read(FecFormat.FLEXFEC, RECOVERY + "0102" + mask + "00000000", 1)).isTrue();
        assertThat(offsets(1, 0x0102)).isEqualTo(bitsOf(packed));
        assertThat(header.dataIndex()).isEqualTo(headerSize);
        assertThat(header.dataSizeBytes()).isEqualTo(4);
        assertRecoveryFields();
    }

    @Test
    void readsOneMaskForEachStreamOfFlexfec() {
        String streams = "01020881" + "0304d782" + "04330051";
        assertThat(read(FecFormat.FLEXFEC, RECOVERY + streams + "00000000", 1, 2)).isTrue();
        assertThat(offsets(1, 0x0102)).isEqualTo(bitsOf("1102"));
        assertThat(offsets(2, 0x0304)).isEqualTo(bitsOf("AF0410CC0144"));
        assertThat(header.dataIndex()).isEqualTo(20);
        assertThat(read(FecFormat.FLEXFEC, RECOVERY + streams + "00000000")).isFalse();
        assertThat(read(FecFormat.FLEXFEC, RECOVERY + streams, 1, 2, 3)).isFalse();
    }

    @Test
    void readsRowsAndColumnsOfFlexfec() {
        String fixed = "40" + RECOVERY.substring(2);
        assertThat(read(FecFormat.FLEXFEC, fixed + "0102" + "0500" + "aa", 1)).isTrue();
        assertThat(offsets(1, 0x0102)).as("a row").containsExactly(0, 1, 2, 3, 4);
        assertThat(read(FecFormat.FLEXFEC, fixed + "0102" + "0501" + "aa", 1)).isTrue();
        assertThat(offsets(1, 0x0102)).as("a row, columns follow").hasSize(5);
        assertThat(read(FecFormat.FLEXFEC, fixed + "0102" + "0504" + "aa", 1)).isTrue();
        assertThat(offsets(1, 0x0102)).as("a column").containsExactly(0, 5, 10, 15);
        assertThat(header.dataSizeBytes()).isEqualTo(1);
        assertThat(read(FecFormat.FLEXFEC, fixed + "0102" + "0004", 1)).as("reserved").isFalse();
        assertThat(read(FecFormat.FLEXFEC, fixed + "0102" + "ff7f", 1)).as("too far").isFalse();
        assertThat(read(FecFormat.FLEXFEC, fixed + "0102" + "05", 1)).isFalse();
    }

    @Test
    void aFlexfecPacketMayBeOnePacketSentAgain() {
        String packet = "80600102000000050000000a" + "dead";
        assertThat(read(FecFormat.FLEXFEC, packet, 10)).isTrue();
        assertThat(header.isRetransmission()).isTrue();
        assertThat(header.packetCount()).isZero();
        assertThat(header.dataSizeBytes()).isEqualTo(14);
        assertThat(read(FecFormat.FLEXFEC, "c0" + packet.substring(2), 10)).isFalse();
        assertThat(read(FecFormat.FLEXFEC, packet.substring(0, 20), 10)).isFalse();
    }

    @Test
    void refusesFlexfecThatIsShort() {
        assertThat(read(FecFormat.FLEXFEC, "007babcd012345", 1)).isFalse();
        assertThat(read(FecFormat.FLEXFEC, RECOVERY, 1)).isFalse();
        assertThat(read(FecFormat.FLEXFEC, RECOVERY + "01022b", 1)).isFalse();
        assertThat(read(FecFormat.FLEXFEC, RECOVERY + "0102923476789a", 1)).isFalse();
        assertThat(read(FecFormat.FLEXFEC, RECOVERY + "01029234d6789abcdef0123456789a", 1))
                .isFalse();
    }

    @Test
    void readsLevelsAndMasksOfUlpfec() {
        String head = "00 00 0008 00000008 0174";
        assertThat(read(FecFormat.ULPFEC, head + "0002 f000 aabb", 2)).isTrue();
        assertThat(offsets(2, 8)).containsExactly(0, 1, 2, 3);
        assertThat(header.lengthRecovery()).isEqualTo(372);
        assertThat(header.dataSizeBytes()).isEqualTo(2);
        assertThat(header.levelCount()).isEqualTo(1);

        String longHead = "40 00 0008 00000008 0174";
        assertThat(read(FecFormat.ULPFEC, longHead + "0001 800000000001 aa", 2)).isTrue();
        assertThat(offsets(2, 8)).containsExactly(0, 47);

        assertThat(read(FecFormat.ULPFEC, head + "0002 f000 aabb 0001 c000 cc", 2)).isTrue();
        assertThat(header.levelCount()).isEqualTo(2);
        assertThat(read(FecFormat.ULPFEC, head + "0002 f000 aabb 0002 c000 cc", 2)).isFalse();
        assertThat(read(FecFormat.ULPFEC, head + "0003 f000 aabb", 2)).isFalse();
        assertThat(read(FecFormat.ULPFEC, head + "0002 0000 aabb", 2)).isFalse();
        assertThat(read(FecFormat.ULPFEC, head + "0002 f0", 2)).isFalse();
        assertThat(read(FecFormat.ULPFEC, head.substring(0, 20), 2)).isFalse();
    }

    /** The four packets and their repair packet of RFC 5109 section 10.1; the payloads are ours. */
    @Test
    void writesTheExampleOfTheUlpfecRfc() {
        XorBlock block = new XorBlock();
        MutableExtensions stamped = new MutableExtensions(HeaderExtensionMap.of(Map.of()));
        block.add(FecPackets.wrap(plain(11, false, 8, 3, 200)), stamped);
        block.add(FecPackets.wrap(plain(18, true, 9, 5, 140)), stamped);
        block.add(FecPackets.wrap(plain(11, true, 10, 7, 100)), stamped);
        block.add(FecPackets.wrap(plain(18, false, 11, 9, 340)), stamped);
        ByteBuf out = Unpooled.buffer();
        FecFormat.ULPFEC.write(out, block, 2, 8, 0xFL << 60);
        assertThat(ByteBufUtil.hexDump(out, 0, 14))
                .isEqualTo("0000" + "0008" + "00000008" + "0174" + "0154" + "f000");
        assertThat(out.readableBytes()).isEqualTo(14 + 340);
    }

    private static ByteBuf plain(int type, boolean marker, int sequence, int timestamp, int size) {
        ByteBuf out = Unpooled.buffer();
        out.writeByte(0x80).writeByte(marker ? 0x80 | type : type).writeShort(sequence);
        return out.writeInt(timestamp).writeInt(2).writeZero(size);
    }

    /** Masks and what they become, of the writer tests of libwebrtc. */
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "FLEXFEC_03, 1102, 8881",
        "FLEXFEC_03, 910208440084, 488182110021",
        "FLEXFEC_03, 222244444441, 111111111110a000000000000000",
        "FLEXFEC, 1102, 0881",
        "FLEXFEC, 910208440084, C88102110021",
        "FLEXFEC, 222244444441, 9111911111104000000000000000",
        "FLEXFEC, AB548AAF37BF, D5AAA2ABCDEFC000000000000000"
    })
    void writesMasksAsLibwebrtcDoes(FecFormat format, String packed, String written) {
        ByteBuf out = Unpooled.buffer();
        long mask = FecPackets.bytes((packed + "0".repeat(16)).substring(0, 16)).getLong(0);
        format.write(out, new XorBlock(), 1254983, 825, mask);
        String text = written.replace(" ", "").toLowerCase(java.util.Locale.ROOT);
        assertThat(ByteBufUtil.hexDump(out)).endsWith("0339" + text);
        assertThat(out.readableBytes()).isEqualTo(format.headerSizeBytes(mask));
        assertThat(format.read(out, 0, out.readableBytes(), new long[] {1254983}, header)).isTrue();
        assertThat(offsets(1254983, 825)).isEqualTo(bitsOf(packed));
    }

    @Test
    void thereAreOnlyAsManyPacketsAsItSays() {
        assertThat(read(FecFormat.FLEXFEC_03, FLEX_03 + "c000")).isTrue();
        assertThat(header.packetCount()).isEqualTo(1);
        assertThatThrownBy(() -> header.sequenceNumber(1))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining("1 of 1");
    }

    private boolean read(FecFormat format, String hex, long... sources) {
        ByteBuf payload = FecPackets.bytes(hex);
        return format.read(payload, 0, payload.readableBytes(), sources, header);
    }

    private List<Integer> offsets(long ssrc, int base) {
        List<Integer> offsets = new ArrayList<>();
        for (int i = 0; i < header.packetCount(); i++) {
            if (header.ssrc(i) == ssrc) {
                offsets.add((header.sequenceNumber(i) - base) & 0xFFFF);
            }
        }
        return offsets;
    }

    private static List<Integer> bitsOf(String packed) {
        ByteBuf bytes = FecPackets.bytes(packed);
        List<Integer> bits = new ArrayList<>();
        for (int i = 0; i < 8 * bytes.readableBytes(); i++) {
            if ((bytes.getByte(i / 8) & (0x80 >>> (i % 8))) != 0) {
                bits.add(i);
            }
        }
        return bits;
    }
}
