package dev.sluice.media.payload;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.IOException;

import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

class G711Test {

    /** The codecs of the JDK are another implementation; both agree with ffmpeg's on all codes. */
    @Test
    void decodesEachCodeAsTheJdkDoes() throws IOException {
        agreesWithTheJdk(G711.PCMU, AudioFormat.Encoding.ULAW);
        agreesWithTheJdk(G711.PCMA, AudioFormat.Encoding.ALAW);
    }

    private static void agreesWithTheJdk(G711 law, AudioFormat.Encoding encoding)
            throws IOException {
        byte[] codes = new byte[256];
        for (int code = 0; code < 256; code++) {
            codes[code] = (byte) code;
        }
        var format = new AudioFormat(encoding, 8000, 8, 1, 1, 8000, true);
        var linear = new AudioFormat(8000, 16, 1, true, true);
        try (var coded = new AudioInputStream(new ByteArrayInputStream(codes), format, 256);
                var decoded = AudioSystem.getAudioInputStream(linear, coded)) {
            ByteBuf samples = Unpooled.wrappedBuffer(decoded.readAllBytes());
            for (int code = 0; code < 256; code++) {
                assertThat(law.decode(code))
                        .as("%s %02x", law, code)
                        .isEqualTo(samples.readShort());
            }
        }
    }

    /**
     * Tables 2a and 2b of G.711: where the segments begin, in the 14 bits of the table; the value
     * below is the last of the segment before.
     */
    @Test
    void segmentsOfTheMuLawBeginWhereTheTableSays() {
        int[] begins = {31, 95, 223, 479, 991, 2015, 4063};
        for (int segment = 1; segment < 8; segment++) {
            int sample = 4 * begins[segment - 1];
            int first = 0xFF - 16 * segment;
            assertThat(G711.PCMU.encode(sample)).isEqualTo(first);
            assertThat(G711.PCMU.encode(sample - 1)).isEqualTo(first + 1);
            assertThat(G711.PCMU.encode(-1 - sample)).isEqualTo(first & 0x7F);
            assertThat(G711.PCMU.encode(-sample)).isEqualTo(first + 1 & 0x7F);
        }
        assertThat(G711.PCMU.decode(0x80)).isEqualTo(4 * 8031);
        assertThat(G711.PCMU.decode(0x00)).isEqualTo(-4 * 8031);
        assertThat(G711.PCMU.encode(0)).isEqualTo(0xFF);
        assertThat(G711.PCMU.decode(0xFF)).isZero();
        assertThat(G711.PCMU.decode(0x7F)).isZero();
    }

    /** Tables 1a and 1b, in the 13 bits of the table. */
    @Test
    void segmentsOfTheALawBeginWhereTheTableSays() {
        int[] begins = {32, 64, 128, 256, 512, 1024, 2048};
        for (int segment = 1; segment < 8; segment++) {
            int sample = 8 * begins[segment - 1];
            int first = (0x80 | 16 * segment) ^ 0x55;
            int last = (0x80 | (16 * segment - 1)) ^ 0x55;
            assertThat(G711.PCMA.encode(sample)).isEqualTo(first);
            assertThat(G711.PCMA.encode(sample - 1)).isEqualTo(last);
            assertThat(G711.PCMA.encode(-1 - sample)).isEqualTo(first & 0x7F);
            assertThat(G711.PCMA.encode(-sample)).isEqualTo(last & 0x7F);
        }
        assertThat(G711.PCMA.decode(0xAA)).isEqualTo(8 * 4032);
        assertThat(G711.PCMA.decode(0x2A)).isEqualTo(-8 * 4032);
        assertThat(G711.PCMA.encode(0)).isEqualTo(0xD5);
        assertThat(G711.PCMA.decode(0xD5)).isEqualTo(8);
        assertThat(G711.PCMA.decode(0x55)).isEqualTo(-8);
    }

    @Test
    void eachCodeComesBack() {
        for (G711 law : G711.values()) {
            for (int code = 0; code < 256; code++) {
                // The mu-law has a zero of each sign, and only the positive one is encoded.
                int expected = law == G711.PCMU && code == 0x7F ? 0xFF : code;
                assertThat(law.encode(law.decode(code))).isEqualTo(expected);
            }
        }
    }

    @Test
    void samplesAreEncodedToACodeOfTheirSegment() {
        for (G711 law : G711.values()) {
            int before = Short.MIN_VALUE;
            for (int sample = Short.MIN_VALUE; sample <= Short.MAX_VALUE; sample++) {
                int decoded = law.decode(law.encode(sample));
                assertThat(decoded).as("monotone at %d", sample).isGreaterThanOrEqualTo(before);
                assertThat(Math.abs(decoded - sample))
                        .as("near %d", sample)
                        .isLessThanOrEqualTo(16 + Math.abs(sample) / 31);
                before = decoded;
            }
        }
    }

    @Test
    void samplesBeyondSixteenBitsAreTheOutermostOnes() {
        for (G711 law : G711.values()) {
            assertThat(law.encode(100_000)).isEqualTo(law.encode(Short.MAX_VALUE));
            assertThat(law.encode(-100_000)).isEqualTo(law.encode(Short.MIN_VALUE));
            assertThat(law.encode(Integer.MIN_VALUE)).isEqualTo(law.encode(Short.MIN_VALUE));
        }
    }

    @Test
    void buffersAreEncodedAndDecodedWhole() {
        short[] samples = {0, 1000, -1000, Short.MAX_VALUE, Short.MIN_VALUE};
        for (G711 law : G711.values()) {
            ByteBuf out = Unpooled.buffer().writeZero(2);
            law.encode(samples, 1, 4, out);
            assertThat(out.readableBytes()).isEqualTo(6);
            short[] decoded = new short[6];
            law.decode(out, 2, 4, decoded, 1);
            for (int i = 1; i <= 4; i++) {
                assertThat(decoded[i]).isEqualTo((short) law.decode(law.encode(samples[i])));
            }
            assertThat(decoded[5]).isZero();
        }
    }

    @Test
    void aByteIsASampleOfOneChannel() {
        assertThat(G711.durationTicks(160, 1)).isEqualTo(160);
        assertThat(G711.durationNanos(160, 1)).isEqualTo(20_000_000L);
        assertThat(G711.durationNanos(160, 2)).isEqualTo(10_000_000L);
        assertThat(G711.PCMU.payloadType()).isZero();
        assertThat(G711.PCMA.payloadType()).isEqualTo(8);
    }
}
