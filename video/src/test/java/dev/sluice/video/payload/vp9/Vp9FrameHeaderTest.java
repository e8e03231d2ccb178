package dev.sluice.video.payload.vp9;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.video.payload.RecordedFrames;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;

import java.util.List;

class Vp9FrameHeaderTest {

    private static final String SYNC = "01001001 10000011 01000010";

    private final Vp9FrameHeader header = new Vp9FrameHeader();

    @Test
    void tellsInterFramesFromKeyFramesInEachProfile() {
        assertThat(Vp9FrameHeader.saysNotKeyFrame(0x82)).isFalse();
        assertThat(Vp9FrameHeader.saysNotKeyFrame(0x86)).isTrue();
        assertThat(Vp9FrameHeader.saysNotKeyFrame(0xa2)).isFalse();
        assertThat(Vp9FrameHeader.saysNotKeyFrame(0xa6)).isTrue();
        assertThat(Vp9FrameHeader.saysNotKeyFrame(0xb0)).isFalse();
        assertThat(Vp9FrameHeader.saysNotKeyFrame(0xb2)).isTrue();
    }

    @Test
    void aFrameShownAgainIsNoKeyFrame() {
        assertThat(Vp9FrameHeader.saysNotKeyFrame(0x88)).isTrue();
        assertThat(Vp9FrameHeader.saysNotKeyFrame(0xb4)).isTrue();
    }

    @Test
    void saysNothingOfBytesThatAreNoFrameHeader() {
        assertThat(Vp9FrameHeader.saysNotKeyFrame(0x46)).isFalse();
        assertThat(Vp9FrameHeader.saysNotKeyFrame(0xc6)).isFalse();
    }

    @Test
    void readsTheFramesThatLibvpxMade() {
        List<ByteBuf> frames = RecordedFrames.of("recorded/vp9-ffmpeg.ivf");
        for (int i = 0; i < frames.size(); i++) {
            boolean key = i % 6 == 0;
            assertThat(wrap(frames.get(i))).isTrue();
            assertThat(header.profile()).isZero();
            assertThat(header.keyFrame()).isEqualTo(key);
            assertThat(header.shown()).isTrue();
            assertThat(header.showExistingFrame()).isFalse();
            assertThat(header.intraOnly()).isFalse();
            assertThat(header.width()).isEqualTo(key ? 160 : 0);
            assertThat(header.height()).isEqualTo(key ? 96 : 0);
            assertThat(header.refreshFrameFlags()).isEqualTo(key ? 0xff : 0x01);
        }
    }

    /** Marker 2, profile 1, key frame, hidden; 4:4:4 of color space 2; 640x360. */
    @Test
    void readsAKeyFrameOfProfile1() {
        assertThat(wrap(bits("10 1 0 0 0 0 0", SYNC, "010 0 00 0", size(640, 360)))).isTrue();

        assertThat(header.profile()).isEqualTo(1);
        assertThat(header.keyFrame()).isTrue();
        assertThat(header.shown()).isFalse();
        assertThat(header.width()).isEqualTo(640);
        assertThat(header.height()).isEqualTo(360);
        assertThat(header.refreshFrameFlags()).isEqualTo(0xff);
    }

    /** Profile 3 has a reserved bit, a bit for the depth, and RGB tells no range. */
    @Test
    void readsAKeyFrameOfProfile3InRgb() {
        assertThat(wrap(bits("10 11 0 0 0 1 1", SYNC, "1 111 0", size(65_536, 1)))).isTrue();

        assertThat(header.profile()).isEqualTo(3);
        assertThat(header.errorResilient()).isTrue();
        assertThat(header.width()).isEqualTo(65_536);
        assertThat(header.height()).isEqualTo(1);
    }

    /** Profile 2: a bit for the depth, a color space, a range. */
    @Test
    void readsAKeyFrameOfProfile2() {
        assertThat(wrap(bits("10 01 0 0 1 0", SYNC, "0 001 1", size(16, 24)))).isTrue();

        assertThat(header.profile()).isEqualTo(2);
        assertThat(header.width()).isEqualTo(16);
        assertThat(header.height()).isEqualTo(24);
    }

    /** A hidden frame of profile 0 that is intra-only has no color configuration. */
    @Test
    void readsAnIntraOnlyFrame() {
        assertThat(wrap(bits("10 00 0 1 0 0 1 01", SYNC, "00010010", size(320, 180)))).isTrue();

        assertThat(header.keyFrame()).isFalse();
        assertThat(header.intraOnly()).isTrue();
        assertThat(header.refreshFrameFlags()).isEqualTo(0x12);
        assertThat(header.width()).isEqualTo(320);
        assertThat(header.height()).isEqualTo(180);
    }

    /** In profile 1 it has one, and error resilience leaves reset_frame_context out. */
    @Test
    void readsAnIntraOnlyFrameOfProfile1() {
        assertThat(wrap(bits("10 10 0 1 0 1 1", SYNC, "010 0 110", "10000001", size(8, 9))))
                .isTrue();

        assertThat(header.intraOnly()).isTrue();
        assertThat(header.refreshFrameFlags()).isEqualTo(0x81);
        assertThat(header.width()).isEqualTo(8);
        assertThat(header.height()).isEqualTo(9);
    }

    @Test
    void readsWhichFrameIsShownAgain() {
        assertThat(wrap(bits("10 00 1 101"))).isTrue();

        assertThat(header.showExistingFrame()).isTrue();
        assertThat(header.frameToShow()).isEqualTo(5);
        assertThat(header.keyFrame()).isFalse();
        assertThat(header.refreshFrameFlags()).isZero();
    }

    @Test
    void refusesWhatIsNoFrameOrCutOff() {
        ByteBuf key = bits("10 00 0 0 1 0", SYNC, "001 0", size(640, 360));
        for (int lengthBytes = 0; lengthBytes < key.readableBytes(); lengthBytes++) {
            assertThat(header.wrap(key, 0, lengthBytes)).isFalse();
        }
        assertThat(wrap(bits("10 00 0 0 1 0", SYNC.replace('1', '0'), "001 0", size(1, 1))))
                .isFalse();
        assertThat(wrap(bits("11 00 1 101"))).isFalse();
    }

    @Property
    void arbitraryBytesNeverThrow(@ForAll @Size(max = 24) byte[] bytes) {
        if (wrap(Unpooled.wrappedBuffer(bytes))) {
            boolean notKey = header.showExistingFrame() || !header.keyFrame();
            assertThat(Vp9FrameHeader.saysNotKeyFrame(bytes[0])).isEqualTo(notKey);
            assertThat(header.width()).isBetween(0, 65_536);
            assertThat(header.frameToShow()).isBetween(0, 7);
        }
    }

    private boolean wrap(ByteBuf frame) {
        return header.wrap(frame, frame.readerIndex(), frame.readableBytes());
    }

    private static String size(int width, int height) {
        String binary = Integer.toBinaryString(1 << 16 | width - 1).substring(1);
        return binary + Integer.toBinaryString(1 << 16 | height - 1).substring(1);
    }

    /** The bits one after the other, with zeros up to a whole byte. */
    private static ByteBuf bits(String... parts) {
        String bits = String.join("", parts).replace(" ", "");
        ByteBuf out = Unpooled.buffer();
        for (int i = 0; i < bits.length(); i += 8) {
            String octet = (bits.substring(i) + "0000000").substring(0, 8);
            out.writeByte(Integer.parseInt(octet, 2));
        }
        return out;
    }
}
