package dev.sluice.video.rewrite;

import dev.sluice.video.layer.DecodeTargets;
import dev.sluice.video.layer.PacketLayers;

/**
 * What a viewer's dependency descriptors say: frame numbers that go on over changing sources, and
 * the decode targets that are active for him. Within a source the numbers keep their distances,
 * because references and chains are counted in them.
 */
final class FrameNumbering {

    /** For so many frames a change of the active decode targets is told again: any may be lost. */
    private static final int REPEATS_FRAMES = 8;

    /** A frame that is later than this has begun a new numbering. */
    private static final int MAX_JUMP_FRAMES = 256;

    private static final int MASK = 0xFFFF;

    private boolean begins;
    private boolean needsStructure;
    private long offset;
    private long highestFrame;
    private long last;
    private int toldTargets;
    private long tellUntilFrame;

    /**
     * @param before the frame number that precedes the first one to be given
     */
    FrameNumbering(int before) {
        last = before;
    }

    /** The next packet is the first of a new source. */
    void begin() {
        begins = true;
        needsStructure = true;
    }

    /**
     * Fills in what the descriptor of a packet that has one is to say.
     *
     * @param spatialId the highest spatial layer that the viewer gets
     * @param temporalId the highest temporal layer
     * @param isNew whether the packet is no late one
     */
    void number(
            PacketLayers packet, int spatialId, int temporalId, boolean isNew, PacketNumbers into) {
        DecodeTargets targets = packet.targets();
        if (targets == null) {
            return;
        }
        long frame = packet.frameNumber();
        if (begins || (isNew && isRenumbered(packet))) {
            offset = last + 1 - frame;
            highestFrame = frame;
            begins = false;
        }
        into.attachesStructure = packet.attachesStructure() || needsStructure;
        needsStructure = false;
        highestFrame = Math.max(highestFrame, frame);
        last = Math.max(last, frame + offset);
        into.frameNumber = (int) (frame + offset) & MASK;
        into.activeDecodeTargets =
                packet.activeDecodeTargets() & targets.upTo(spatialId, temporalId);
        if (isNew && into.activeDecodeTargets != toldTargets) {
            toldTargets = into.activeDecodeTargets;
            tellUntilFrame = frame + REPEATS_FRAMES;
        }
        into.tellsTargets = into.attachesStructure || frame < tellUntilFrame;
    }

    private boolean isRenumbered(PacketLayers packet) {
        long ahead = packet.frameNumber() - highestFrame;
        return packet.attachesStructure() && (ahead < 0 || ahead > MAX_JUMP_FRAMES);
    }
}
