package dev.sluice.video.payload.nal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.video.payload.NalStreams;
import dev.sluice.video.payload.PayloadBytes;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;

class NalUnitsTest {

    private final NalUnits nals = new NalUnits();

    @Test
    void findsNalUnitsAfterStartCodesOfThreeAndOfFourBytes() {
        assertThat(annexB("00000001 67 42 000001 68 ce 00000001 65 88"))
                .containsExactly("6742", "68ce", "6588");
    }

    @Test
    void leavesOutZerosBeforeAndAfter() {
        assertThat(annexB("0000000000 000001 67 42 000000 000001 68 ce 000000"))
                .containsExactly("6742", "68ce");
        assertThat(annexB("000001 000001 65 88 000001")).containsExactly("6588");
    }

    @Test
    void leavesEmulationPreventionAsItIs() {
        assertThat(annexB("000001 65 0000 03 01 0000 03 00 80"))
                .containsExactly("6500000301000003 0080".replace(" ", ""));
    }

    @Test
    void readsFromTheReaderIndexWithoutMovingIt() {
        ByteBuf frame = PayloadBytes.of("ffff 000001 65 88").skipBytes(2);

        assertThat(nals.read(frame, NalFraming.ANNEX_B)).isTrue();

        assertThat(nals.index(0)).isEqualTo(5);
        assertThat(frame.readerIndex()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "0000", "0000000000", "000001", "6588", "65 000001 65 88"})
    void refusesWhatIsNoByteStream(String hex) {
        assertThat(nals.read(PayloadBytes.of(hex), NalFraming.ANNEX_B)).isFalse();
    }

    @Test
    void findsNalUnitsAfterTheirLengths() {
        assertThat(read("00000002 6742 00000000 00000001 09", NalFraming.LENGTH_PREFIXED))
                .containsExactly("6742", "09");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "000000", "00000000", "00000003 6742", "00000001 67 42", "ffffffff 67"})
    void refusesLengthsThatDoNotFit(String hex) {
        assertThat(nals.read(PayloadBytes.of(hex), NalFraming.LENGTH_PREFIXED)).isFalse();
    }

    @Property
    void findsInArbitraryBytesWhatASimpleSearchFinds(@ForAll @Size(max = 64) byte[] bytes) {
        // few values, so that start codes are frequent
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Math.max(0, bytes[i] & 0x03);
        }
        ByteBuf frame = Unpooled.wrappedBuffer(new byte[] {0, 0, 1}, bytes);

        List<String> expected = NalStreams.nalUnits(frame);

        assertThat(nals.read(frame, NalFraming.ANNEX_B)).isEqualTo(!expected.isEmpty());
        assertThat(found(frame)).isEqualTo(expected);
    }

    @Property
    void arbitraryBytesNeverThrow(
            @ForAll NalFraming framing, @ForAll @Size(max = 64) byte[] bytes) {
        nals.read(Unpooled.wrappedBuffer(bytes), framing);

        for (int i = 0; i < nals.count(); i++) {
            assertThat(nals.index(i)).isBetween(0, bytes.length - 1);
            assertThat(nals.index(i) + nals.lengthBytes(i)).isLessThanOrEqualTo(bytes.length);
        }
    }

    private List<String> annexB(String hex) {
        return read(hex, NalFraming.ANNEX_B);
    }

    private List<String> read(String hex, NalFraming framing) {
        ByteBuf frame = PayloadBytes.of(hex);
        assertThat(nals.read(frame, framing)).isTrue();
        return found(frame);
    }

    private List<String> found(ByteBuf frame) {
        List<String> found = new ArrayList<>();
        for (int i = 0; i < nals.count(); i++) {
            found.add(ByteBufUtil.hexDump(frame, nals.index(i), nals.lengthBytes(i)));
        }
        return found;
    }
}
