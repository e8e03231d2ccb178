package dev.sluice.media.rtp.dependency;

import java.util.List;

/** Finds the template by which a frame is described in the fewest bits. */
final class TemplateMatch {

    private TemplateMatch() {}

    /**
     * The index of the template.
     *
     * @param activeChains bit i for chain i; the others need not match
     */
    static int find(DependencyStructure structure, FrameDependencies frame, int activeChains) {
        requireWritable(structure, frame, activeChains);
        List<FrameDependencies> templates = structure.templates();
        int best = -1;
        int bestBits = Integer.MAX_VALUE;
        for (int i = 0; i < templates.size(); i++) {
            FrameDependencies template = templates.get(i);
            boolean sameLayer =
                    template.spatialId() == frame.spatialId()
                            && template.temporalId() == frame.temporalId();
            int bits = sameLayer ? ownBits(template, frame, activeChains) : Integer.MAX_VALUE;
            if (bits < bestBits) {
                best = i;
                bestBits = bits;
            }
        }
        if (best < 0) {
            throw new IllegalArgumentException(
                    "No template of layer %d.%d".formatted(frame.spatialId(), frame.temporalId()));
        }
        return best;
    }

    private static void requireWritable(
            DependencyStructure structure, FrameDependencies frame, int activeChains) {
        if (frame.indications().size() != structure.decodeTargetCount()
                || frame.chainDiffs().size() != structure.chainCount()) {
            throw new IllegalArgumentException(
                    "%d indications and %d chain diffs; the structure has %d targets and %d chains"
                            .formatted(
                                    frame.indications().size(),
                                    frame.chainDiffs().size(),
                                    structure.decodeTargetCount(),
                                    structure.chainCount()));
        }
        for (int diff : frame.frameDiffs()) {
            if (diff < 1 || diff > DependencyDescriptor.MAX_FRAME_DIFF) {
                throw new IllegalArgumentException("Frame diff " + diff + ", not 1 to 4096");
            }
        }
        for (int chain = 0; chain < frame.chainDiffs().size(); chain++) {
            int diff = frame.chainDiffs().get(chain);
            boolean active = (activeChains >>> chain & 1) != 0;
            if (active && (diff < 0 || diff > DependencyDescriptor.MAX_CHAIN_DIFF)) {
                throw new IllegalArgumentException("Chain diff " + diff + ", not 0 to 255");
            }
        }
    }

    /** How many bits the frame would have besides the template. */
    private static int ownBits(
            FrameDependencies template, FrameDependencies frame, int activeChains) {
        int bits = 0;
        if (!template.indications().equals(frame.indications())) {
            bits += 2 * frame.indications().size();
        }
        if (!template.frameDiffs().equals(frame.frameDiffs())) {
            bits += 2;
            for (int diff : frame.frameDiffs()) {
                bits += 2 + 4 * DependencyWriter.frameDiffSize(diff);
            }
        }
        return sameChains(template, frame, activeChains)
                ? bits
                : bits + Byte.SIZE * frame.chainDiffs().size();
    }

    /** Whether the diffs of the active chains are the same. */
    static boolean sameChains(
            FrameDependencies template, FrameDependencies frame, int activeChains) {
        for (int chain = 0; chain < frame.chainDiffs().size(); chain++) {
            int diff = frame.chainDiffs().get(chain);
            if ((activeChains >>> chain & 1) != 0 && diff != template.chainDiffs().get(chain)) {
                return false;
            }
        }
        return true;
    }
}
