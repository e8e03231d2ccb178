package dev.sluice.media.rtp.dependency;

import java.util.List;

/**
 * The template dependency structure of a coded video sequence, appendix A.4.1 {@code
 * template_dependency_structure()}: sent with its first packet, and in force until another is.
 *
 * <p>A packet names template {@code (frame_dependency_template_id - templateIdOffset) mod 64}.
 *
 * @param templateIdOffset 0 to 63
 * @param decodeTargetCount 1 to {@link #MAX_DECODE_TARGETS}
 * @param chainCount 0 to {@code decodeTargetCount}
 * @param protectedBy for each decode target the chain that protects it; empty without chains
 * @param templates 1 to {@link #MAX_TEMPLATES}, ascending by spatial and temporal id without gaps
 * @param resolutions one for each spatial layer, or none
 */
public record DependencyStructure(
        int templateIdOffset,
        int decodeTargetCount,
        int chainCount,
        List<Integer> protectedBy,
        List<FrameDependencies> templates,
        List<Resolution> resolutions) {

    /** Template ids have six bits. */
    public static final int MAX_TEMPLATES = 64;

    /** {@code dt_cnt_minus_one} has five bits. */
    public static final int MAX_DECODE_TARGETS = 32;

    /** There are at most as many chains as decode targets. */
    public static final int MAX_CHAINS = MAX_DECODE_TARGETS;

    /** More is not known of any codec; libwebrtc has the same bound. */
    public static final int MAX_SPATIAL_ID = 3;

    /** As in AV1, whose temporal ids have three bits. */
    public static final int MAX_TEMPORAL_ID = 7;

    /** Four bits, counted from 1. */
    static final int MAX_TEMPLATE_FRAME_DIFF = 16;

    /** Four bits, counted from 0. */
    static final int MAX_TEMPLATE_CHAIN_DIFF = 15;

    public DependencyStructure {
        protectedBy = List.copyOf(protectedBy);
        templates = List.copyOf(templates);
        resolutions = List.copyOf(resolutions);
        require(templateIdOffset, 0, MAX_TEMPLATES - 1, "templateIdOffset");
        require(decodeTargetCount, 1, MAX_DECODE_TARGETS, "decodeTargetCount");
        require(chainCount, 0, decodeTargetCount, "chainCount");
        int protectedTargets = chainCount == 0 ? 0 : decodeTargetCount;
        require(protectedBy.size(), protectedTargets, protectedTargets, "size of protectedBy");
        for (int chain : protectedBy) {
            require(chain, 0, chainCount - 1, "chain in protectedBy");
        }
        require(templates.size(), 1, MAX_TEMPLATES, "number of templates");
        requireOrder(templates);
        for (FrameDependencies template : templates) {
            requireTemplate(template, decodeTargetCount, chainCount);
        }
        if (!resolutions.isEmpty()) {
            int layers = templates.getLast().spatialId() + 1;
            require(resolutions.size(), layers, layers, "number of resolutions");
        }
    }

    private static void requireOrder(List<FrameDependencies> templates) {
        require(templates.getFirst().spatialId(), 0, 0, "spatialId of the first template");
        require(templates.getFirst().temporalId(), 0, 0, "temporalId of the first template");
        for (int i = 1; i < templates.size(); i++) {
            FrameDependencies before = templates.get(i - 1);
            FrameDependencies template = templates.get(i);
            int spatialStep = template.spatialId() - before.spatialId();
            int temporalStep = template.temporalId() - before.temporalId();
            boolean sameSpatialLayer = spatialStep == 0 && (temporalStep == 0 || temporalStep == 1);
            boolean nextSpatialLayer = spatialStep == 1 && template.temporalId() == 0;
            if (!sameSpatialLayer && !nextSpatialLayer) {
                throw new IllegalArgumentException(
                        "Template %s cannot follow %s".formatted(template, before));
            }
        }
    }

    private static void requireTemplate(FrameDependencies template, int targets, int chains) {
        require(template.indications().size(), targets, targets, "number of indications");
        require(template.chainDiffs().size(), chains, chains, "number of chain diffs");
        for (int diff : template.frameDiffs()) {
            require(diff, 1, MAX_TEMPLATE_FRAME_DIFF, "frame diff of a template");
        }
        for (int diff : template.chainDiffs()) {
            require(diff, 0, MAX_TEMPLATE_CHAIN_DIFF, "chain diff of a template");
        }
    }

    private static void require(int value, int min, int max, String name) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    "The %s is %d, not %d to %d".formatted(name, value, min, max));
        }
    }

    /** The index of a template by its id on the wire, or -1 when the structure has no such. */
    public int templateIndex(int templateId) {
        int index = templateId - templateIdOffset & (MAX_TEMPLATES - 1);
        return index < templates.size() ? index : -1;
    }

    /** 0 to 63. */
    public int templateId(int templateIndex) {
        return templateIdOffset + templateIndex & (MAX_TEMPLATES - 1);
    }

    /** The largest spatial id of a template. */
    public int maxSpatialId() {
        return templates.getLast().spatialId();
    }

    /** All decode targets as a mask, bit i for target i. */
    public int allDecodeTargets() {
        return -1 >>> (MAX_DECODE_TARGETS - decodeTargetCount);
    }

    /** The chains that protect one of the decode targets in the mask, bit i for chain i. */
    public int chainsOf(int decodeTargets) {
        int chains = 0;
        for (int target = 0; target < protectedBy.size(); target++) {
            chains |= (decodeTargets >>> target & 1) << protectedBy.get(target);
        }
        return chains;
    }
}
