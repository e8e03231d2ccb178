package dev.sluice.media.bits;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;

import java.util.List;

class BitsTest {

    private final BitReader reader = new BitReader();
    private final BitWriter writer = new BitWriter();

    /** The table of appendix A.4.1 for ns(5). */
    @Test
    void nonSymmetricNumbersSpareABitForTheLowerValues() {
        String[] codes = {"00", "01", "10", "110", "111"};
        for (int value = 0; value < 5; value++) {
            ByteBuf buffer = Unpooled.buffer(1).writeZero(1);
            writer.wrap(buffer, 0);
            writer.writeNonSymmetric(value, 5);
            int bits = codes[value].length();
            assertThat(buffer.getUnsignedByte(0) >>> (8 - bits))
                    .isEqualTo(Integer.parseInt(codes[value], 2));
            reader.wrap(buffer, 0, 1);
            assertThat(reader.nonSymmetric(5)).isEqualTo(value);
            assertThat(reader.position()).isEqualTo(bits);
        }
    }

    @Test
    void oneValueTakesNoBits() {
        reader.wrap(Unpooled.EMPTY_BUFFER, 0, 0);
        assertThat(reader.nonSymmetric(1)).isZero();
        assertThat(reader.overrun()).isFalse();
        assertThat(reader.bits(1)).isZero();
        assertThat(reader.overrun()).isTrue();
    }

    @Property
    void nonSymmetricNumbersComeBack(
            @ForAll @IntRange(min = 1, max = 33) int count, @ForAll @IntRange(max = 32) int any) {
        int value = any % count;
        ByteBuf buffer = Unpooled.buffer(2).writeZero(2);
        writer.wrap(buffer, 0);
        writer.writeNonSymmetric(value, count);
        reader.wrap(buffer, 0, 2);
        assertThat(reader.nonSymmetric(count)).isEqualTo(value);
    }

    @Property
    void numbersOfAnyWidthComeBack(
            @ForAll @Size(max = 20) List<@IntRange(min = 1, max = 32) Integer> widths,
            @ForAll long seed) {
        ByteBuf buffer = Unpooled.buffer(80);
        for (int i = 0; i < 80; i++) {
            buffer.writeByte(0xFF);
        }
        writer.wrap(buffer, 0);
        for (int i = 0; i < widths.size(); i++) {
            writer.write((int) (seed >>> i), widths.get(i));
        }
        writer.pad();
        reader.wrap(buffer, 0, writer.sizeBytes());
        for (int i = 0; i < widths.size(); i++) {
            int mask = -1 >>> (32 - widths.get(i));
            assertThat(reader.bits(widths.get(i))).isEqualTo((int) (seed >>> i) & mask);
        }
        assertThat(reader.overrun()).isFalse();
        assertThat(reader.bits(8 * writer.sizeBytes() - (int) reader.position())).isZero();
    }
}
