package dev.sluice.media.rtp.dependency;

import java.util.List;

/**
 * A frame's place among the others, or a template for such frames.
 *
 * @param spatialId 0 to {@link DependencyStructure#MAX_SPATIAL_ID}
 * @param temporalId 0 to {@link DependencyStructure#MAX_TEMPORAL_ID}
 * @param indications one for each decode target
 * @param frameDiffs how many frames back each frame is that this one refers to, at least 1
 * @param chainDiffs for each chain, how many frames back its previous frame is; 0 when this frame
 *     starts the chain
 */
public record FrameDependencies(
        int spatialId,
        int temporalId,
        List<DecodeTargetIndication> indications,
        List<Integer> frameDiffs,
        List<Integer> chainDiffs) {

    public FrameDependencies {
        indications = List.copyOf(indications);
        frameDiffs = List.copyOf(frameDiffs);
        chainDiffs = List.copyOf(chainDiffs);
        requireId("spatialId", spatialId, DependencyStructure.MAX_SPATIAL_ID);
        requireId("temporalId", temporalId, DependencyStructure.MAX_TEMPORAL_ID);
    }

    /** The same with the indications as the letters of table A.1, such as {@code "-DSR"}. */
    public static FrameDependencies of(
            int spatialId,
            int temporalId,
            String indications,
            List<Integer> frameDiffs,
            List<Integer> chainDiffs) {
        return new FrameDependencies(
                spatialId,
                temporalId,
                indications.chars().mapToObj(DecodeTargetIndication::ofSymbol).toList(),
                frameDiffs,
                chainDiffs);
    }

    private static void requireId(String name, int id, int max) {
        if (id < 0 || id > max) {
            throw new IllegalArgumentException("%s is %d, not 0 to %d".formatted(name, id, max));
        }
    }
}
