package dev.sluice.media.rtp.dependency;

import dev.sluice.media.bits.BitWriter;

import java.util.List;

/** Writes what {@link StructureReader} reads, whose comment has the layout. */
final class StructureWriter {

    private StructureWriter() {}

    static void write(DependencyStructure structure, BitWriter bits) {
        bits.write(structure.templateIdOffset(), 6);
        bits.write(structure.decodeTargetCount() - 1, 5);
        writeLayers(structure.templates(), bits);
        for (FrameDependencies template : structure.templates()) {
            for (DecodeTargetIndication indication : template.indications()) {
                bits.write(indication.value(), 2);
            }
        }
        for (FrameDependencies template : structure.templates()) {
            for (int diff : template.frameDiffs()) {
                bits.writeFlag(true);
                bits.write(diff - 1, 4);
            }
            bits.writeFlag(false);
        }
        writeChains(structure, bits);
        bits.writeFlag(!structure.resolutions().isEmpty());
        for (Resolution resolution : structure.resolutions()) {
            bits.write(resolution.width() - 1, 16);
            bits.write(resolution.height() - 1, 16);
        }
    }

    private static void writeLayers(List<FrameDependencies> templates, BitWriter bits) {
        for (int i = 1; i < templates.size(); i++) {
            FrameDependencies before = templates.get(i - 1);
            FrameDependencies template = templates.get(i);
            if (template.spatialId() != before.spatialId()) {
                bits.write(StructureReader.NEXT_SPATIAL_LAYER, 2);
            } else if (template.temporalId() != before.temporalId()) {
                bits.write(StructureReader.NEXT_TEMPORAL_LAYER, 2);
            } else {
                bits.write(StructureReader.SAME_LAYER, 2);
            }
        }
        bits.write(StructureReader.NO_MORE_TEMPLATES, 2);
    }

    private static void writeChains(DependencyStructure structure, BitWriter bits) {
        bits.writeNonSymmetric(structure.chainCount(), structure.decodeTargetCount() + 1);
        for (int chain : structure.protectedBy()) {
            bits.writeNonSymmetric(chain, structure.chainCount());
        }
        for (FrameDependencies template : structure.templates()) {
            for (int diff : template.chainDiffs()) {
                bits.write(diff, 4);
            }
        }
    }
}
