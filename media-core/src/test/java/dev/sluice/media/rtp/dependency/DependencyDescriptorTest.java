package dev.sluice.media.rtp.dependency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;

import dev.sluice.media.bits.BitReader;
import dev.sluice.media.bits.BitWriter;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

import org.junit.jupiter.api.Test;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Descriptors made here; the named examples are those of libwebrtc and of the specification. */
class DependencyDescriptorTest {

    private final DependencyReader reader = new DependencyReader();
    private final DependencyWriter writer = new DependencyWriter();
    private final DependencyDescriptor descriptor = new DependencyDescriptor();
    private final DependencyDescriptor read = new DependencyDescriptor();

    /** RtpDependencyDescriptorExtensionTest.Writer3BytesForPerfectTemplate in libwebrtc. */
    @Test
    void aFrameLikeItsTemplateTakesThreeBytes() {
        var structure = twoTargets(frame("SR", List.of(1), List.of(2, 2)));
        descriptor.describe(structure, structure.templates().get(0), 0x1234, 0b11);
        assertThat(written()).isEqualTo("c01234");
    }

    /** WriteZeroInUnusedBits. */
    @Test
    void unusedBitsAreZero() {
        var structure = twoTargets(frame("SR", List.of(1), List.of(1, 1)));
        descriptor.describe(structure, frame("SR", List.of(2), List.of(1, 1)), 0, 0b11);
        // 00010 | 01 0001 | 00 and three zeros
        assertThat(written()).isEqualTo("c00000" + "1220");
        ByteBuf dirty = Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump("ff".repeat(8)));
        dirty.clear();
        assertThat(writer.write(descriptor, dirty)).isEqualTo(5);
        assertThat(ByteBufUtil.hexDump(dirty)).isEqualTo("c000001220");
    }

    /** TemplateMatchingSkipsInactiveChains. */
    @Test
    void aChainOfNoActiveTargetNeedNotMatch() {
        var structure = twoTargets(frame("SR", List.of(), List.of(2, 2)));
        descriptor.describe(structure, frame("SR", List.of(), List.of(2, 1000)), 0, 0b01);
        assertThat(writer.sizeBytes(descriptor)).isEqualTo(3);
    }

    /** AcceptsInvalidChainDiffForInactiveChainWhenChainsAreCustom. */
    @Test
    void aChainOfNoActiveTargetMayHaveAnyDiff() {
        var structure = twoTargets(frame("SR", List.of(), List.of(2, 2)));
        descriptor.describe(structure, frame("SR", List.of(), List.of(1, 1000)), 0, 0b01);
        assertThat(writer.sizeBytes(descriptor)).isGreaterThan(3);
        assertThat(descriptor.chainDiff(0)).isEqualTo(1);
        assertThatThrownBy(
                        () ->
                                descriptor.describe(
                                        structure,
                                        frame("SR", List.of(), List.of(1, 1000)),
                                        0,
                                        0b11))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1000");
    }

    /** FailsToWriteInvalidDescriptor and FailsToWriteWhenNumberOf...Mismatch. */
    @Test
    void refusesFramesThatTheStructureCannotDescribe() {
        var structure = twoTargets(frame("SR", List.of(), List.of(2, 2)));
        for (FrameDependencies wrong :
                List.of(
                        FrameDependencies.of(0, 1, "SR", List.of(), List.of(2, 2)),
                        frame("SR", List.of(), List.of(2)),
                        frame("S", List.of(), List.of(2, 2)),
                        frame("SR", List.of(4097), List.of(2, 2)),
                        frame("SR", List.of(0), List.of(2, 2)),
                        frame("SR", List.of(), List.of(-1, 2)))) {
            assertThatThrownBy(() -> descriptor.describe(structure, wrong, 0, 0b11))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    /** The example of appendix A.6.1.3: frames are skipped in the lower of two quality layers. */
    @Test
    void framesThatDepartFromTheirTemplateSayHow() {
        var structure =
                new DependencyStructure(
                        0,
                        2,
                        1,
                        List.of(0, 0),
                        List.of(
                                FrameDependencies.of(0, 0, "SS", List.of(), List.of(0)),
                                FrameDependencies.of(0, 0, "SS", List.of(2), List.of(2)),
                                FrameDependencies.of(1, 0, "-S", List.of(1), List.of(1)),
                                FrameDependencies.of(1, 0, "-S", List.of(1, 2), List.of(1))),
                        List.of());
        descriptor.describe(structure, structure.templates().get(0), 1, 0b11);
        descriptor.attachStructure(true);
        assertThat(transfer()).isEqualTo(DependencyStatus.OK);

        layer1(structure, 105, List.of(1), 2, 2);
        layer1(structure, 106, List.of(1), 3, 2);
        layer1(structure, 107, List.of(1), 4, 2);
        descriptor.describe(
                structure, FrameDependencies.of(0, 0, "SS", List.of(5), List.of(5)), 108, 0b11);
        assertThat(transfer()).isEqualTo(DependencyStatus.OK);
        assertThat(read.frameDiff(0)).isEqualTo(5);
        assertThat(read.chainDiff(0)).isEqualTo(5);
        layer1(structure, 109, List.of(1, 2), 1, 3);
        assertThat(writer.sizeBytes(descriptor)).isEqualTo(3);
    }

    private void layer1(
            DependencyStructure structure,
            int frame,
            List<Integer> frameDiffs,
            int chainDiff,
            int template) {
        var dependencies = FrameDependencies.of(1, 0, "-S", frameDiffs, List.of(chainDiff));
        descriptor.describe(structure, dependencies, frame, 0b11);
        assertThat(descriptor.templateId()).isEqualTo(template);
        assertThat(transfer()).isEqualTo(DependencyStatus.OK);
        assertThat(read.frameNumber()).isEqualTo(frame);
        assertThat(read.spatialId()).isEqualTo(1);
        assertThat(read.chainDiff(0)).isEqualTo(chainDiff);
        assertThat(read.frameDiffCount()).isEqualTo(frameDiffs.size());
    }

    @Test
    void frameDiffsTakeFourEightOrTwelveBits() {
        var structure = twoTargets(frame("SR", List.of(), List.of(1, 1)));
        descriptor.describe(structure, structure.templates().get(0), 0, 0b11);
        descriptor.attachStructure(true);
        transfer();
        List<Integer> diffs = List.of(1, 16, 17, 256, 257, 4096);
        descriptor.describe(structure, frame("SR", diffs, List.of(1, 1)), 1, 0b11);
        assertThat(transfer()).isEqualTo(DependencyStatus.OK);
        for (int i = 0; i < diffs.size(); i++) {
            assertThat(read.frameDiff(i)).isEqualTo(diffs.get(i));
        }
        assertThat(writer.sizeBytes(descriptor))
                .isEqualTo((29 + 2 * 6 + 2 * 10 + 2 * 14 + 2 + 7) / 8);
    }

    @Test
    void templateIdsGoAroundAtSixtyFour() {
        var templates = new ArrayList<FrameDependencies>();
        for (int i = 0; i < 5; i++) {
            templates.add(FrameDependencies.of(0, 0, "SR", List.of(i + 1), List.of()));
        }
        var structure = new DependencyStructure(62, 2, 0, List.of(), templates, List.of());
        assertThat(structure.templateId(3)).isEqualTo(1);
        assertThat(structure.templateIndex(1)).isEqualTo(3);
        assertThat(structure.templateIndex(61)).isEqualTo(-1);
        assertThat(structure.templateIndex(3)).isEqualTo(-1);
        descriptor.describe(structure, templates.get(4), 9, 0b11);
        descriptor.attachStructure(true);
        assertThat(transfer()).isEqualTo(DependencyStatus.OK);
        assertThat(read.templateId()).isEqualTo(2);
        assertThat(read.frameDiff(0)).isEqualTo(5);
    }

    @Test
    void aLateStructureDoesNotReplaceANewerOne() {
        var first = twoTargets(frame("SR", List.of(1), List.of(1, 1)));
        var second = twoTargets(frame("SS", List.of(2), List.of(2, 2)));
        sendStructure(first, 0xFFF0);
        sendStructure(second, 0x0003);
        assertThat(reader.structure()).isEqualTo(second);
        sendStructure(first, 0xFFF0);
        assertThat(reader.structure()).isEqualTo(second);
        assertThat(read.structure()).as("read by its own").isEqualTo(first);
        sendStructure(first, 0x8000);
        assertThat(reader.structure()).as("another start").isEqualTo(first);
    }

    @Test
    void aStructureIsReplacedHoweverLongItHeld() {
        var first = twoTargets(frame("SR", List.of(1), List.of(1, 1)));
        var second = twoTargets(frame("SS", List.of(2), List.of(2, 2)));
        sendStructure(first, 100);
        for (int frame = 101; frame < 100 + 65536; frame++) {
            descriptor.describe(first, first.templates().get(0), frame, 0b11);
            transfer();
        }
        sendStructure(second, 99);
        assertThat(reader.structure()).isEqualTo(second);
    }

    private void sendStructure(DependencyStructure structure, int frame) {
        descriptor.describe(structure, structure.templates().get(0), frame, 0b11);
        descriptor.attachStructure(true);
        assertThat(transfer()).isEqualTo(DependencyStatus.OK);
    }

    @Test
    void refusesStructuresThatCannotBeWritten() {
        var template = frame("SR", List.of(1), List.of(1, 1));
        var next = FrameDependencies.of(1, 1, "SR", List.of(1), List.of(1, 1));
        for (Runnable wrong :
                List.<Runnable>of(
                        () -> structure(64, 2, 2, List.of(0, 1), List.of(template)),
                        () -> structure(0, 33, 0, List.of(), List.of(template)),
                        () -> structure(0, 2, 3, List.of(0, 1), List.of(template)),
                        () -> structure(0, 2, 2, List.of(0, 2), List.of(template)),
                        () -> structure(0, 2, 2, List.of(0), List.of(template)),
                        () -> structure(0, 2, 2, List.of(0, 1), List.of()),
                        () -> structure(0, 2, 2, List.of(0, 1), List.of(template, next)),
                        () -> structure(0, 2, 2, List.of(0, 1), List.of(next)),
                        () -> twoTargets(frame("SR", List.of(17), List.of(1, 1))),
                        () -> twoTargets(frame("SR", List.of(1), List.of(16, 1))),
                        () -> FrameDependencies.of(0, 8, "S", List.of(), List.of()),
                        () -> FrameDependencies.of(0, 0, "X", List.of(), List.of()),
                        () -> new Resolution(0, 1))) {
            assertThatThrownBy(wrong::run).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(new DependencyDescriptor()::structure)
                .isInstanceOf(IllegalStateException.class);
    }

    @Provide
    Arbitrary<DependencyStructure> structures() {
        return Arbitraries.randomValue(DependencyDescriptorTest::randomStructure);
    }

    private static DependencyStructure randomStructure(Random random) {
        int targets = 1 + random.nextInt(random.nextBoolean() ? 4 : 32);
        int chains = random.nextInt(targets + 1);
        List<Integer> protectedBy = new ArrayList<>();
        for (int i = 0; chains > 0 && i < targets; i++) {
            protectedBy.add(random.nextInt(chains));
        }
        List<FrameDependencies> templates = new ArrayList<>();
        int spatial = 0;
        int temporal = 0;
        int count = 1 + random.nextInt(random.nextBoolean() ? 4 : 64);
        for (int i = 0; i < count; i++) {
            templates.add(randomFrame(random, spatial, temporal, targets, chains, 16, 16));
            switch (random.nextInt(3)) {
                case 0 -> temporal = Math.min(temporal + 1, 7);
                case 1 -> {
                    temporal = spatial < 3 ? 0 : temporal;
                    spatial = Math.min(spatial + 1, 3);
                }
                default -> {}
            }
        }
        List<Resolution> resolutions = new ArrayList<>();
        int layers = templates.getLast().spatialId() + 1;
        for (int i = 0; random.nextBoolean() && i < layers; i++) {
            resolutions.add(new Resolution(1 + random.nextInt(65536), 1 + random.nextInt(65536)));
        }
        return new DependencyStructure(
                random.nextInt(64),
                targets,
                chains,
                protectedBy,
                templates,
                resolutions.size() == layers ? resolutions : List.of());
    }

    private static FrameDependencies randomFrame(
            Random random,
            int spatial,
            int temporal,
            int targets,
            int chains,
            int maxFrameDiff,
            int chainDiffs) {
        StringBuilder indications = new StringBuilder();
        for (int i = 0; i < targets; i++) {
            indications.append("-DSR".charAt(random.nextInt(4)));
        }
        List<Integer> frameDiffs = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            frameDiffs.add(1 + random.nextInt(maxFrameDiff));
        }
        List<Integer> diffs = new ArrayList<>();
        for (int i = 0; i < chains; i++) {
            diffs.add(random.nextInt(chainDiffs));
        }
        return FrameDependencies.of(spatial, temporal, indications.toString(), frameDiffs, diffs);
    }

    @Property
    void structuresComeBack(@ForAll("structures") DependencyStructure structure) {
        ByteBuf out = Unpooled.buffer(4096);
        var bits = new BitWriter();
        bits.countOnly();
        StructureWriter.write(structure, bits);
        int size = bits.sizeBytes();
        out.writeZero(size);
        bits.wrap(out, 0);
        StructureWriter.write(structure, bits);
        var in = new BitReader();
        in.wrap(out, 0, size);
        assertThat(StructureReader.read(in)).isEqualTo(structure);
    }

    @Property
    void anyFrameComesBack(
            @ForAll("structures") DependencyStructure structure,
            @ForAll @IntRange(max = 63) int which,
            @ForAll int active,
            @ForAll boolean likeItsTemplate,
            @ForAll boolean saysActive,
            @ForAll Random random) {
        var template = structure.templates().get(which % structure.templates().size());
        var frame =
                likeItsTemplate
                        ? template
                        : randomFrame(
                                random,
                                template.spatialId(),
                                template.temporalId(),
                                structure.decodeTargetCount(),
                                structure.chainCount(),
                                4096,
                                256);
        descriptor.describe(structure, frame, which, active);
        if (saysActive) {
            descriptor.activeDecodeTargets(active);
        }
        descriptor.attachStructure(true);
        DependencyStatus status = transfer();
        if (writer.sizeBytes(descriptor) > DependencyDescriptor.MAX_SIZE_BYTES) {
            assertThat(status).isEqualTo(DependencyStatus.MALFORMED);
            return;
        }
        assertThat(status).isEqualTo(DependencyStatus.OK);
        assertThat(read.structure()).isEqualTo(structure);
        assertThat(read.spatialId()).isEqualTo(frame.spatialId());
        assertThat(read.temporalId()).isEqualTo(frame.temporalId());
        assertThat(read.activeDecodeTargets())
                .isEqualTo((saysActive ? active : -1) & structure.allDecodeTargets());
        for (int i = 0; i < structure.decodeTargetCount(); i++) {
            assertThat(read.indication(i)).isEqualTo(frame.indications().get(i));
        }
        assertThat(read.frameDiffCount()).isEqualTo(frame.frameDiffs().size());
        for (int i = 0; i < read.frameDiffCount(); i++) {
            assertThat(read.frameDiff(i)).isEqualTo(frame.frameDiffs().get(i));
        }
        int activeChains = structure.chainsOf(active);
        for (int i = 0; i < structure.chainCount(); i++) {
            if ((activeChains >>> i & 1) != 0) {
                assertThat(read.chainDiff(i)).isEqualTo(frame.chainDiffs().get(i));
            }
        }
    }

    @Test
    void readingAndWritingAllocatesNothing() {
        var structure = twoTargets(frame("SR", List.of(1), List.of(1, 1)));
        sendStructure(structure, 0);
        descriptor.describe(structure, frame("RS", List.of(300), List.of(200, 200)), 1, 0b11);
        ByteBuf bytes = Unpooled.buffer(64);
        int size = writer.write(descriptor, bytes);
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        readAndWrite(bytes, size);
        long before = threads.getCurrentThreadAllocatedBytes();
        readAndWrite(bytes, size);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000);
    }

    private void readAndWrite(ByteBuf bytes, int size) {
        for (int i = 0; i < 100_000; i++) {
            reader.read(bytes, 0, size, read);
            read.frameNumber(i);
            read.activeDecodeTargets(i);
            bytes.clear();
            writer.write(read, bytes);
            reader.read(bytes, 0, bytes.writerIndex(), read);
            writer.overwriteActiveDecodeTargets(bytes, 0, read, 1);
            read.omitActiveDecodeTargets();
            bytes.clear();
            writer.write(read, bytes);
        }
    }

    private static DependencyStructure twoTargets(FrameDependencies template) {
        return structure(0, 2, 2, List.of(0, 1), List.of(template));
    }

    private static DependencyStructure structure(
            int offset,
            int targets,
            int chains,
            List<Integer> protectedBy,
            List<FrameDependencies> templates) {
        return new DependencyStructure(offset, targets, chains, protectedBy, templates, List.of());
    }

    private static FrameDependencies frame(
            String indications, List<Integer> frameDiffs, List<Integer> chainDiffs) {
        return FrameDependencies.of(0, 0, indications, frameDiffs, chainDiffs);
    }

    private DependencyStatus transfer() {
        ByteBuf out = Unpooled.buffer();
        int size = writer.write(descriptor, out);
        return reader.read(out, 0, size, read);
    }

    private String written() {
        ByteBuf out = Unpooled.buffer();
        writer.write(descriptor, out);
        return ByteBufUtil.hexDump(out);
    }
}
