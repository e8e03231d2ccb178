package dev.sluice.video.payload.nal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Collections;
import java.util.List;

class SpropParameterSetsTest {

    /** The example of RFC 6184 section 8.2.1. */
    private static final String EXAMPLE = "Z0IACpZTBYmI,aMljiA==";

    @Test
    void readsTheExampleOfTheRfcAndWritesItBack() {
        List<ByteBuf> sets = SpropParameterSets.parse(EXAMPLE);

        assertThat(sets)
                .extracting(ByteBufUtil::hexDump)
                .containsExactly("6742000a9653058988", "68c96388");
        assertThat(SpropParameterSets.write(sets)).isEqualTo(EXAMPLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",", "Z0IA,", ",Z0IA", "Z0I!", "Z", "Z0IA,,aMlj"})
    void refusesWhatIsNoListOfParameterSets(String value) {
        assertThat(SpropParameterSets.parse(value)).isEmpty();
    }

    @Test
    void refusesMoreThanAnyStreamNeeds() {
        assertThat(SpropParameterSets.parse(sets(64))).hasSize(64);
        assertThat(SpropParameterSets.parse(sets(65))).isEmpty();
    }

    @Test
    void writesNoEmptyParameterSet() {
        assertThatThrownBy(() -> SpropParameterSets.write(List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SpropParameterSets.write(List.of(Unpooled.EMPTY_BUFFER)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 is empty");
    }

    @Property
    void readsBackWhatItWrites(
            @ForAll @Size(min = 1, max = 8) List<@Size(min = 1, max = 32) byte[]> nals) {
        List<ByteBuf> written = nals.stream().map(Unpooled::wrappedBuffer).toList();

        assertThat(SpropParameterSets.parse(SpropParameterSets.write(written))).isEqualTo(written);
    }

    @Property
    void arbitraryTextNeverThrows(@ForAll String text) {
        assertThat(SpropParameterSets.parse(text)).hasSizeLessThanOrEqualTo(64);
    }

    private static String sets(int count) {
        return String.join(",", Collections.nCopies(count, "aMljiA=="));
    }
}
