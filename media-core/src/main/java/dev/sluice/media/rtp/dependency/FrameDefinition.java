package dev.sluice.media.rtp.dependency;

/**
 * What a packet says of its frame itself instead of its template, appendix A.4 {@code
 * frame_dependency_definition()}: all indications, frame diffs or chain diffs, each or none.
 */
final class FrameDefinition {

    /** A frame's diff takes at least six bits. */
    private static final int MAX_FRAME_DIFFS = DependencyDescriptor.MAX_SIZE_BYTES * Byte.SIZE / 6;

    final int[] indications = new int[DependencyStructure.MAX_DECODE_TARGETS];
    final int[] frameDiffs = new int[MAX_FRAME_DIFFS];
    final int[] chainDiffs = new int[DependencyStructure.MAX_CHAINS];
    private boolean hasIndications;
    private boolean hasFrameDiffs;
    private boolean hasChainDiffs;
    private int frameDiffCount;

    void clear() {
        has(false, false, false);
        frameDiffCount = 0;
    }

    /** Says which of the three there are, to be filled in. */
    void has(boolean ofIndications, boolean ofFrameDiffs, boolean ofChainDiffs) {
        hasIndications = ofIndications;
        hasFrameDiffs = ofFrameDiffs;
        hasChainDiffs = ofChainDiffs;
    }

    /** Whether any of the three is there. */
    boolean isPresent() {
        return hasIndications || hasFrameDiffs || hasChainDiffs;
    }

    boolean hasIndications() {
        return hasIndications;
    }

    boolean hasFrameDiffs() {
        return hasFrameDiffs;
    }

    boolean hasChainDiffs() {
        return hasChainDiffs;
    }

    int frameDiffCount() {
        return frameDiffCount;
    }

    void frameDiffCount(int count) {
        frameDiffCount = count;
    }

    /**
     * Takes of a frame what its template does not say.
     *
     * @param activeChains bit i for chain i; what the frame says of the others does not count
     */
    void describe(FrameDependencies frame, FrameDependencies template, int activeChains) {
        has(
                !template.indications().equals(frame.indications()),
                !template.frameDiffs().equals(frame.frameDiffs()),
                !TemplateMatch.sameChains(template, frame, activeChains));
        for (int i = 0; hasIndications && i < frame.indications().size(); i++) {
            indications[i] = frame.indications().get(i).value();
        }
        frameDiffCount = hasFrameDiffs ? frame.frameDiffs().size() : 0;
        for (int i = 0; i < frameDiffCount; i++) {
            frameDiffs[i] = frame.frameDiffs().get(i);
        }
        for (int i = 0; hasChainDiffs && i < frame.chainDiffs().size(); i++) {
            chainDiffs[i] = (activeChains >>> i & 1) == 0 ? 0 : frame.chainDiffs().get(i);
        }
    }
}
