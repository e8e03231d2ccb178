package dev.sluice.video.layer;

import dev.sluice.media.rtp.Codec;
import dev.sluice.media.rtp.dependency.DecodeTargetIndication;
import dev.sluice.media.rtp.dependency.DependencyDescriptor;

import org.jspecify.annotations.Nullable;

/**
 * What one packet tells of its frame and layer, whatever the codec: filled by {@link LayerReader}
 * once, and read for each viewer. Reusable; holds numbers only, so that it outlives the buffer.
 */
public final class PacketLayers {

    /** The value of a number that the packet does not carry. */
    public static final int ABSENT = -1;

    /** Spatial ids are below this. */
    public static final int MAX_SPATIAL_LAYERS = 8;

    /** Temporal ids are below this. */
    public static final int MAX_TEMPORAL_LAYERS = 8;

    /** VP9 names at most this many references, RFC 9628 section 4.2. */
    static final int MAX_REFERENCES = 3;

    LayerScheme scheme = LayerScheme.NONE;
    Codec codec = Codec.OPUS;
    boolean startsKeyFrame;
    boolean endsFrame;
    int spatialId;
    int temporalId;
    int pictureIdBits;
    int pictureId = ABSENT;
    int tl0PictureIndex = ABSENT;
    long pictureNumber = ABSENT;
    boolean switchingPoint;
    boolean interPicture;
    boolean interLayer;
    boolean namesReferences;
    int references;
    final int[] differences = new int[MAX_REFERENCES];

    final DependencyDescriptor descriptor = new DependencyDescriptor();
    long frameNumber = ABSENT;
    int activeDecodeTargets;
    boolean attachesStructure;
    @Nullable DecodeTargets targets;

    int resolutions;
    final int[] widths = new int[MAX_SPATIAL_LAYERS];
    final int[] heights = new int[MAX_SPATIAL_LAYERS];

    /** Forgets everything: a packet of one layer that stands for itself, as with audio. */
    public void clear(Codec ofCodec, boolean keyFrameStarts) {
        codec = ofCodec;
        scheme = LayerScheme.NONE;
        startsKeyFrame = keyFrameStarts;
        endsFrame = false;
        spatialId = 0;
        temporalId = 0;
        pictureIdBits = 0;
        pictureId = ABSENT;
        tl0PictureIndex = ABSENT;
        pictureNumber = ABSENT;
        switchingPoint = false;
        interPicture = false;
        interLayer = false;
        namesReferences = false;
        references = 0;
        descriptor.clear();
        frameNumber = ABSENT;
        activeDecodeTargets = 0;
        attachesStructure = false;
        targets = null;
        resolutions = 0;
    }

    public LayerScheme scheme() {
        return scheme;
    }

    public Codec codec() {
        return codec;
    }

    /** Whether a decoder can begin with this packet. */
    public boolean startsKeyFrame() {
        return startsKeyFrame;
    }

    /** Whether the packet is known to be the last of its layer frame. */
    public boolean endsFrame() {
        return endsFrame;
    }

    /** 0 to 7; 0 in a stream without spatial layers. */
    public int spatialId() {
        return spatialId;
    }

    /** 0 to 7; 0 in a stream without temporal layers. */
    public int temporalId() {
        return temporalId;
    }

    /** The picture id of VP8 and VP9 as it is in the payload, or {@link #ABSENT}. */
    public int pictureId() {
        return pictureId;
    }

    /** The picture id without the wrap, or {@link #ABSENT}. */
    public long pictureNumber() {
        return pictureNumber;
    }

    /** TL0PICIDX of VP8 and VP9, 0 to 255, or {@link #ABSENT}. */
    public int tl0PictureIndex() {
        return tl0PictureIndex;
    }

    /** Whether the sender says that viewers may move up here: Y of VP8, U of VP9. */
    public boolean switchingPoint() {
        return switchingPoint;
    }

    /** VP9: whether the frame is predicted from another picture (P). */
    public boolean interPicture() {
        return interPicture;
    }

    /** VP9: whether the frame is predicted from the spatial layer below (D). */
    public boolean interLayer() {
        return interLayer;
    }

    /** Whether the packet names all frames that its frame refers to. */
    boolean namesReferences() {
        return namesReferences;
    }

    /** Of its frame where a descriptor counts frames, else of its picture. */
    long number() {
        return hasDescriptor() ? frameNumber : pictureNumber;
    }

    /** Which of the frames of that {@link #number} its frame is. */
    int numberedLayer() {
        return hasDescriptor() ? 0 : spatialId;
    }

    /** How many frames it names that its frame refers to. */
    int referenceCount() {
        return hasDescriptor() ? descriptor.frameDiffCount() : references;
    }

    /** The {@link #number} of a frame that its frame refers to. */
    long reference(int position) {
        int back = hasDescriptor() ? descriptor.frameDiff(position) : differences[position];
        return number() - back;
    }

    /** Whether the packet has a dependency descriptor that could be read. */
    public boolean hasDescriptor() {
        return frameNumber != ABSENT;
    }

    /**
     * The dependency descriptor where {@link #hasDescriptor}. Who writes it for a viewer changes
     * it; what it said is in {@link #frameNumber}, {@link #activeDecodeTargets} and {@link
     * #attachesStructure}.
     */
    public DependencyDescriptor descriptor() {
        return descriptor;
    }

    /** The descriptor's frame number without the wrap, or {@link #ABSENT}. */
    public long frameNumber() {
        return frameNumber;
    }

    /** The decode targets that the sender says are active, bit i for target i. */
    public int activeDecodeTargets() {
        return activeDecodeTargets;
    }

    /** Whether the template structure is in this packet. */
    public boolean attachesStructure() {
        return attachesStructure;
    }

    /** The decode targets that {@link #descriptor} speaks of; null without one. */
    public @Nullable DecodeTargets targets() {
        return targets;
    }

    /** What the frame is to a decode target; only where {@link #hasDescriptor}. */
    DecodeTargetIndication indication(int target) {
        return descriptor.indication(target);
    }

    /** How many spatial layers the packet tells the size of, from the lowest. */
    public int resolutions() {
        return resolutions;
    }

    /** In pixels, 0 where it is not told. */
    public int width(int spatialLayer) {
        return spatialLayer < resolutions ? widths[spatialLayer] : 0;
    }

    /** In pixels, 0 where it is not told. */
    public int height(int spatialLayer) {
        return spatialLayer < resolutions ? heights[spatialLayer] : 0;
    }

    void resolution(int spatialLayer, int width, int height) {
        if (spatialLayer < MAX_SPATIAL_LAYERS && width > 0 && height > 0) {
            widths[spatialLayer] = width;
            heights[spatialLayer] = height;
            resolutions = spatialLayer + 1;
        }
    }
}
