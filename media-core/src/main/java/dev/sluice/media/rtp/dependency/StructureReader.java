package dev.sluice.media.rtp.dependency;

import dev.sluice.media.bits.BitReader;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads {@code template_dependency_structure()} of appendix A.4.1.
 *
 * <pre>
 *   template_id_offset f(6) | dtis_cnt_minus_one f(5)
 *   template_layers()   next_layer_idc f(2) behind each template, 3 at the end
 *   template_dtis()     f(2) for each template and decode target
 *   template_fdiffs()   for each template: (1 fdiff_minus_one f(4))* 0
 *   template_chains()   chains_cnt ns(DtCnt + 1); if there are any:
 *                       decode_target_protected_by ns(chains_cnt) for each decode target,
 *                       template_chain_fdiff f(4) for each template and chain
 *   resolutions_present_flag f(1); if set, for each spatial layer:
 *                       max_render_width_minus_1 f(16) | max_render_height_minus_1 f(16)
 * </pre>
 */
final class StructureReader {

    static final int SAME_LAYER = 0;
    static final int NEXT_TEMPORAL_LAYER = 1;
    static final int NEXT_SPATIAL_LAYER = 2;
    static final int NO_MORE_TEMPLATES = 3;

    private StructureReader() {}

    /** The structure, or null when the bits are none. */
    static @Nullable DependencyStructure read(BitReader bits) {
        int templateIdOffset = bits.bits(6);
        int decodeTargets = bits.bits(5) + 1;
        List<int[]> layers = layers(bits);
        if (layers == null) {
            return null;
        }
        List<List<DecodeTargetIndication>> indications = new ArrayList<>(layers.size());
        for (int i = 0; i < layers.size(); i++) {
            indications.add(indications(bits, decodeTargets));
        }
        List<List<Integer>> frameDiffs = new ArrayList<>(layers.size());
        for (int i = 0; i < layers.size(); i++) {
            frameDiffs.add(frameDiffs(bits));
        }
        int chains = bits.nonSymmetric(decodeTargets + 1);
        List<Integer> protectedBy = protectedBy(bits, chains == 0 ? 0 : decodeTargets, chains);
        List<FrameDependencies> templates = new ArrayList<>(layers.size());
        for (int i = 0; i < layers.size(); i++) {
            int[] layer = layers.get(i);
            templates.add(
                    new FrameDependencies(
                            layer[0],
                            layer[1],
                            indications.get(i),
                            frameDiffs.get(i),
                            numbers(bits, chains)));
        }
        boolean hasResolutions = bits.flag();
        List<Resolution> resolutions =
                resolutions(bits, hasResolutions ? layers.getLast()[0] + 1 : 0);
        return bits.overrun()
                ? null
                : new DependencyStructure(
                        templateIdOffset,
                        decodeTargets,
                        chains,
                        protectedBy,
                        templates,
                        resolutions);
    }

    /** The spatial and temporal id of each template; null for too many of any. */
    private static @Nullable List<int[]> layers(BitReader bits) {
        List<int[]> layers = new ArrayList<>();
        int spatialId = 0;
        int temporalId = 0;
        int next;
        do {
            layers.add(new int[] {spatialId, temporalId});
            next = bits.bits(2);
            if (next == NEXT_TEMPORAL_LAYER) {
                temporalId++;
            } else if (next == NEXT_SPATIAL_LAYER) {
                temporalId = 0;
                spatialId++;
            }
            boolean more = next != NO_MORE_TEMPLATES;
            if (spatialId > DependencyStructure.MAX_SPATIAL_ID
                    || temporalId > DependencyStructure.MAX_TEMPORAL_ID
                    || (more && layers.size() == DependencyStructure.MAX_TEMPLATES)) {
                return null;
            }
        } while (next != NO_MORE_TEMPLATES);
        return layers;
    }

    private static List<DecodeTargetIndication> indications(BitReader bits, int count) {
        List<DecodeTargetIndication> indications = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            indications.add(DecodeTargetIndication.of(bits.bits(2)));
        }
        return indications;
    }

    /** Ends behind the last byte too, where each flag reads as 0. */
    private static List<Integer> frameDiffs(BitReader bits) {
        List<Integer> diffs = new ArrayList<>();
        while (bits.flag()) {
            diffs.add(bits.bits(4) + 1);
        }
        return diffs;
    }

    private static List<Integer> protectedBy(BitReader bits, int decodeTargets, int chains) {
        List<Integer> protectedBy = new ArrayList<>(decodeTargets);
        for (int i = 0; i < decodeTargets; i++) {
            protectedBy.add(bits.nonSymmetric(chains));
        }
        return protectedBy;
    }

    private static List<Integer> numbers(BitReader bits, int count) {
        List<Integer> numbers = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            numbers.add(bits.bits(4));
        }
        return numbers;
    }

    private static List<Resolution> resolutions(BitReader bits, int count) {
        List<Resolution> resolutions = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int width = bits.bits(16) + 1;
            resolutions.add(new Resolution(width, bits.bits(16) + 1));
        }
        return resolutions;
    }
}
