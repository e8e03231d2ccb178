package dev.sluice.video.layer;

import dev.sluice.media.rtp.dependency.DecodeTargetIndication;
import dev.sluice.media.rtp.dependency.DependencyStructure;
import dev.sluice.media.rtp.dependency.FrameDependencies;

/**
 * Which layer each decode target of a dependency structure stands for: the highest that a template
 * has which is present in it (appendix A of the AV1 RTP specification leaves that to the reader).
 */
public final class DecodeTargets {

    /** What {@link #target} gives where no target is of the layer. */
    public static final int NONE = -1;

    private final DependencyStructure structure;
    private final int[] spatial;
    private final int[] temporal;
    private int maxSpatialId;
    private int maxTemporalId;

    public DecodeTargets(DependencyStructure structure) {
        this.structure = structure;
        spatial = new int[structure.decodeTargetCount()];
        temporal = new int[structure.decodeTargetCount()];
        for (FrameDependencies template : structure.templates()) {
            maxSpatialId = Math.max(maxSpatialId, template.spatialId());
            maxTemporalId = Math.max(maxTemporalId, template.temporalId());
            for (int i = 0; i < spatial.length; i++) {
                if (template.indications().get(i) != DecodeTargetIndication.NOT_PRESENT) {
                    spatial[i] = Math.max(spatial[i], template.spatialId());
                    temporal[i] = Math.max(temporal[i], template.temporalId());
                }
            }
        }
    }

    /** The structure whose targets these are. */
    public DependencyStructure structure() {
        return structure;
    }

    public int maxSpatialId() {
        return maxSpatialId;
    }

    public int maxTemporalId() {
        return maxTemporalId;
    }

    /** The decode target of exactly that layer, or {@link #NONE}. */
    public int target(int spatialId, int temporalId) {
        for (int i = 0; i < spatial.length; i++) {
            if (spatial[i] == spatialId && temporal[i] == temporalId) {
                return i;
            }
        }
        return NONE;
    }

    /** All targets up to a layer, both ways: bit i for target i. */
    public int upTo(int spatialId, int temporalId) {
        int mask = 0;
        for (int i = 0; i < spatial.length; i++) {
            boolean within = spatial[i] <= spatialId && temporal[i] <= temporalId;
            mask |= within ? 1 << i : 0;
        }
        return mask;
    }
}
