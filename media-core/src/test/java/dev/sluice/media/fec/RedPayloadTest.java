package dev.sluice.media.fec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;

import java.util.List;

class RedPayloadTest {

    private final RedPayload red = new RedPayload();

    /**
     * The packet of RFC 2198 section 5: 20 ms of DVI4 (payload type 5, 84 bytes) and a block of LPC
     * (7, 14 bytes) from 20 ms before.
     */
    @Test
    void readsTheExampleOfTheRfc() {
        ByteBuf payload = bytes("87" + "02800e" + "05" + "aa".repeat(14) + "bb".repeat(84));
        assertThat(red.wrap(payload, 0, payload.readableBytes())).isTrue();
        assertThat(red.blockCount()).isEqualTo(2);
        assertThat(red.payloadType(0)).isEqualTo(7);
        assertThat(red.timestampOffset(0)).isEqualTo(160);
        assertThat(red.sizeBytes(0)).isEqualTo(14);
        assertThat(red.index(0)).isEqualTo(5);
        assertThat(red.payloadType(1)).isEqualTo(5);
        assertThat(red.timestampOffset(1)).isZero();
        assertThat(red.sizeBytes(1)).isEqualTo(84);
        assertThat(red.index(1)).isEqualTo(19);
    }

    @Test
    void thereMayBeThePrimaryBlockOnly() {
        assertThat(red.wrap(bytes("6faabb"), 0, 3)).isTrue();
        assertThat(red.blockCount()).isEqualTo(1);
        assertThat(red.payloadType(0)).isEqualTo(111);
        assertThat(red.sizeBytes(0)).isEqualTo(2);
        assertThat(red.wrap(bytes("6f"), 0, 1)).isTrue();
        assertThat(red.sizeBytes(0)).isZero();
    }

    @Test
    void refusesHeadsThatDoNotEndAndBlocksThatDoNotFit() {
        assertThat(wrap("")).isFalse();
        assertThat(wrap("87")).isFalse();
        assertThat(wrap("8702800e")).as("no primary head").isFalse();
        assertThat(wrap("870280016f")).as("a block of one byte that is not there").isFalse();
        assertThat(wrap("870280016faa")).isTrue();
        assertThat(wrap("87000000".repeat(RedPayload.MAX_BLOCKS - 1) + "05")).isTrue();
        assertThat(red.blockCount()).isEqualTo(RedPayload.MAX_BLOCKS);
        assertThat(wrap("87000000".repeat(RedPayload.MAX_BLOCKS) + "05")).isFalse();
        assertThat(red.blockCount()).isZero();
        assertThatThrownBy(() -> red.sizeBytes(0)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void refusesToWriteWhatTheFieldsDoNotHold() {
        ByteBuf out = Unpooled.buffer();
        assertThatThrownBy(() -> RedWriter.redundantHead(out, 128, 0, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RedWriter.redundantHead(out, 0, 16_384, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("16384");
        assertThatThrownBy(() -> RedWriter.redundantHead(out, 0, 0, 1024))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(out.readableBytes()).isZero();
    }

    @Property
    void whatIsWrittenIsRead(
            @ForAll @Size(max = 31) List<@IntRange(max = 0x3FFF) Integer> offsets,
            @ForAll @IntRange(max = 127) int payloadType,
            @ForAll @Size(max = 50) byte[] primary) {
        ByteBuf out = Unpooled.buffer().writeZero(3);
        for (int offset : offsets) {
            RedWriter.redundantHead(out, payloadType, offset, offset & 0x3FF);
        }
        RedWriter.primaryHead(out, 127 - payloadType);
        offsets.forEach(offset -> out.writeZero(offset & 0x3FF));
        out.writeBytes(primary);
        assertThat(red.wrap(out, 3, out.readableBytes() - 3)).isTrue();
        assertThat(red.blockCount()).isEqualTo(offsets.size() + 1);
        for (int i = 0; i < offsets.size(); i++) {
            assertThat(red.timestampOffset(i)).isEqualTo(offsets.get(i));
            assertThat(red.sizeBytes(i)).isEqualTo(offsets.get(i) & 0x3FF);
            assertThat(red.payloadType(i)).isEqualTo(payloadType);
        }
        int last = offsets.size();
        assertThat(red.payloadType(last)).isEqualTo(127 - payloadType);
        assertThat(ByteBufUtil.getBytes(out, red.index(last), red.sizeBytes(last)))
                .isEqualTo(primary);
    }

    @Property(tries = 3000)
    void arbitraryBytesNeverThrowAndBlocksStayWithinThem(@ForAll @Size(max = 200) byte[] bytes) {
        if (red.wrap(Unpooled.wrappedBuffer(bytes), 0, bytes.length)) {
            int at = red.index(0);
            for (int i = 0; i < red.blockCount(); i++) {
                assertThat(red.index(i)).isEqualTo(at);
                at += red.sizeBytes(i);
            }
            assertThat(at).isEqualTo(bytes.length);
        }
    }

    private boolean wrap(String hex) {
        return red.wrap(bytes(hex), 0, hex.length() / 2);
    }

    private static ByteBuf bytes(String hex) {
        return Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex));
    }
}
