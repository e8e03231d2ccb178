package dev.sluice.media.rtp.dependency;

import org.jspecify.annotations.Nullable;

/**
 * The dependency descriptor of one packet, appendix A.4: filled by {@link DependencyReader} or by
 * {@link #describe}, written by {@link DependencyWriter}. Reusable; what a packet says in templates
 * is read out of the structure and takes no memory.
 *
 * <pre>
 *    0                   1                   2
 *    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |S|E|template id|         frame number          |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |T|A|D|F|C| structure if T, active decode targets if A,    only when it is
 *   +-+-+-+-+-+ frame's own DTIs if D, frame diffs if F,       longer than 3 bytes
 *               chain diffs if C, zeros to the end of the byte
 * </pre>
 */
public final class DependencyDescriptor {

    /** What the two-byte form of a header extension holds. */
    public static final int MAX_SIZE_BYTES = 255;

    /** Three groups of four bits, counted from 1. */
    public static final int MAX_FRAME_DIFF = 1 << 12;

    /** Eight bits, counted from 0. */
    public static final int MAX_CHAIN_DIFF = 0xFF;

    static final int NO_MASK = -1;

    private boolean startOfFrame;
    private boolean endOfFrame;
    private int frameNumber;
    private int templateIndex;
    private @Nullable DependencyStructure structure;
    private boolean structureAttached;
    private boolean activeDecodeTargetsPresent;
    private int activeDecodeTargets;

    /** What the packet says itself instead of its template. */
    final FrameDefinition own = new FrameDefinition();

    /** Where the mask of active decode targets stood when it was read, in bits, or NO_MASK. */
    private int maskPosition = NO_MASK;

    /** Forgets everything. */
    public void clear() {
        startOfFrame = false;
        endOfFrame = false;
        frameNumber = 0;
        templateIndex = 0;
        structure = null;
        structureAttached = false;
        activeDecodeTargetsPresent = false;
        activeDecodeTargets = 0;
        own.clear();
        maskPosition = NO_MASK;
    }

    /**
     * Describes a frame to send by the template that takes the fewest bits; it is one packet of
     * start and end until told otherwise.
     *
     * @param activeDecodeTargets bit i for target i; what a frame says of chains that protect none
     *     of them does not count
     * @throws IllegalArgumentException when the structure has no template of the frame's layer, or
     *     the frame has another number of indications or chains than it, or a diff that cannot be
     *     written
     */
    public void describe(
            DependencyStructure structure,
            FrameDependencies frame,
            int frameNumber,
            int activeDecodeTargets) {
        int activeChains = structure.chainsOf(activeDecodeTargets);
        int best = TemplateMatch.find(structure, frame, activeChains);
        clear();
        mandatory(true, true, frameNumber);
        use(structure, best);
        this.activeDecodeTargets = activeDecodeTargets;
        own.describe(frame, structure.templates().get(best), activeChains);
    }

    void mandatory(boolean start, boolean end, int number) {
        startOfFrame = start;
        endOfFrame = end;
        frameNumber = number & 0xFFFF;
    }

    void use(DependencyStructure inForce, int template) {
        structure = inForce;
        templateIndex = template;
    }

    void attached(boolean attached) {
        structureAttached = attached;
    }

    void activeDecodeTargets(boolean present, int mask, int position) {
        activeDecodeTargetsPresent = present;
        activeDecodeTargets = mask;
        maskPosition = position;
    }

    /** Whether the packet has the first byte of the frame. */
    public boolean startOfFrame() {
        return startOfFrame;
    }

    public void startOfFrame(boolean start) {
        startOfFrame = start;
    }

    /** Whether the packet is the last of the frame. */
    public boolean endOfFrame() {
        return endOfFrame;
    }

    public void endOfFrame(boolean end) {
        endOfFrame = end;
    }

    /** 0 to 65535, one more (and then around) with each frame in decode order. */
    public int frameNumber() {
        return frameNumber;
    }

    public void frameNumber(int number) {
        frameNumber = number & 0xFFFF;
    }

    /** 0 to 63. */
    public int templateId() {
        return structure().templateId(templateIndex);
    }

    /** The structure that the descriptor is to be understood by, be it attached or earlier. */
    public DependencyStructure structure() {
        if (structure == null) {
            throw new IllegalStateException("The descriptor is empty: nothing was read into it");
        }
        return structure;
    }

    /** Whether the structure is in this packet, as with the first of a coded video sequence. */
    public boolean hasStructure() {
        return structureAttached;
    }

    /** Attaches the structure in force, or does not. */
    public void attachStructure(boolean attach) {
        structureAttached = attach;
        maskPosition = NO_MASK;
    }

    /** Whether the packet itself says which decode targets are active. */
    public boolean hasActiveDecodeTargets() {
        return activeDecodeTargetsPresent;
    }

    /** Which decode targets are active, by this packet or by earlier ones: bit i for target i. */
    public int activeDecodeTargets() {
        return activeDecodeTargets;
    }

    /** Has the packet say which decode targets are active; bits without a target do not count. */
    public void activeDecodeTargets(int mask) {
        activeDecodeTargetsPresent = true;
        activeDecodeTargets = mask & structure().allDecodeTargets();
    }

    /** Has the packet say nothing about active decode targets. */
    public void omitActiveDecodeTargets() {
        activeDecodeTargetsPresent = false;
        maskPosition = NO_MASK;
    }

    int maskPosition() {
        return maskPosition;
    }

    public int spatialId() {
        return template().spatialId();
    }

    public int temporalId() {
        return template().temporalId();
    }

    /** What the frame is to a decode target of the structure. */
    public DecodeTargetIndication indication(int decodeTarget) {
        return own.hasIndications() && decodeTarget < structure().decodeTargetCount()
                ? DecodeTargetIndication.of(own.indications[decodeTarget])
                : template().indications().get(decodeTarget);
    }

    /** How many frames this one refers to. */
    public int frameDiffCount() {
        return own.hasFrameDiffs() ? own.frameDiffCount() : template().frameDiffs().size();
    }

    /** How many frames back a frame is that this one refers to, 1 to {@link #MAX_FRAME_DIFF}. */
    public int frameDiff(int position) {
        return own.hasFrameDiffs() && position < own.frameDiffCount()
                ? own.frameDiffs[position]
                : template().frameDiffs().get(position);
    }

    /** How many frames back the chain's previous frame is; 0 when this one starts the chain. */
    public int chainDiff(int chain) {
        return own.hasChainDiffs() && chain < structure().chainCount()
                ? own.chainDiffs[chain]
                : template().chainDiffs().get(chain);
    }

    /** The largest picture of the frame's spatial layer, or null when the structure has none. */
    public @Nullable Resolution resolution() {
        return structure().resolutions().isEmpty()
                ? null
                : structure().resolutions().get(spatialId());
    }

    private FrameDependencies template() {
        return structure().templates().get(templateIndex);
    }

    @Override
    public String toString() {
        return structure == null
                ? "DependencyDescriptor[]"
                : "DependencyDescriptor[frame=%d template=%d layer=%d.%d start=%b end=%b]"
                        .formatted(
                                frameNumber,
                                templateId(),
                                spatialId(),
                                temporalId(),
                                startOfFrame,
                                endOfFrame);
    }
}
