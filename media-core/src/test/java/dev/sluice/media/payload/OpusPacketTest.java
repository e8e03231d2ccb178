package dev.sluice.media.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;

import java.util.List;

class OpusPacketTest {

    /**
     * The first two packets of ffmpeg 4.3 with libopus 1.3.1: voip, 20 kbit/s, {@code -fec 1
     * -packet_loss 20}. There is nothing before the first that it could repeat; the second does.
     */
    private static final String FIRST_PACKET =
            "2882b577fe5335cbdc0002edc5a218bc624e8d11ecdc508cfaa0944054b070ccc20dbdba68d066bf6c8e6d5b"
                + "1b5b821c0699e89a4f7740778e2f16";

    private static final String SECOND_PACKET =
            "28c3f948cb11349589df8c0c645b08b943ad7825fbebfd85dc8251993ce2d9871868"
                    + "8d386a3a1b96"
                    + "88109a807f552815708b567ad1359862e04310";

    private static final int[] SILK_TICKS = {480, 960, 1920, 2880};
    private static final int[] CELT_TICKS = {120, 240, 480, 960};

    private final OpusPacket packet = new OpusPacket();

    /** Table 2 of RFC 6716. */
    @Test
    void theConfigurationTellsModeBandwidthAndFrameSize() {
        OpusBandwidth[] silk = {
            OpusBandwidth.NARROWBAND, OpusBandwidth.MEDIUMBAND, OpusBandwidth.WIDEBAND
        };
        OpusBandwidth[] celt = {
            OpusBandwidth.NARROWBAND,
            OpusBandwidth.WIDEBAND,
            OpusBandwidth.SUPERWIDEBAND,
            OpusBandwidth.FULLBAND
        };
        for (int config = 0; config < 12; config++) {
            holds(config, OpusMode.SILK, silk[config / 4], SILK_TICKS[config % 4]);
        }
        holds(12, OpusMode.HYBRID, OpusBandwidth.SUPERWIDEBAND, 480);
        holds(13, OpusMode.HYBRID, OpusBandwidth.SUPERWIDEBAND, 960);
        holds(14, OpusMode.HYBRID, OpusBandwidth.FULLBAND, 480);
        holds(15, OpusMode.HYBRID, OpusBandwidth.FULLBAND, 960);
        for (int config = 16; config < 32; config++) {
            holds(config, OpusMode.CELT, celt[config / 4 - 4], CELT_TICKS[config % 4]);
        }
    }

    private void holds(int config, OpusMode mode, OpusBandwidth bandwidth, int ticks) {
        assertThat(wrap("%02xaabbcc".formatted(config << 3 | 4))).isEqualTo(OpusStatus.OK);
        assertThat(packet.configuration()).isEqualTo(config);
        assertThat(packet.mode()).isEqualTo(mode);
        assertThat(packet.bandwidth()).isEqualTo(bandwidth);
        assertThat(packet.isStereo()).isTrue();
        assertThat(packet.frameCount()).isEqualTo(1);
        assertThat(packet.durationTicks()).isEqualTo(ticks);
        assertThat(packet.frameNanos()).isEqualTo(ticks * 62_500L / 3);
        assertThat(packet.durationNanos()).isEqualTo(packet.frameNanos());
        assertThat(packet.frameSizeBytes(0)).isEqualTo(3);
        assertThat(wrap("%02xaabbcc".formatted(config << 3))).isEqualTo(OpusStatus.OK);
        assertThat(packet.isStereo()).isFalse();
    }

    @Test
    void theShortestFrameIsTwoAndAHalfMilliseconds() {
        wrap("80aa");
        assertThat(packet.durationNanos()).isEqualTo(2_500_000L);
        assertThat(packet.durationTicks()).isEqualTo(120);
    }

    @Test
    void anEmptyPacketIsMalformed() {
        assertThat(wrap("")).isEqualTo(OpusStatus.EMPTY);
        assertThat(OpusPacket.durationTicks(Unpooled.EMPTY_BUFFER, 0, 0)).isEqualTo(-1);
    }

    @Test
    void noFrameIsLongerThan1275Bytes() {
        assertThat(wrap("00" + "aa".repeat(1275))).isEqualTo(OpusStatus.OK);
        assertThat(wrap("00" + "aa".repeat(1276))).isEqualTo(OpusStatus.FRAME_TOO_LARGE);
        assertThat(wrap("01" + "aa".repeat(2552))).isEqualTo(OpusStatus.FRAME_TOO_LARGE);
        assertThat(wrap("0201aa" + "bb".repeat(1276))).isEqualTo(OpusStatus.FRAME_TOO_LARGE);
        assertThat(wrap("0301" + "bb".repeat(1276))).isEqualTo(OpusStatus.FRAME_TOO_LARGE);
        assertThat(wrap("038201aa" + "bb".repeat(1276))).isEqualTo(OpusStatus.FRAME_TOO_LARGE);
        assertThat(wrap("02ffff" + "aa".repeat(1275 + 3))).isEqualTo(OpusStatus.OK);
        assertThat(packet.frameSizeBytes(0)).isEqualTo(1275);
    }

    @Test
    void twoEqualFramesShareAnEvenNumberOfBytes() {
        assertThat(wrap("09aabbcc")).isEqualTo(OpusStatus.UNEVEN_FRAMES);
        assertThat(wrap("09aabbccdd")).isEqualTo(OpusStatus.OK);
        frames(2, 2);
        assertThat(packet.durationTicks()).isEqualTo(2 * 960);
        assertThat(wrap("09")).isEqualTo(OpusStatus.OK);
        frames(0, 0);
    }

    @Test
    void theFirstOfTwoFramesHasALength() {
        assertThat(wrap("0a01aabbcc")).isEqualTo(OpusStatus.OK);
        frames(1, 2);
        assertThat(packet.frameIndex(1)).isEqualTo(3);
        assertThat(wrap("0a02aabb")).isEqualTo(OpusStatus.OK);
        frames(2, 0);
        assertThat(wrap("0a")).isEqualTo(OpusStatus.FIRST_FRAME_TOO_LARGE);
        assertThat(wrap("0a03aabb")).isEqualTo(OpusStatus.FIRST_FRAME_TOO_LARGE);
        assertThat(wrap("0afc")).isEqualTo(OpusStatus.FIRST_FRAME_TOO_LARGE);
        assertThat(wrap("0afd01" + "aa".repeat(257))).isEqualTo(OpusStatus.OK);
        frames(257, 0);
    }

    @Test
    void aPacketHasAtLeastAFrameAndAtMost120Milliseconds() {
        assertThat(wrap("03")).isEqualTo(OpusStatus.FRAME_COUNT);
        assertThat(wrap("0300")).isEqualTo(OpusStatus.FRAME_COUNT);
        assertThat(wrap("1b02")).as("two of 60 ms").isEqualTo(OpusStatus.OK);
        assertThat(packet.durationTicks()).isEqualTo(OpusPacket.MAX_DURATION_TICKS);
        assertThat(wrap("1b03")).as("three of 60 ms").isEqualTo(OpusStatus.FRAME_COUNT);
        assertThat(wrap("8330")).as("48 of 2.5 ms").isEqualTo(OpusStatus.OK);
        assertThat(packet.frameCount()).isEqualTo(OpusPacket.MAX_FRAMES);
        assertThat(wrap("8331")).as("49 of 2.5 ms").isEqualTo(OpusStatus.FRAME_COUNT);
    }

    @Test
    void equalFramesAndTheirPaddingFillThePacket() {
        assertThat(wrap("0b03aabbccddeeff")).isEqualTo(OpusStatus.OK);
        frames(2, 2, 2);
        assertThat(wrap("0b03aabbccddee")).isEqualTo(OpusStatus.CBR_SIZE);
        assertThat(wrap("0b4302aabbcc0000")).isEqualTo(OpusStatus.OK);
        frames(1, 1, 1);
        assertThat(wrap("0b4307aabbcc0000")).isEqualTo(OpusStatus.CBR_SIZE);
        assertThat(wrap("0b43")).isEqualTo(OpusStatus.CBR_SIZE);
        assertThat(wrap("0b41ff01" + "aa" + "00".repeat(255))).isEqualTo(OpusStatus.OK);
        frames(1);
        assertThat(wrap("0b41ffff")).isEqualTo(OpusStatus.CBR_SIZE);
    }

    @Test
    void framesOfDifferentSizesHaveLengthsButForTheLast() {
        assertThat(wrap("0b830102aabbbbcccccc")).isEqualTo(OpusStatus.OK);
        frames(1, 2, 3);
        assertThat(packet.frameIndex(0)).isEqualTo(4);
        assertThat(wrap("0bc3020102aabbbbcc0000")).isEqualTo(OpusStatus.OK);
        frames(1, 2, 1);
        assertThat(wrap("0b830102aabb")).isEqualTo(OpusStatus.VBR_SIZE);
        assertThat(wrap("0b8301")).isEqualTo(OpusStatus.VBR_SIZE);
        assertThat(wrap("0b8301fc")).isEqualTo(OpusStatus.VBR_SIZE);
        assertThat(wrap("0bc309")).isEqualTo(OpusStatus.VBR_SIZE);
        assertThat(packet.frameCount()).isZero();
        assertThatThrownBy(() -> packet.frameIndex(0))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void packetsOfOneOrTwoBytesAreDiscontinuousTransmission() {
        assertThat(wrap("08")).isEqualTo(OpusStatus.OK);
        assertThat(packet.isDtx()).isTrue();
        frames(0);
        wrap("0800");
        assertThat(packet.isDtx()).isTrue();
        wrap("080000");
        assertThat(packet.isDtx()).isFalse();
        packet.clear();
        assertThat(packet.isDtx()).isFalse();
    }

    @Test
    void theLowRateCopyOfAnEarlierFrameShowsInTheFirstBits() {
        assertThat(wrap(FIRST_PACKET)).isEqualTo(OpusStatus.OK);
        assertThat(packet.hasInBandFec()).isFalse();
        assertThat(wrap(SECOND_PACKET)).isEqualTo(OpusStatus.OK);
        assertThat(packet.hasInBandFec()).isTrue();
        assertThat(packet.mode()).isEqualTo(OpusMode.SILK);
        assertThat(packet.bandwidth()).isEqualTo(OpusBandwidth.MEDIUMBAND);
        assertThat(packet.durationTicks()).isEqualTo(960);
    }

    /** The order of section 4.2.3: for each channel a flag of each 20 ms, then the LBRR flag. */
    @Test
    void theFlagFollowsTheVoiceActivityFlagsOfEachChannel() {
        assertThat(hasInBandFec("0840")).as("20 ms").isTrue();
        assertThat(hasInBandFec("08bf")).isFalse();
        assertThat(hasInBandFec("1020")).as("40 ms").isTrue();
        assertThat(hasInBandFec("1810")).as("60 ms").isTrue();
        assertThat(hasInBandFec("18ef")).isFalse();
        assertThat(hasInBandFec("0c10")).as("20 ms, side channel").isTrue();
        assertThat(hasInBandFec("0810")).isFalse();
        assertThat(hasInBandFec("1c01")).as("60 ms, side channel").isTrue();
        assertThat(hasInBandFec("7840")).as("hybrid").isTrue();
        assertThat(hasInBandFec("f8ff")).as("CELT").isFalse();
        assertThat(hasInBandFec("08")).as("no frame").isFalse();
    }

    private boolean hasInBandFec(String hex) {
        assertThat(wrap(hex)).isEqualTo(OpusStatus.OK);
        return packet.hasInBandFec();
    }

    @Property(tries = 5000)
    void arbitraryBytesNeverThrowAndFramesStayWithinThem(
            @ForAll @Size(max = 100) byte[] bytes,
            @ForAll boolean manyFrames,
            @ForAll @IntRange(max = 5) int offset) {
        if (manyFrames && bytes.length > 0) {
            bytes[0] |= 3;
        }
        ByteBuf buffer = Unpooled.buffer().writeZero(offset).writeBytes(bytes);
        OpusStatus status = packet.wrap(buffer, offset, bytes.length);
        packet.hasInBandFec();
        int ticks = OpusPacket.durationTicks(buffer, offset, bytes.length);
        if (status != OpusStatus.OK) {
            assertThat(packet.frameCount()).isZero();
            return;
        }
        assertThat(packet.durationTicks()).isEqualTo(ticks).isBetween(120, 5760);
        int at = offset;
        for (int i = 0; i < packet.frameCount(); i++) {
            assertThat(packet.frameIndex(i)).isGreaterThanOrEqualTo(at);
            at = packet.frameIndex(i) + packet.frameSizeBytes(i);
        }
        assertThat(at).isLessThanOrEqualTo(offset + bytes.length);
    }

    @Property
    void framesOfAnySizesAreFound(
            @ForAll @Size(min = 1, max = 12) List<@IntRange(max = 400) Integer> frameSizes,
            @ForAll @IntRange(max = 600) int padding) {
        ByteBuf buffer = Unpooled.buffer().writeByte(0x83);
        buffer.writeByte(0xC0 | frameSizes.size());
        int left = padding;
        while (left >= 255) {
            buffer.writeByte(255);
            left -= 254;
        }
        buffer.writeByte(left);
        for (int size : frameSizes.subList(0, frameSizes.size() - 1)) {
            if (size < 252) {
                buffer.writeByte(size);
            } else {
                int low = 252 + (size & 3);
                buffer.writeByte(low).writeByte((size - low) / 4);
            }
        }
        frameSizes.forEach(buffer::writeZero);
        buffer.writeZero(padding);
        assertThat(packet.wrap(buffer, 0, buffer.writerIndex())).isEqualTo(OpusStatus.OK);
        frames(frameSizes.stream().mapToInt(size -> size).toArray());
    }

    private void frames(int... sizes) {
        assertThat(packet.frameCount()).isEqualTo(sizes.length);
        for (int i = 0; i < sizes.length; i++) {
            assertThat(packet.frameSizeBytes(i)).isEqualTo(sizes[i]);
        }
    }

    private OpusStatus wrap(String hex) {
        ByteBuf buffer = Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex));
        return packet.wrap(buffer, 0, hex.length() / 2);
    }
}
