package dev.sluice.video.payload.av1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.video.payload.PayloadBytes;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Av1PayloadDescriptorTest {

    private final Av1PayloadDescriptor descriptor = new Av1PayloadDescriptor();

    /** A sequence header and the first part of a frame: W = 2, Y = 1, N = 1. */
    @Test
    void aNewCodedVideoSequenceStartsAKeyFrame() {
        assertThat(wrap("68 03 08 00 00 30 10")).isTrue();

        assertThat(descriptor.startsKeyFrame()).isTrue();
        assertThat(descriptor.continuesObu()).isFalse();
        assertThat(descriptor.obuContinued()).isTrue();
        assertThat(descriptor.obuElements()).isEqualTo(2);
        assertThat(descriptor.obuIndex()).isEqualTo(1);
    }

    @Test
    void theRestOfAFrameStartsNone() {
        assertThat(wrap("90 30 10")).isTrue();

        assertThat(descriptor.continuesObu()).isTrue();
        assertThat(descriptor.obuContinued()).isFalse();
        assertThat(descriptor.obuElements()).isEqualTo(1);
        assertThat(descriptor.startsKeyFrame()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "18", "98 30"})
    void refusesWhatIsEmptyOrContradictsItself(String hex) {
        assertThat(wrap(hex)).isFalse();
    }

    @Property
    void arbitraryBytesNeverThrow(@ForAll @Size(max = 8) byte[] bytes) {
        if (descriptor.wrap(Unpooled.wrappedBuffer(bytes), 0, bytes.length)) {
            assertThat(descriptor.obuElements()).isBetween(0, 3);
        }
    }

    private boolean wrap(String hex) {
        ByteBuf payload = PayloadBytes.of(hex);
        return descriptor.wrap(payload, 0, payload.readableBytes());
    }
}
