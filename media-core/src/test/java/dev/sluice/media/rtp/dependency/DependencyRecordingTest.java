package dev.sluice.media.rtp.dependency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.rtp.ExtensionElement;
import dev.sluice.media.rtp.RtpPacket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;

import java.util.List;

/**
 * Descriptors that Chromium sent for AV1 in three spatial and three temporal layers, from LiveKit's
 * pkg/sfu/rtpextension/dependencydescriptor/dependencydescriptorextension_test.go ("hex bytes from
 * traffic capture").
 */
class DependencyRecordingTest {

    private static final String KEY_FRAME =
            "c1017280081485214eafffaaaa863cf0430c10c302afc0aaa0063c00430010c002a000a80006000040001d95"
                + "4926e082b04a0941b820ac1282503157f974000ca864330e222222eca8655304224230eca877530077"
                + "004200ef008601df010d";

    private static final List<String> RECORDED =
            List.of(
                    KEY_FRAME,
                    "86017340fc",
                    "46017340fc",
                    "c3017540fc",
                    "88017640fc",
                    "48017640fc",
                    "c2017840fc",
                    KEY_FRAME,
                    "860173",
                    "460173",
                    "8b0174",
                    "0b0174",
                    "0b0174",
                    "c30175");

    private final DependencyReader reader = new DependencyReader();
    private final DependencyWriter writer = new DependencyWriter();
    private final DependencyDescriptor descriptor = new DependencyDescriptor();

    @Test
    void readsTheStructureOfThreeSpatialAndThreeTemporalLayers() {
        assertThat(read(KEY_FRAME)).isEqualTo(DependencyStatus.OK);
        DependencyStructure structure = descriptor.structure();
        assertThat(descriptor.hasStructure()).isTrue();
        assertThat(structure.templateIdOffset()).isZero();
        assertThat(structure.decodeTargetCount()).isEqualTo(9);
        assertThat(structure.chainCount()).isEqualTo(3);
        assertThat(structure.protectedBy()).containsExactly(0, 0, 0, 1, 1, 1, 2, 2, 2);
        assertThat(structure.maxSpatialId()).isEqualTo(2);
        assertThat(structure.resolutions())
                .containsExactly(
                        new Resolution(120, 67),
                        new Resolution(240, 135),
                        new Resolution(480, 270));
        assertThat(structure.templates().subList(0, 2))
                .containsExactly(
                        FrameDependencies.of(0, 0, "SSSRRRRRR", List.of(12), List.of(12, 11, 10)),
                        FrameDependencies.of(0, 0, "SSSSSSSSS", List.of(), List.of(0, 0, 0)));
        assertThat(reader.structure()).isEqualTo(structure);
        assertThat(reader.activeDecodeTargets()).isEqualTo(0x1FF);
    }

    @Test
    void readsTheFramesThatFollow() {
        read(KEY_FRAME);
        assertThat(descriptor.startOfFrame()).isTrue();
        assertThat(descriptor.endOfFrame()).isTrue();
        assertThat(descriptor.frameNumber()).isEqualTo(0x0172);
        assertThat(descriptor.spatialId()).isZero();
        assertThat(descriptor.chainDiff(0)).isZero();

        assertThat(read("86017340fc")).isEqualTo(DependencyStatus.OK);
        assertThat(descriptor.startOfFrame()).isTrue();
        assertThat(descriptor.endOfFrame()).isFalse();
        assertThat(descriptor.frameNumber()).isEqualTo(0x0173);
        assertThat(descriptor.templateId()).isEqualTo(6);
        assertThat(descriptor.spatialId()).isEqualTo(1);
        assertThat(descriptor.temporalId()).isZero();
        assertThat(descriptor.hasActiveDecodeTargets()).isTrue();
        assertThat(descriptor.activeDecodeTargets()).isEqualTo(0x3F);
        assertThat(descriptor.frameDiffCount()).isEqualTo(1);
        assertThat(descriptor.frameDiff(0)).isEqualTo(1);
        assertThat(descriptor.resolution()).isEqualTo(new Resolution(240, 135));
        assertThat(reader.activeDecodeTargets()).isEqualTo(0x3F);
        assertThat(descriptor.structure().chainsOf(0x3F)).isEqualTo(0b011);
    }

    @Test
    void theActiveDecodeTargetsHoldUntilSaidOtherwise() {
        RECORDED.forEach(this::read);
        assertThat(read("c30175")).isEqualTo(DependencyStatus.OK);
        assertThat(descriptor.hasActiveDecodeTargets()).isFalse();
        assertThat(descriptor.activeDecodeTargets()).isEqualTo(0x1FF);
        read("c3017640fc");
        read("c30177");
        assertThat(descriptor.activeDecodeTargets()).isEqualTo(0x3F);
    }

    @Test
    void writesEachRecordingBackToTheByte() {
        for (String hex : RECORDED) {
            assertThat(read(hex)).isEqualTo(DependencyStatus.OK);
            ByteBuf out = Unpooled.buffer();
            assertThat(writer.write(descriptor, out)).isEqualTo(hex.length() / 2);
            assertThat(ByteBufUtil.hexDump(out)).isEqualTo(hex);
        }
    }

    @Test
    void overwritesTheActiveDecodeTargetsAndNoOtherBit() {
        read(KEY_FRAME);
        ByteBuf buffer = bytes("86017340fc");
        reader.read(buffer, 0, 5, descriptor);
        assertThat(writer.overwriteActiveDecodeTargets(buffer, 0, descriptor, 0b000000111))
                .isTrue();
        assertThat(ByteBufUtil.hexDump(buffer)).isEqualTo("860173401c");
        read("860173");
        assertThat(writer.overwriteActiveDecodeTargets(buffer, 0, descriptor, 1)).isFalse();
    }

    @Test
    void addsAndOmitsActiveDecodeTargets() {
        read(KEY_FRAME);
        read("860173");
        descriptor.activeDecodeTargets(-1 << 3);
        assertThat(written()).isEqualTo("86017347e0"); // 01000 111111000 00
        assertThat(read("86017340fc")).isEqualTo(DependencyStatus.OK);
        descriptor.omitActiveDecodeTargets();
        assertThat(written()).isEqualTo("860173");
        descriptor.attachStructure(true);
        String withStructure = written();
        assertThat(withStructure.substring(6)).isEqualTo(KEY_FRAME.substring(6));
    }

    @Test
    void isPutIntoAPacketInPlaceOfAShorterOne() {
        var packet = new RtpPacket();
        packet.wrap(Unpooled.buffer().writeBytes(bytes("806000010000000200000003" + "0102030405")));
        read(KEY_FRAME);
        assertThat(writer.put(packet, 13, descriptor)).isTrue();
        assertThat(ExtensionElement.sizeBytes(packet, 13)).isEqualTo(KEY_FRAME.length() / 2);
        var other = new DependencyReader();
        assertThat(other.read(packet, 13, descriptor)).isEqualTo(DependencyStatus.OK);
        assertThat(other.structure()).isEqualTo(reader.structure());
        assertThat(other.read(packet, 12, descriptor)).isEqualTo(DependencyStatus.ABSENT);
        read("860173");
        assertThat(writer.put(packet, 13, descriptor)).isTrue();
        assertThat(ExtensionElement.sizeBytes(packet, 13)).isEqualTo(3);
        assertThat(packet.payloadSizeBytes()).isEqualTo(5);
    }

    @Test
    void withoutItsStructureADescriptorSaysNothing() {
        assertThat(read("860173")).isEqualTo(DependencyStatus.NO_STRUCTURE);
        assertThat(read("86017340fc")).isEqualTo(DependencyStatus.NO_STRUCTURE);
        read(KEY_FRAME);
        int unknown = descriptor.structure().templates().size();
        assertThat(read("%02x0173".formatted(0x80 | unknown)))
                .isEqualTo(DependencyStatus.UNKNOWN_TEMPLATE);
        assertThat(descriptor.toString()).isEqualTo("DependencyDescriptor[]");
        assertThat(read("bf017340fc")).isEqualTo(DependencyStatus.UNKNOWN_TEMPLATE);
        assertThat(reader.activeDecodeTargets()).isEqualTo(0x1FF);
        reader.reset();
        assertThat(read("860173")).isEqualTo(DependencyStatus.NO_STRUCTURE);
    }

    @Test
    void whatIsCutOffIsMalformedAndChangesNothing() {
        read("c3017540fc");
        for (int size = 0; size < KEY_FRAME.length() / 2; size++) {
            DependencyStatus status = reader.read(bytes(KEY_FRAME), 0, size, descriptor);
            assertThat(status)
                    .as("%d bytes", size)
                    .isIn(DependencyStatus.MALFORMED, DependencyStatus.NO_STRUCTURE);
            assertThat(reader.structure()).isNull();
        }
        read(KEY_FRAME);
        read("86017340fc");
        assertThat(read("86017340")).isEqualTo(DependencyStatus.MALFORMED);
        assertThat(read("8601")).isEqualTo(DependencyStatus.MALFORMED);
        assertThat(read("86017300" + "00".repeat(252))).isEqualTo(DependencyStatus.MALFORMED);
        assertThat(reader.activeDecodeTargets()).isEqualTo(0x3F);
    }

    @Property(tries = 5000)
    void damagedDescriptorsNeverThrowAndWhatIsUnderstoodCanBeWritten(
            @ForAll @IntRange(max = 13) int which,
            @ForAll @Size(max = 8) List<@IntRange(max = 800) Integer> flips,
            @ForAll @Size(max = 8) byte[] tail) {
        var fresh = new DependencyReader();
        fresh.read(bytes(KEY_FRAME), 0, KEY_FRAME.length() / 2, descriptor);
        ByteBuf buffer = Unpooled.buffer().writeBytes(bytes(RECORDED.get(which)));
        for (int flip : flips) {
            int at = flip / 8 % buffer.writerIndex();
            buffer.setByte(at, buffer.getByte(at) ^ (1 << flip % 8));
        }
        buffer.writeBytes(tail);
        DependencyStructure before = fresh.structure();
        int active = fresh.activeDecodeTargets();
        DependencyStatus status = fresh.read(buffer, 0, buffer.writerIndex(), descriptor);
        if (status == DependencyStatus.OK) {
            comesBackTheSame(descriptor);
        } else {
            assertThat(fresh.structure()).isSameAs(before);
            assertThat(fresh.activeDecodeTargets()).isEqualTo(active);
        }
    }

    @Property(tries = 5000)
    void arbitraryBytesNeverThrow(@ForAll @Size(max = 255) byte[] bytes) {
        var fresh = new DependencyReader();
        if (bytes.length > 3) {
            bytes[3] |= (byte) 0x80; // a structure
        }
        if (fresh.read(Unpooled.wrappedBuffer(bytes), 0, bytes.length, descriptor)
                == DependencyStatus.OK) {
            comesBackTheSame(descriptor);
        }
    }

    private void comesBackTheSame(DependencyDescriptor read) {
        ByteBuf out = Unpooled.buffer();
        int size = writer.write(read, out);
        var other = new DependencyReader();
        var again = new DependencyDescriptor();
        if (!read.hasStructure()) {
            other.read(bytes(KEY_FRAME), 0, KEY_FRAME.length() / 2, again);
        }
        assertThat(other.read(out, 0, size, again)).isEqualTo(DependencyStatus.OK);
        assertThat(again.structure()).isEqualTo(read.structure());
        assertThat(again.templateId()).isEqualTo(read.templateId());
        assertThat(again.frameDiffCount()).isEqualTo(read.frameDiffCount());
        ByteBuf twice = Unpooled.buffer();
        writer.write(again, twice);
        assertThat(twice).isEqualTo(out);
    }

    private String written() {
        ByteBuf out = Unpooled.buffer();
        writer.write(descriptor, out);
        return ByteBufUtil.hexDump(out);
    }

    private DependencyStatus read(String hex) {
        return reader.read(bytes(hex), 0, hex.length() / 2, descriptor);
    }

    private static ByteBuf bytes(String hex) {
        return Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex));
    }
}
