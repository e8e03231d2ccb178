package dev.sluice.media.rtp;

import static dev.sluice.media.rtp.Bytes.hex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Header extension elements put in and taken out of packets that have a payload. */
class ExtensionEditingTest {

    private static final String HEAD = "60 0001 00000002 00000003";

    private final RtpPacket packet = new RtpPacket();

    @Test
    void aValueOfTheSameSizeIsReplacedWhereItStands() {
        ByteBuf buffer = wrap("90" + HEAD + "bede0003 10aa 21bbbb 0000 33cccccccc ff");
        assertThat(ExtensionEditor.put(packet, 2, 2, 0x1234)).isTrue();
        assertThat(buffer).isEqualTo(hex("90" + HEAD + "bede0003 10aa 211234 0000 33cccccccc ff"));
    }

    @Test
    void aValueOfAnotherSizeGoesBehindTheOthersAndClosesTheGaps() {
        ByteBuf buffer = wrap("90" + HEAD + "bede0003 10aa 21bbbb 0000 33cccccccc ff");
        assertThat(ExtensionEditor.put(packet, 2, new byte[] {1})).isTrue();
        assertThat(buffer).isEqualTo(hex("90" + HEAD + "bede0003 10aa 33cccccccc 2001 000000 ff"));
        assertThat(ExtensionEditor.put(packet, 4, 4, 0x01020304)).isTrue();
        assertThat(buffer)
                .isEqualTo(hex("90" + HEAD + "bede0004 10aa 33cccccccc 2001 4301020304 0000 ff"));
        assertThat(packet.payloadIndex()).isEqualTo(32);
    }

    @Test
    void anIdAboveFourteenOrAnUnusualSizeTurnsTheBlockIntoTheTwoByteForm() {
        for (int[] element : new int[][] {{15, 1}, {20, 1}, {5, 0}, {5, 17}}) {
            ByteBuf buffer = wrap("90" + HEAD + "bede0002 10aa 00 21bbbb 0000 ff");
            assertThat(ExtensionEditor.put(packet, element[0], new byte[element[1]])).isTrue();
            int words = (2 + 1 + 2 + 2 + 2 + element[1] + 3) / 4;
            String start = "90" + HEAD + "1000%04x 0101aa 0202bbbb".formatted(words);
            assertThat(ByteBufUtil.hexDump(buffer)).startsWith(start.replace(" ", ""));
            assertThat(ExtensionElement.sizeBytes(packet, element[0])).isEqualTo(element[1]);
            assertThat(packet.payloadSizeBytes()).isEqualTo(1);
        }
    }

    @Test
    void theTwoByteFormAndItsApplicationBitsStay() {
        ByteBuf buffer = wrap("90" + HEAD + "1005 0002 1100 0201bb 000000 ff");
        assertThat(ExtensionEditor.remove(packet, 0x11)).isTrue();
        assertThat(buffer).isEqualTo(hex("90" + HEAD + "1005 0001 0201bb00 ff"));
        assertThat(packet.extensionProfile()).isEqualTo(0x1005);
    }

    @Test
    void theLastElementTakesTheBlockWithIt() {
        ByteBuf buffer = wrap("91" + HEAD + "aaaaaaaa bede0001 10aa0000 ff");
        assertThat(ExtensionEditor.remove(packet, 2)).isFalse();
        assertThat(ExtensionEditor.remove(packet, 1)).isTrue();
        assertThat(buffer).isEqualTo(hex("81" + HEAD + "aaaaaaaa ff"));
        assertThat(packet.hasExtension()).isFalse();
        assertThat(ExtensionEditor.put(packet, 1, 1, 0xaa)).isTrue();
        assertThat(buffer).isEqualTo(hex("91" + HEAD + "aaaaaaaa bede0001 10aa0000 ff"));
    }

    @Test
    void whatIsBehindTheStopIdDoesNotSurviveAResize() {
        ByteBuf buffer = wrap("90" + HEAD + "bede0002 10aa f000 20bb 0000 ff");
        assertThat(ExtensionEditor.put(packet, 3, 1, 0xcc)).isTrue();
        assertThat(buffer).isEqualTo(hex("90" + HEAD + "bede0001 10aa 30cc ff"));
    }

    @Test
    void aBlockOfAnotherProfileIsLeftAlone() {
        ByteBuf buffer = wrap("90" + HEAD + "c0de0001 10aa0000 ff");
        assertThat(ExtensionEditor.put(packet, 1, 1, 1)).isFalse();
        assertThat(ExtensionEditor.remove(packet, 1)).isFalse();
        assertThat(buffer).isEqualTo(hex("90" + HEAD + "c0de0001 10aa0000 ff"));
    }

    @Test
    void aBufferThatCannotGrowIsLeftAlone() {
        String hex = "90" + HEAD + "bede0001 10aa 0000 ff";
        ByteBuf buffer = Unpooled.buffer(21, 24).writeBytes(hex(hex));
        packet.wrap(buffer);
        assertThat(ExtensionEditor.put(packet, 2, 3, 7)).isFalse();
        assertThat(buffer).isEqualTo(hex(hex));
        assertThat(ExtensionEditor.put(packet, 2, 1, 7)).isTrue();
        assertThat(buffer).isEqualTo(hex("90" + HEAD + "bede0001 10aa 2007 ff"));
    }

    @Test
    void refusesElementsThatNoFormHas() {
        wrap("80" + HEAD);
        assertThatThrownBy(() -> ExtensionEditor.put(packet, 0, 1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("id 0");
        assertThatThrownBy(() -> ExtensionEditor.put(packet, 256, 1, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ExtensionEditor.put(packet, 1, new byte[256]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ExtensionEditor.put(packet, 1, 9, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** One step of editing: data is put in, or taken out where there is none. */
    record Edit(int id, byte[] data, boolean removes) {}

    @Provide
    Arbitrary<Edit> edits() {
        Arbitrary<Integer> ids =
                Arbitraries.frequencyOf(
                        Tuple.of(6, Arbitraries.integers().between(1, 5)),
                        Tuple.of(1, Arbitraries.integers().between(1, 255)));
        Arbitrary<byte[]> data =
                Arbitraries.frequencyOf(
                        Tuple.of(8, Arbitraries.bytes().array(byte[].class).ofMaxSize(16)),
                        Tuple.of(1, Arbitraries.bytes().array(byte[].class).ofMaxSize(255)));
        return Combinators.combine(ids, data, Arbitraries.of(true, false, false)).as(Edit::new);
    }

    @Property
    void anySequenceOfEditsLeavesWhatItSaysAndThePayload(
            @ForAll @Size(max = 12) List<@From("edits") Edit> edits,
            @ForAll @Size(max = 60) byte[] payload,
            @ForAll @IntRange(max = 15) int csrcs,
            @ForAll @IntRange(max = 255) int padding,
            @ForAll boolean direct) {
        ByteBuf buffer = direct ? ByteBufAllocator.DEFAULT.directBuffer() : Unpooled.buffer();
        try {
            var writer = new RtpHeaderWriter();
            buffer.writeZero(5).readerIndex(5);
            writer.begin(buffer, 96, true, 1, 2, 3);
            for (int i = 0; i < csrcs; i++) {
                writer.csrc(i);
            }
            writer.end();
            buffer.writeBytes(payload);
            packet.wrap(buffer);
            RtpPadding.replace(packet, padding);
            Map<Integer, byte[]> expected = new HashMap<>();
            for (Edit edit : edits) {
                apply(edit, expected);
                holds(buffer, expected, payload, csrcs, padding);
            }
        } finally {
            buffer.release();
        }
    }

    private void apply(Edit edit, Map<Integer, byte[]> expected) {
        if (edit.removes()) {
            boolean had = expected.remove(edit.id()) != null;
            assertThat(ExtensionEditor.remove(packet, edit.id())).isEqualTo(had);
        } else {
            assertThat(ExtensionEditor.put(packet, edit.id(), edit.data())).isTrue();
            expected.put(edit.id(), edit.data());
        }
    }

    private void holds(
            ByteBuf buffer, Map<Integer, byte[]> expected, byte[] payload, int csrcs, int padding) {
        var anew = new RtpPacket();
        for (RtpPacket view : List.of(packet, anew)) {
            assertThat(view == packet || view.wrap(buffer)).isTrue();
            Map<Integer, byte[]> found = new HashMap<>();
            var elements = new ExtensionElements();
            elements.wrap(view);
            while (elements.next()) {
                byte[] data = ByteBufUtil.getBytes(buffer, elements.index(), elements.sizeBytes());
                assertThat(found.put(elements.id(), data)).isNull();
            }
            assertThat(found).hasSameSizeAs(expected);
            expected.forEach((id, data) -> assertThat(found.get(id)).isEqualTo(data));
            assertThat(view.hasExtension()).isEqualTo(!expected.isEmpty());
            assertThat(view.csrcCount()).isEqualTo(csrcs);
            assertThat(view.paddingSizeBytes()).isEqualTo(padding);
            assertThat(ByteBufUtil.getBytes(buffer, view.payloadIndex(), view.payloadSizeBytes()))
                    .isEqualTo(payload);
        }
    }

    private ByteBuf wrap(String hex) {
        ByteBuf buffer = Unpooled.buffer(8).writeBytes(hex(hex));
        assertThat(packet.wrap(buffer)).isTrue();
        return buffer;
    }
}
