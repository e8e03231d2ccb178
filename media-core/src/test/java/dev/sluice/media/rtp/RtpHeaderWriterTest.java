package dev.sluice.media.rtp;

import static dev.sluice.media.rtp.Bytes.hex;

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

import java.util.Map;

class RtpHeaderWriterTest {

    private final RtpHeaderWriter writer = new RtpHeaderWriter();
    private final ByteBuf out = Unpooled.buffer();

    @Test
    void writesAHeaderWithoutExtension() {
        writer.begin(out, 96, true, 0x1234, 0x89abcdefL, 0xfedcba98L);
        writer.csrc(0xaaaaaaaaL);
        assertThat(writer.end()).isEqualTo(16);
        assertThat(out).isEqualTo(hex("81 e0 1234 89abcdef fedcba98 aaaaaaaa"));
    }

    @Test
    void writesTheOneByteFormWhereItFits() {
        writer.begin(out, 0, false, 1, 2, 3);
        writer.element(1, 1, 0xaa);
        writer.element(14, 2, 0xbbbb);
        writer.element(4, new byte[] {'h', 'i'});
        assertThat(writer.end()).isEqualTo(24);
        assertThat(out).isEqualTo(hex("90 00 0001 00000002 00000003 bede0002 10aa e1bbbb 416869"));
    }

    @Test
    void padsTheBlockToFourBytes() {
        writer.begin(out, 0, false, 1, 2, 3);
        writer.element(5, 2, 0xbbbb);
        assertThat(writer.end()).isEqualTo(20);
        assertThat(out).isEqualTo(hex("90 00 0001 00000002 00000003 bede0001 51bbbb00"));
    }

    @Test
    void anElementThatDoesNotFitTurnsTheBlockIntoTheTwoByteForm() {
        writer.begin(out, 0, false, 1, 2, 3);
        writer.element(1, 1, 0xaa);
        writer.element(2, 2, 0xbbbb);
        writer.element(16, hex("00cccccc00"), 1, 3);
        writer.element(3, 1, 0xdd);
        writer.end();
        assertThat(ByteBufUtil.hexDump(out, 12, out.readableBytes() - 12))
                .isEqualTo("10000004" + "0101aa" + "0202bbbb" + "1003cccccc" + "0301dd" + "00");
    }

    @Test
    void emptyElementsNeedTheTwoByteForm() {
        writer.begin(out, 0, false, 1, 2, 3);
        writer.element(1, new byte[0]);
        writer.end();
        assertThat(out).isEqualTo(hex("90 00 0001 00000002 00000003 10000001 01000000"));
    }

    @Test
    void theTwoByteFormCanBeAskedForWithApplicationBits() {
        writer.begin(out, 0, false, 1, 2, 3);
        writer.twoByteForm(5);
        writer.element(1, 1, 0xaa);
        assertThatThrownBy(() -> writer.twoByteForm(5)).isInstanceOf(IllegalStateException.class);
        writer.end();
        assertThat(out).isEqualTo(hex("90 00 0001 00000002 00000003 10050001 0101aa00"));
        writer.begin(out.clear(), 0, false, 1, 2, 3);
        assertThatThrownBy(() -> writer.twoByteForm(16)).isInstanceOf(IllegalStateException.class);
        writer.element(1, 1, 0xaa);
        writer.end();
        assertThat(out).isEqualTo(hex("90 00 0001 00000002 00000003 bede0001 10aa0000"));
    }

    @Test
    void paddingIsAnnouncedAndWrittenBehindThePayload() {
        writer.begin(out, 0, true, 1, 2, 3);
        writer.announcePadding();
        writer.csrc(4);
        writer.end();
        out.writeBytes(hex("0102"));
        RtpPadding.write(out, 2);
        assertThat(out).isEqualTo(hex("a1 80 0001 00000002 00000003 00000004 0102 0002"));
        RtpPadding.write(out, 0);
        assertThat(out.readableBytes()).isEqualTo(20);
    }

    @Test
    void thereAreAtMostFifteenContributingSources() {
        writer.begin(out, 0, false, 1, 2, 3);
        for (int i = 0; i < RtpPacket.MAX_CSRCS; i++) {
            writer.csrc(0xFFFF_FF00L + i);
        }
        assertThatThrownBy(() -> writer.csrc(16)).isInstanceOf(IllegalStateException.class);
        assertThat(writer.end()).isEqualTo(72);
        var packet = new RtpPacket();
        assertThat(packet.wrap(out)).isTrue();
        assertThat(packet.csrcCount()).isEqualTo(15);
        assertThat(packet.csrc(14)).isEqualTo(0xFFFF_FF0EL);
    }

    @Test
    void refusesIdsAndOrderThatTheFormatDoesNotHave() {
        writer.begin(out, 0, false, 1, 2, 3);
        assertThatThrownBy(() -> writer.element(0, 1, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> writer.element(256, 1, 1))
                .isInstanceOf(IllegalArgumentException.class);
        writer.element(1, 1, 1);
        assertThatThrownBy(() -> writer.csrc(1)).isInstanceOf(IllegalStateException.class);
    }

    @Property
    void whatIsWrittenIsFound(
            @ForAll @Size(max = 12)
                    Map<@IntRange(min = 1, max = 20) Integer, @Size(max = 40) byte[]> elements,
            @ForAll @IntRange(max = 65535) int sequence,
            @ForAll @IntRange(max = 127) int payloadType) {
        ByteBuf buffer = Unpooled.buffer().writeZero(3).readerIndex(3);
        elements.remove(15);
        writer.begin(buffer, payloadType, false, sequence, 7, 9);
        elements.forEach(writer::element);
        int size = writer.end();

        var packet = new RtpPacket();
        assertThat(packet.wrap(buffer)).isTrue();
        assertThat(packet.headerSizeBytes()).isEqualTo(size);
        assertThat(packet.payloadSizeBytes()).isZero();
        assertThat(packet.payloadType()).isEqualTo(payloadType);
        assertThat(packet.sequenceNumber()).isEqualTo(sequence);
        elements.forEach(
                (id, data) -> {
                    assertThat(ExtensionElement.sizeBytes(packet, id)).isEqualTo(data.length);
                    assertThat(
                                    ByteBufUtil.getBytes(
                                            buffer,
                                            ExtensionElement.index(packet, id),
                                            data.length))
                            .isEqualTo(data);
                });
    }
}
