package dev.sluice.video.payload.av1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.media.bits.Leb128;
import dev.sluice.video.payload.Mutation;
import dev.sluice.video.payload.PayloadBytes;
import dev.sluice.video.payload.Payloads;
import dev.sluice.video.payload.RecordedFrames;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.stream.Collectors;

class Av1PacketizerTest {

    private static final String DELIMITER = "12 00";

    private final Av1Packetizer packetizer = new Av1Packetizer();
    private final Av1Depacketizer depacketizer = new Av1Depacketizer();
    private final Av1PayloadDescriptor descriptor = new Av1PayloadDescriptor();

    @ParameterizedTest
    @ValueSource(strings = {"recorded/av1-ffmpeg-libaom", "recorded/av1-ffmpeg-svt"})
    void whatFfmpegSentIsWhatItsEncoderMade(String name) {
        List<ByteBuf> units = RecordedFrames.of(name + ".ivf");
        List<Payloads.OfFrame> sent = Payloads.recorded(name + ".rtp");

        assertThat(sent).hasSameSizeAs(units);
        for (int i = 0; i < units.size(); i++) {
            assertThat(Payloads.join(depacketizer, sent.get(i).payloads())).isEqualTo(units.get(i));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"recorded/av1-ffmpeg-libaom.ivf", "recorded/av1-ffmpeg-svt.ivf"})
    void recordedUnitsComeBackAtAnyPayloadSize(String fileName) {
        for (int maxSize = 64; maxSize < 3_000; maxSize += 37) {
            for (ByteBuf unit : RecordedFrames.of(fileName)) {
                assertThat(Payloads.join(depacketizer, Payloads.of(packetizer, unit, maxSize)))
                        .isEqualTo(unit);
            }
        }
    }

    /** ffmpeg fills its payloads in the same way, so they are the same bytes. */
    @ParameterizedTest
    @ValueSource(strings = {"recorded/av1-ffmpeg-libaom", "recorded/av1-ffmpeg-svt"})
    void sendsTheUnitsThatFfmpegSentAsItDid(String name) {
        List<ByteBuf> units = RecordedFrames.of(name + ".ivf");
        List<Payloads.OfFrame> sent = Payloads.recorded(name + ".rtp");
        for (int i = 0; i < units.size(); i++) {
            assertThat(Payloads.of(packetizer, units.get(i), 288))
                    .isEqualTo(sent.get(i).payloads());
        }
    }

    /** Two layers a picture, each in payloads of its own, as Chromium sent them. */
    @Test
    void sendsTheUnitsThatChromiumSentAsItDid() {
        for (Payloads.OfFrame sent : Payloads.recorded("recorded/av1-chromium-l2t2.rtp")) {
            ByteBuf unit = Payloads.join(depacketizer, sent.payloads());
            assertThat(Payloads.of(packetizer, unit, 1_200)).isEqualTo(sent.payloads());
        }
    }

    @Property
    void anyUnitComesBackAtAnyPayloadSize(
            @ForAll @Size(min = 1, max = 12) List<@Size(max = 300) byte[]> payloads,
            @ForAll @Size(min = 12, max = 12) List<@IntRange(max = 7) Integer> layers,
            @ForAll @IntRange(min = 64, max = 1_500) int maxSize) {
        ByteBuf unit = Unpooled.buffer().writeBytes(PayloadBytes.of(DELIMITER));
        for (int i = 0; i < payloads.size(); i++) {
            int layer = layers.get(i);
            boolean layered = layer > 0;
            unit.writeByte(Av1ObuType.TILE_GROUP << 3 | (layered ? 0x04 : 0) | 0x02);
            if (layered) {
                unit.writeByte(layer << 3);
            }
            Leb128.write(unit, payloads.get(i).length);
            unit.writeBytes(payloads.get(i));
        }

        List<ByteBuf> sent = Payloads.of(packetizer, unit, maxSize);

        assertThat(Payloads.join(depacketizer, sent)).isEqualTo(unit);
    }

    /** The example of "RTP Payload Format For AV1" section 5.1: TD SH MD MD(0,0) FH TG MD FH TG. */
    @Test
    void layersHavePayloadsOfTheirOwn() {
        String common = "0a 01 10" + "2a 01 20";
        String lower = "2e 00 01 30" + "1e 00 01 31" + "26 00 01 32";
        String upper = "2e 08 01 40" + "1e 08 01 41" + "26 08 01 42";

        assertThat(sent(DELIMITER + common + lower + upper, 64))
                .containsExactly(
                        "00" + "020810" + "022820" + "032c0030" + "031c0031" + "03240032",
                        "30" + "032c0840" + "031c0841" + "240842");
    }

    @ParameterizedTest
    @CsvSource({
        // one, two, three and four tile groups
        "22 01 aa,                               10 20aa",
        "22 01 aa 22 01 bb,                      20 0220aa 20bb",
        "22 01 aa 22 01 bb 22 01 cc,             30 0220aa 0220bb 20cc",
        "22 01 aa 22 01 bb 22 01 cc 22 01 dd,    00 0220aa 0220bb 0220cc 0220dd"
    })
    void countsUpToThreeElements(String unit, String payload) {
        assertThat(sent(DELIMITER + unit, 64)).containsExactly(payload.replace(" ", ""));
    }

    @Test
    void cutsAnObuWhereAPayloadIsFull() {
        String hundred = "aa".repeat(100);
        List<String> payloads = sent(DELIMITER + "32 64" + hundred, 64);

        assertThat(payloads).containsExactly("50" + "30" + "aa".repeat(62), "90" + "aa".repeat(38));
    }

    @Test
    void leavesOutDelimitersAndTileLists() {
        assertThat(sent(DELIMITER + "42 02 aabb" + "32 01 cc", 64)).containsExactly("1030cc");
    }

    @Test
    void theLastObuNeedsNoSize() {
        assertThat(sent(DELIMITER + "30 aabb", 64)).containsExactly("1030aabb");
    }

    /** A sequence header of a still picture, 16x16, as short as can be. */
    private static final String STILL = "0a 05 18 1980 ff ff ";

    @ParameterizedTest
    @CsvSource({
        // A shown key frame, hidden one, inter frame; a frame shown again; no header.
        "0a0a00000003b4fdf36be401 32 01 10, true",
        "0a0a00000003b4fdf36be401 1a 01 10, true",
        "0a0a00000003b4fdf36be401 32 01 00, false",
        "0a0a00000003b4fdf36be401 32 01 30, false",
        "0a0a00000003b4fdf36be401 1a 01 90, false",
        "0a0a00000003b4fdf36be401 32 00, false",
        "32 01 10, false",
        // Only the first frame counts.
        "0a0a00000003b4fdf36be401 32 01 30 32 01 10, false"
    })
    void aShownKeyFrameBehindASequenceHeaderStartsASequence(String unit, boolean starts) {
        ByteBuf first = PayloadBytes.of(sent(DELIMITER + unit, 64).getFirst());

        assertThat(descriptor.wrap(first, 0, first.readableBytes())).isTrue();
        assertThat(descriptor.startsCodedVideoSequence()).isEqualTo(starts);
    }

    @Test
    void aStillPictureStartsASequence() {
        ByteBuf first = PayloadBytes.of(sent(DELIMITER + STILL + "32 01 00", 64).getFirst());

        assertThat(descriptor.wrap(first, 0, first.readableBytes())).isTrue();
        assertThat(descriptor.startsCodedVideoSequence()).isTrue();
    }

    @Test
    void onlyTheFirstPayloadStartsASequence() {
        ByteBuf unit = RecordedFrames.of("recorded/av1-ffmpeg-libaom.ivf").getFirst();
        List<ByteBuf> payloads = Payloads.of(packetizer, unit, 288);
        for (int i = 0; i < payloads.size(); i++) {
            assertThat(descriptor.wrap(payloads.get(i), 0, 2)).isTrue();
            assertThat(descriptor.startsCodedVideoSequence()).isEqualTo(i == 0);
        }
    }

    @Test
    void manySmallObusStayWithinAPayloadsBounds() {
        String unit = DELIMITER + "22 00".repeat(500);
        List<ByteBuf> payloads = Payloads.of(packetizer, PayloadBytes.of(unit), 1_200);

        assertThat(Payloads.join(depacketizer, payloads)).isEqualTo(PayloadBytes.of(unit));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "12 00", "b2 00", "32 02 aa", "32 80", "36"})
    void refusesWhatIsNoTemporalUnit(String hex) {
        assertThatIllegalArgumentException().isThrownBy(() -> sent(hex, 64));
    }

    @Test
    void refusesPayloadsThatAreTooSmall() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sent("32 01 10", 63))
                .withMessageContaining("63");
    }

    @Property
    void anyUnitIsTakenOrRefused(@ForAll @Size(max = 300) byte[] bytes) {
        try {
            List<ByteBuf> payloads = Payloads.of(packetizer, Unpooled.wrappedBuffer(bytes), 64);
            assertThat(payloads).isNotEmpty();
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageMatching("an empty frame|not a temporal unit.*");
        }
    }

    @Property
    void anyPayloadsNeverThrow(@ForAll @Size(max = 20) List<@Size(max = 40) byte[]> payloads) {
        List<ByteBuf> buffers = payloads.stream().map(Unpooled::wrappedBuffer).toList();
        Payloads.feed(depacketizer, buffers, GROWTH_BYTES);
    }

    @Property(tries = 200)
    void mutatedPayloadsNeverThrow(@ForAll long seed) {
        for (String name : List.of("ffmpeg-libaom", "ffmpeg-svt", "chromium-l2t2")) {
            List<ByteBuf> mutated = Mutation.of("recorded/av1-" + name + ".rtp", seed);
            Payloads.feed(depacketizer, mutated, GROWTH_BYTES);
        }
    }

    /** A delimiter, and a size of an OBU that had waited; each other size replaces a length. */
    private static final int GROWTH_BYTES = 8;

    private List<String> sent(String unit, int maxSizeBytes) {
        return Payloads.of(packetizer, PayloadBytes.of(unit), maxSizeBytes).stream()
                .map(ByteBufUtil::hexDump)
                .collect(Collectors.toList());
    }
}
