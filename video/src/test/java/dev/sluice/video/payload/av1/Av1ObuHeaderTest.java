package dev.sluice.video.payload.av1;

import static org.assertj.core.api.Assertions.assertThat;

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

class Av1ObuHeaderTest {

    private final Av1ObuHeader header = new Av1ObuHeader();

    @Test
    void readsAUnitOfALayerWithItsSize() {
        assertThat(wrap("36 48 02 aa bb cc")).isTrue();

        assertThat(header.type()).isEqualTo(Av1ObuType.FRAME);
        assertThat(header.hasExtension()).isTrue();
        assertThat(header.temporalId()).isEqualTo(2);
        assertThat(header.spatialId()).isEqualTo(1);
        assertThat(header.hasSize()).isTrue();
        assertThat(header.payloadIndex()).isEqualTo(3);
        assertThat(header.payloadSizeBytes()).isEqualTo(2);
        assertThat(header.end()).isEqualTo(5);
    }

    @Test
    void aUnitWithoutSizeGoesOnUntilTheEnd() {
        assertThat(wrap("08 aa bb cc")).isTrue();

        assertThat(header.type()).isEqualTo(Av1ObuType.SEQUENCE_HEADER);
        assertThat(header.hasExtension()).isFalse();
        assertThat(header.temporalId()).isZero();
        assertThat(header.spatialId()).isZero();
        assertThat(header.payloadSizeBytes()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "b0 00", "34", "36 48", "32", "32 80", "32 02 aa", "36 48 01"})
    void refusesWhatIsCutOffOrForbidden(String hex) {
        assertThat(wrap(hex)).isFalse();
    }

    @Property
    void writesTheHeaderWithAndWithoutItsSize(@ForAll @Size(max = 300) byte[] bytes) {
        ByteBuf obu = Unpooled.wrappedBuffer(bytes);
        if (!header.wrap(obu, 0, bytes.length)) {
            return;
        }
        int sizeBytes = header.payloadSizeBytes();
        int type = header.type();
        assertThat(header.end()).isLessThanOrEqualTo(bytes.length);
        ByteBuf sized = Unpooled.buffer();
        header.writeWithSize(sized);
        ByteBuf sizeless = Unpooled.buffer();
        header.writeWithoutSize(sizeless);
        assertThat(sizeless.readableBytes()).isEqualTo(header.sizelessBytes());
        sized.writeBytes(obu, header.payloadIndex(), sizeBytes);

        assertThat(header.wrap(sized, 0, sized.readableBytes())).isTrue();
        assertThat(header.end()).isEqualTo(sized.readableBytes());
        assertThat(header.type()).isEqualTo(type);
        assertThat(header.payloadSizeBytes()).isEqualTo(sizeBytes);
        sizeless.setByte(0, sizeless.getByte(0) | Av1ObuHeader.HAS_SIZE);
        assertThat(ByteBufUtil.hexDump(sized)).startsWith(ByteBufUtil.hexDump(sizeless));
    }

    private boolean wrap(String hex) {
        ByteBuf obu = PayloadBytes.of(hex);
        return header.wrap(obu, 0, obu.readableBytes());
    }
}
