package dev.sluice.media.bits;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.HexFormat;

class Leb128Test {

    private final Leb128 number = new Leb128();

    @Property
    void whatIsWrittenIsReadAgain(@ForAll @IntRange(max = Integer.MAX_VALUE) int value) {
        ByteBuf out = Unpooled.buffer();
        Leb128.write(out, value);

        assertThat(out.readableBytes()).isEqualTo(Leb128.sizeBytes(value));
        assertThat(wrap(out)).isTrue();
        assertThat(number.value()).isEqualTo(value);
        assertThat(number.next()).isEqualTo(out.readableBytes());
    }

    @Test
    void takesAsFewBytesAsItCan() {
        assertThat(Leb128.sizeBytes(0)).isEqualTo(1);
        assertThat(Leb128.sizeBytes(127)).isEqualTo(1);
        assertThat(Leb128.sizeBytes(128)).isEqualTo(2);
        assertThat(Leb128.sizeBytes(Integer.MAX_VALUE)).isEqualTo(5);
    }

    /** AV1 allows trailing zeros, up to 8 bytes in all. */
    @Test
    void readsUpToEightBytes() {
        assertThat(wrap(bytes("85 80 80 80 80 80 80 00"))).isTrue();
        assertThat(number.value()).isEqualTo(5);
        assertThat(number.next()).isEqualTo(8);

        assertThat(wrap(bytes("ff ff ff ff 0f"))).isTrue();
        assertThat(number.value()).isEqualTo(0xffff_ffffL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "80",
                "80 80",
                "85 80 80 80 80 80 80 80 00",
                "80 80 80 80 10",
                "ff ff ff ff ff ff ff 7f"
            })
    void refusesWhatIsCutOffTooLongOrTooLarge(String hex) {
        assertThat(wrap(bytes(hex))).isFalse();
    }

    @Property
    void arbitraryBytesNeverThrow(@ForAll @Size(max = 12) byte[] bytes) {
        if (wrap(Unpooled.wrappedBuffer(bytes))) {
            assertThat(number.value()).isBetween(0L, 0xffff_ffffL);
            assertThat(number.next()).isBetween(1, Math.min(8, bytes.length));
        }
    }

    private boolean wrap(ByteBuf bytes) {
        return number.wrap(bytes, 0, bytes.readableBytes());
    }

    private static ByteBuf bytes(String hex) {
        return Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex.replace(" ", "")));
    }
}
