package dev.sluice.media.bits;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import org.junit.jupiter.api.Test;

import java.util.HexFormat;

class BitReaderTest {

    private final BitReader bits = new BitReader();

    @Test
    void readsFromTheMostSignificantBit() {
        bits.wrap(bytes("ff a5 3c"), 1, 2);

        assertThat(bits.flag()).isTrue();
        assertThat(bits.bits(3)).isEqualTo(0b010);
        bits.skip(2);
        assertThat(bits.bits(10)).isEqualTo(0b01_0011_1100);
        assertThat(bits.overrun()).isFalse();
    }

    @Test
    void readsZerosPastTheEndAndTellsIt() {
        bits.wrap(bytes("ff ff"), 0, 1);

        assertThat(bits.bits(12)).isEqualTo(0xff0);
        assertThat(bits.overrun()).isTrue();
    }

    @Property
    void neverReadsPastTheEnd(@ForAll @IntRange(max = 31) int count, @ForAll boolean skip) {
        bits.wrap(bytes("ff"), 0, 1);
        if (skip) {
            bits.skip(Integer.MAX_VALUE);
            bits.skip(Integer.MAX_VALUE);
        }

        assertThat(Integer.bitCount(bits.bits(count))).isEqualTo(skip ? 0 : Math.min(count, 8));
    }

    private static ByteBuf bytes(String hex) {
        return Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex.replace(" ", "")));
    }
}
