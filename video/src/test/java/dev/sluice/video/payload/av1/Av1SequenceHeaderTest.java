package dev.sluice.video.payload.av1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.video.payload.Payloads;
import dev.sluice.video.payload.RecordedFrames;
import dev.sluice.video.payload.av1.Av1SequenceHeader.OperatingPoint;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Objects;

class Av1SequenceHeaderTest {

    private static final String WORD = "0".repeat(32);

    /** 640 and 360 in 10 and 9 bits. */
    private static final String SIZE = "1001 1000 1001111111 101100111";

    @ParameterizedTest
    @ValueSource(strings = {"recorded/av1-ffmpeg-libaom.ivf", "recorded/av1-ffmpeg-svt.ivf"})
    void readsTheHeadersThatEncodersMade(String fileName) {
        Av1SequenceHeader header = ofTemporalUnit(RecordedFrames.of(fileName).getFirst());

        assertThat(header.profile()).isZero();
        assertThat(header.stillPicture()).isFalse();
        assertThat(header.reducedStillPictureHeader()).isFalse();
        assertThat(header.maxWidth()).isEqualTo(160);
        assertThat(header.maxHeight()).isEqualTo(96);
        assertThat(header.operatingPoints()).containsExactly(new OperatingPoint(0, 0, false));
    }

    /** Chromium's L2T2: all layers, then fewer and fewer; each point is within the one before. */
    @Test
    void readsTheOperatingPointsOfAScalableStream() {
        Payloads.OfFrame first = Payloads.recorded("recorded/av1-chromium-l2t2.rtp").getFirst();
        Av1SequenceHeader header =
                ofTemporalUnit(Payloads.join(new Av1Depacketizer(), first.payloads()));

        assertThat(header.maxWidth()).isEqualTo(480);
        assertThat(header.maxHeight()).isEqualTo(270);
        assertThat(header.operatingPoints())
                .extracting(OperatingPoint::layers)
                .containsExactly(0x303, 0x301, 0x103, 0x101);
    }

    @Test
    void readsAStillPictureWithTheReducedHeader() {
        Av1SequenceHeader header = read("001 1 1 00101" + SIZE);

        assertThat(header)
                .isEqualTo(
                        new Av1SequenceHeader(
                                1, true, true, List.of(new OperatingPoint(0, 5, false)), 640, 360));
    }

    /**
     * Timing with three ticks a picture (uvlc 011), a decoder model with delays of 4 bits, display
     * delays, and two operating points, of which the first has all of it and a tier.
     */
    @Test
    void stepsOverTimingAndDecoderModel() {
        String timing = "1" + WORD + WORD + "1 011";
        String model = "1 00011" + WORD + "00000 00000";
        String points =
                "1 00001" + "001100000011 01000 1 1 1111 1111 1 1 1010" + "000100000001 00111 0 0";
        Av1SequenceHeader header = read("000 0 0" + timing + model + points + SIZE);

        assertThat(header)
                .isEqualTo(
                        new Av1SequenceHeader(
                                0,
                                false,
                                false,
                                List.of(
                                        new OperatingPoint(0x303, 8, true),
                                        new OperatingPoint(0x101, 7, false)),
                                640,
                                360));
    }

    /** After 32 zeros a uvlc has no more bits than its 1. */
    @Test
    void stepsOverTheLongestVariableLengthCode() {
        String timing = "1" + WORD + WORD + "1" + WORD + "1";
        Av1SequenceHeader header = read("000 0 0" + timing + "0 0 00000 000000000000 00000" + SIZE);

        assertThat(header.maxWidth()).isEqualTo(640);
        assertThat(header.maxHeight()).isEqualTo(360);
    }

    @Test
    void refusesAHeaderThatEndsBeforeTheSize() {
        ByteBuf whole = bits("001 1 1 00101" + SIZE);
        for (int length = 0; length < whole.readableBytes(); length++) {
            assertThat(Av1SequenceHeader.read(whole, 0, length)).isNull();
        }
    }

    @Property
    void arbitraryBytesNeverThrow(@ForAll @Size(max = 64) byte[] bytes) {
        Av1SequenceHeader header =
                Av1SequenceHeader.read(Unpooled.wrappedBuffer(bytes), 0, bytes.length);
        if (header != null) {
            assertThat(header.maxWidth()).isBetween(1, 65_536);
            assertThat(header.maxHeight()).isBetween(1, 65_536);
            assertThat(header.operatingPoints()).hasSizeBetween(1, 32);
        }
    }

    private static Av1SequenceHeader ofTemporalUnit(ByteBuf unit) {
        Av1ObuHeader obu = new Av1ObuHeader();
        int index = 0;
        while (obu.wrap(unit, index, unit.readableBytes())
                && obu.type() != Av1ObuType.SEQUENCE_HEADER) {
            index = obu.end();
        }
        return notNull(Av1SequenceHeader.read(unit, obu.payloadIndex(), obu.payloadSizeBytes()));
    }

    private static Av1SequenceHeader read(String bits) {
        ByteBuf bytes = bits(bits);
        return notNull(Av1SequenceHeader.read(bytes, 0, bytes.readableBytes()));
    }

    private static Av1SequenceHeader notNull(@Nullable Av1SequenceHeader header) {
        return Objects.requireNonNull(header, "no sequence header");
    }

    /** The bits one after the other, with zeros up to a whole byte. */
    private static ByteBuf bits(String text) {
        String bits = text.replace(" ", "");
        ByteBuf out = Unpooled.buffer();
        for (int i = 0; i < bits.length(); i += 8) {
            String octet = (bits.substring(i) + "0000000").substring(0, 8);
            out.writeByte(Integer.parseInt(octet, 2));
        }
        return out;
    }
}
