package dev.sluice.video.layer;

import dev.sluice.media.rtp.dependency.DecodeTargetIndication;

/**
 * Says which packets of one stream a viewer gets: all up to a spatial and a temporal layer, and
 * never a frame that refers to one which was left out.
 *
 * <p>The target holds from the next picture on: down at once, up where the stream allows it (key
 * frame; Y of VP8; U of VP9, or references that were all forwarded; a spatial layer of VP9 that is
 * not predicted from other pictures; a switch indication of the dependency descriptor). The lower
 * spatial layers go on even where the target could do without them (k-SVC), so that there is always
 * a way down.
 */
public final class LayerSelector {

    /** More than any stream has. */
    public static final int TOP = PacketLayers.MAX_SPATIAL_LAYERS - 1;

    private static final int BASE = 0;

    private final LayerHistory history = new LayerHistory();
    private final ForwardedFrames frames = new ForwardedFrames();
    private int targetSpatial = TOP;
    private int targetTemporal = TOP;

    /** The target as it was when the current picture began. */
    private int wantedSpatial;

    private int wantedTemporal;
    private int spatial;
    private int temporal;
    private long highestSequence = -1;
    private long pictureTimestamp;
    private int decidedSpatial;
    private int decidedTemporal;

    /** Sets the layers to go for, each 0 or more; {@link #TOP} for all there are. */
    public void target(int spatialId, int temporalId) {
        if (spatialId < 0 || temporalId < 0) {
            throw new IllegalArgumentException(
                    "Target layer %d.%d, expected 0 or more each".formatted(spatialId, temporalId));
        }
        targetSpatial = Math.min(spatialId, TOP);
        targetTemporal = Math.min(temporalId, TOP);
    }

    /** Begins a stream with the packet that starts a key frame: all target layers hold at once. */
    public void begin(PacketLayers packet, long extendedSequence, long timestamp) {
        history.clear();
        frames.clear();
        highestSequence = extendedSequence - 1;
        beginPicture(timestamp);
        change(wantedSpatial, wantedTemporal, packet, extendedSequence);
    }

    /**
     * Whether the viewer gets the packet. Packets may come late and more than once; all packets of
     * a frame get one answer.
     *
     * @param extendedSequence the source's sequence number without the wrap
     * @param timestamp the source's RTP timestamp
     */
    public boolean admits(PacketLayers packet, long extendedSequence, long timestamp) {
        if (extendedSequence > highestSequence) {
            if (timestamp != pictureTimestamp) {
                beginPicture(timestamp);
                moveDown(packet, extendedSequence);
            }
            highestSequence = extendedSequence;
            moveUp(packet, extendedSequence);
        }
        int change = history.at(extendedSequence, timestamp);
        if (change == LayerHistory.NONE) {
            return false;
        }
        decidedSpatial = history.spatialId(change);
        decidedTemporal = history.temporalId(change);
        return isWithin(packet);
    }

    /** The highest spatial layer in force. */
    public int spatialId() {
        return spatial;
    }

    /** The highest temporal layer in force. */
    public int temporalId() {
        return temporal;
    }

    /** The spatial layer that was in force for the last packet asked about. */
    public int decidedSpatialId() {
        return decidedSpatial;
    }

    /** The temporal layer that was in force for the last packet asked about. */
    public int decidedTemporalId() {
        return decidedTemporal;
    }

    /** Whether the last admitted packet ends the picture for this viewer: the marker bit. */
    public boolean endsPicture(PacketLayers packet, boolean marker) {
        return marker || (packet.endsFrame() && packet.spatialId() == decidedSpatial);
    }

    private void beginPicture(long timestamp) {
        pictureTimestamp = timestamp;
        wantedSpatial = targetSpatial;
        wantedTemporal = targetTemporal;
    }

    private void change(int toSpatial, int toTemporal, PacketLayers packet, long sequence) {
        spatial = toSpatial;
        temporal = toTemporal;
        history.add(sequence, pictureTimestamp, packet.number(), toSpatial, toTemporal);
    }

    private void moveDown(PacketLayers packet, long sequence) {
        if (spatial > wantedSpatial || temporal > wantedTemporal) {
            int lowerSpatial = Math.min(spatial, wantedSpatial);
            change(lowerSpatial, Math.min(temporal, wantedTemporal), packet, sequence);
        }
    }

    private void moveUp(PacketLayers packet, long sequence) {
        if (spatial >= wantedSpatial && temporal >= wantedTemporal) {
            return;
        }
        if (packet.startsKeyFrame()) {
            change(wantedSpatial, wantedTemporal, packet, sequence);
            return;
        }
        if (isLeftOut(packet)) {
            return;
        }
        switch (packet.scheme()) {
            case NONE -> {}
            case VP8 -> moveUpVp8(packet, sequence);
            case VP9 -> moveUpVp9(packet, sequence);
            case DEPENDENCY -> moveUpByIndication(packet, sequence);
        }
    }

    /** Whether the packet's frame has had its answer: no layer can begin with it then. */
    private boolean isLeftOut(PacketLayers packet) {
        return packet.namesReferences()
                && frames.of(packet.number(), packet.numberedLayer())
                        == ForwardedFrames.Fate.DROPPED;
    }

    /** RFC 7741 section 4.2, Y: the frame refers to the base layer only. */
    private void moveUpVp8(PacketLayers packet, long sequence) {
        boolean next = packet.temporalId() == temporal + 1 && temporal < wantedTemporal;
        if (next && packet.switchingPoint()) {
            change(spatial, temporal + 1, packet, sequence);
        }
    }

    private void moveUpVp9(PacketLayers packet, long sequence) {
        // RFC 9628 section 4.2, P: not predicted from other pictures, so the layer can begin here.
        boolean nextSpatial = packet.spatialId() == spatial + 1 && spatial < wantedSpatial;
        if (nextSpatial && !packet.interPicture() && packet.temporalId() == BASE) {
            change(spatial + 1, temporal, packet, sequence);
        }
        // U: later pictures of higher layers refer to none of theirs before this one.
        boolean mayRise = temporal < wantedTemporal && packet.spatialId() <= spatial;
        if (mayRise && packet.temporalId() <= temporal && packet.switchingPoint()) {
            change(spatial, wantedTemporal, packet, sequence);
        } else if (mayRise && spatial == BASE && isNextAndDecodable(packet)) {
            change(spatial, temporal + 1, packet, sequence);
        }
    }

    /** Without other spatial layers, whose frames of the picture are not known yet. */
    private boolean isNextAndDecodable(PacketLayers packet) {
        return packet.temporalId() == temporal + 1 && FrameReferences.areForwarded(packet, frames);
    }

    /** Appendix A.3.3.2: after a switch indication all of the target can be decoded. */
    private void moveUpByIndication(PacketLayers packet, long sequence) {
        DecodeTargets targets = packet.targets();
        if (targets == null || !FrameReferences.areForwarded(packet, frames)) {
            return;
        }
        for (int s = Math.min(wantedSpatial, targets.maxSpatialId()); s >= spatial; s--) {
            for (int t = Math.min(wantedTemporal, targets.maxTemporalId()); t >= temporal; t--) {
                boolean isHigher = s > spatial || t > temporal;
                if (isHigher && isSwitch(packet, targets.target(s, t))) {
                    change(s, t, packet, sequence);
                    return;
                }
            }
        }
    }

    private static boolean isSwitch(PacketLayers packet, int target) {
        return target != DecodeTargets.NONE
                && packet.indication(target) == DecodeTargetIndication.SWITCH;
    }

    private boolean isWithin(PacketLayers packet) {
        boolean within =
                switch (packet.scheme()) {
                    case NONE -> true;
                    case VP8 -> packet.temporalId() <= decidedTemporal;
                    case VP9 ->
                            packet.spatialId() <= decidedSpatial
                                    && packet.temporalId() <= decidedTemporal;
                    case DEPENDENCY -> isInTargets(packet);
                };
        return packet.namesReferences() ? fate(packet, within) : within;
    }

    private boolean isInTargets(PacketLayers packet) {
        DecodeTargets targets = packet.targets();
        int left = targets == null ? 0 : targets.upTo(decidedSpatial, decidedTemporal);
        while (left != 0) {
            int target = Integer.numberOfTrailingZeros(left);
            if (packet.indication(target) != DecodeTargetIndication.NOT_PRESENT) {
                return true;
            }
            left &= left - 1;
        }
        return false;
    }

    /** One answer for all packets of a frame, and none that refers to a frame left out. */
    private boolean fate(PacketLayers packet, boolean within) {
        long number = packet.number();
        int layer = packet.numberedLayer();
        ForwardedFrames.Fate fate = frames.of(number, layer);
        if (fate != ForwardedFrames.Fate.UNKNOWN) {
            return fate == ForwardedFrames.Fate.FORWARDED;
        }
        boolean isBase = packet.spatialId() == BASE && packet.temporalId() == BASE;
        boolean forwarded =
                within && (isBase || !FrameReferences.isOneLeftOut(packet, frames, history));
        frames.record(number, layer, forwarded);
        return forwarded;
    }
}
