package dev.sluice.video.layer;

/** Whether a viewer was given the frames that a packet's frame refers to. */
final class FrameReferences {

    private FrameReferences() {}

    /**
     * Whether the viewer was given all that the frame refers to. One that is only late is not yet
     * given: it would be judged by the layers of its own time.
     */
    static boolean areForwarded(PacketLayers packet, ForwardedFrames frames) {
        for (int i = 0; i < packet.referenceCount(); i++) {
            if (fate(packet, i, frames) != ForwardedFrames.Fate.FORWARDED) {
                return false;
            }
        }
        return packet.namesReferences() && !lacksLowerLayer(packet, frames);
    }

    /** Whether a frame was left out, or would be if it came, that the packet's frame refers to. */
    static boolean isOneLeftOut(PacketLayers packet, ForwardedFrames frames, LayerHistory history) {
        for (int i = 0; i < packet.referenceCount(); i++) {
            ForwardedFrames.Fate fate = fate(packet, i, frames);
            if (fate == ForwardedFrames.Fate.DROPPED
                    || (fate == ForwardedFrames.Fate.UNKNOWN
                            && wouldBeDropped(packet, i, history))) {
                return true;
            }
        }
        return lacksLowerLayer(packet, frames);
    }

    private static ForwardedFrames.Fate fate(
            PacketLayers packet, int position, ForwardedFrames frames) {
        return frames.of(packet.reference(position), packet.numberedLayer());
    }

    /**
     * Whether a frame that has not come would be left out. With a descriptor none would: layers
     * begin at a switch indication, behind which nothing of the target refers to what was left out.
     */
    private static boolean wouldBeDropped(PacketLayers packet, int position, LayerHistory history) {
        return !packet.hasDescriptor() && !wasWithin(packet, packet.reference(position), history);
    }

    /** Whether the packet's layer was among those forwarded at an earlier picture. */
    private static boolean wasWithin(PacketLayers packet, long number, LayerHistory history) {
        int change = history.atNumber(number);
        return change != LayerHistory.NONE
                && packet.spatialId() <= history.spatialId(change)
                && packet.temporalId() <= history.temporalId(change);
    }

    /** Whether the frame is predicted from one of its own picture that was left out. */
    private static boolean lacksLowerLayer(PacketLayers packet, ForwardedFrames frames) {
        return !packet.hasDescriptor()
                && packet.interLayer()
                && packet.spatialId() > 0
                && frames.of(packet.pictureNumber(), packet.spatialId() - 1)
                        == ForwardedFrames.Fate.DROPPED;
    }
}
