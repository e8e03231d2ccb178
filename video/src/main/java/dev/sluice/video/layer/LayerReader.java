package dev.sluice.video.layer;

import dev.sluice.media.rtp.Codec;
import dev.sluice.media.rtp.HeaderExtensionMap;
import dev.sluice.media.rtp.MediaKind;
import dev.sluice.media.rtp.RtpPacket;
import dev.sluice.media.rtp.dependency.DependencyDescriptor;
import dev.sluice.media.rtp.dependency.DependencyReader;
import dev.sluice.media.rtp.dependency.DependencyStatus;
import dev.sluice.media.rtp.dependency.DependencyStructure;
import dev.sluice.media.rtp.dependency.Resolution;
import dev.sluice.video.frame.KeyFrameDetector;
import dev.sluice.video.payload.h264.H264Payload;
import dev.sluice.video.payload.vp8.Vp8PayloadDescriptor;
import dev.sluice.video.payload.vp9.Vp9FrameHeader;
import dev.sluice.video.payload.vp9.Vp9PayloadDescriptor;
import dev.sluice.video.payload.vp9.Vp9ScalabilityStructure;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Reads the layers of one stream's packets: of the dependency descriptor where there is one, else
 * of the payload descriptor. Keeps what holds beyond a packet; allocates for new template
 * structures only.
 */
public final class LayerReader {

    private static final int FRAME_NUMBER_BITS = 16;
    private static final int WIDE_PICTURE_ID_BITS = 15;
    private static final int NARROW_PICTURE_ID_BITS = 7;

    private final Vp8PayloadDescriptor vp8 = new Vp8PayloadDescriptor();
    private final Vp9PayloadDescriptor vp9 = new Vp9PayloadDescriptor();
    private final H264Payload h264 = new H264Payload();
    private final KeyFrameDetector keyFrames = new KeyFrameDetector();
    private final DependencyReader dependencies = new DependencyReader();
    private final NumberUnwrapper pictures = new NumberUnwrapper();
    private final NumberUnwrapper frames = new NumberUnwrapper();
    private @Nullable DecodeTargets targets;

    /**
     * Reads a packet, new or kept from before.
     *
     * @param descriptorId of the dependency descriptor extension, or {@link
     *     HeaderExtensionMap#ABSENT}
     */
    public void read(Codec codec, RtpPacket packet, int descriptorId, PacketLayers into) {
        into.clear(codec, codec.kind() == MediaKind.AUDIO);
        if (codec.kind() == MediaKind.VIDEO && packet.payloadSizeBytes() > 0) {
            readPayload(codec, packet, into);
            if (descriptorId != HeaderExtensionMap.ABSENT) {
                readDescriptor(packet, descriptorId, into);
            }
        }
    }

    private void readPayload(Codec codec, RtpPacket packet, PacketLayers into) {
        int index = packet.payloadIndex();
        int size = packet.payloadSizeBytes();
        switch (codec) {
            case VP8 -> {
                if (vp8.wrap(packet.buffer(), index, size)) {
                    readVp8(into);
                }
            }
            case VP9 -> {
                if (vp9.wrap(packet.buffer(), index, size)) {
                    readVp9(packet, into);
                }
            }
            case H264 -> {
                if (h264.wrap(packet.buffer(), index, size)) {
                    into.startsKeyFrame = h264.startsKeyFrame();
                    into.resolution(0, h264.width(), h264.height());
                }
            }
            default ->
                    into.startsKeyFrame =
                            keyFrames.startsKeyFrame(codec, packet.buffer(), index, size);
        }
    }

    private void readVp8(PacketLayers into) {
        into.startsKeyFrame = vp8.startsKeyFrame();
        readPictureId(vp8.pictureId(), vp8.widePictureId(), into);
        into.tl0PictureIndex = vp8.tl0PictureIndex();
        into.resolution(0, vp8.width(), vp8.height());
        if (vp8.temporalLayer() != Vp8PayloadDescriptor.ABSENT) {
            into.scheme = LayerScheme.VP8;
            into.temporalId = vp8.temporalLayer();
            into.switchingPoint = vp8.layerSync();
        }
    }

    private void readVp9(RtpPacket packet, PacketLayers into) {
        into.startsKeyFrame =
                vp9.startsKeyFrame()
                        && !Vp9FrameHeader.saysNotKeyFrame(
                                packet.buffer().getByte(vp9.frameIndex()));
        into.endsFrame = vp9.endsFrame();
        readPictureId(vp9.pictureId(), vp9.widePictureId(), into);
        into.tl0PictureIndex = vp9.tl0PictureIndex();
        into.interPicture = vp9.interPicturePredicted();
        if (vp9.hasScalabilityStructure()) {
            Vp9ScalabilityStructure structure = vp9.scalabilityStructure();
            for (int layer = 0; layer < structure.spatialLayers(); layer++) {
                into.resolution(layer, structure.width(layer), structure.height(layer));
            }
        }
        if (vp9.spatialLayer() != Vp9PayloadDescriptor.ABSENT) {
            readVp9Layer(into);
        }
    }

    private void readVp9Layer(PacketLayers into) {
        into.scheme = LayerScheme.VP9;
        into.spatialId = vp9.spatialLayer();
        into.temporalId = vp9.temporalLayer();
        into.switchingPoint = vp9.switchingUpPoint();
        into.interLayer = vp9.interLayerPredicted();
        into.namesReferences = vp9.flexible() && into.pictureId != PacketLayers.ABSENT;
        into.references = vp9.references();
        for (int i = 0; i < into.references; i++) {
            into.differences[i] = vp9.pictureDifference(i);
        }
    }

    private void readPictureId(int pictureId, boolean wide, PacketLayers into) {
        if (pictureId >= 0) {
            into.pictureIdBits = wide ? WIDE_PICTURE_ID_BITS : NARROW_PICTURE_ID_BITS;
            into.pictureId = pictureId;
            into.pictureNumber = pictures.unwrap(pictureId, into.pictureIdBits);
        }
    }

    private void readDescriptor(RtpPacket packet, int id, PacketLayers into) {
        DependencyDescriptor read = into.descriptor;
        if (dependencies.read(packet, id, read) != DependencyStatus.OK) {
            return;
        }
        into.scheme = LayerScheme.DEPENDENCY;
        into.frameNumber = frames.unwrap(read.frameNumber(), FRAME_NUMBER_BITS);
        into.endsFrame = read.endOfFrame();
        into.spatialId = read.spatialId();
        into.temporalId = read.temporalId();
        into.activeDecodeTargets = read.activeDecodeTargets();
        into.attachesStructure = read.hasStructure();
        into.namesReferences = true;
        into.targets = targetsOf(read.structure());
        if (read.hasStructure()) {
            List<Resolution> sizes = read.structure().resolutions();
            for (int layer = 0; layer < sizes.size(); layer++) {
                into.resolution(layer, sizes.get(layer).width(), sizes.get(layer).height());
            }
        }
    }

    @SuppressWarnings("ReferenceEquality") // the reader hands out one object per structure
    private DecodeTargets targetsOf(DependencyStructure structure) {
        DecodeTargets known = targets;
        if (known == null || known.structure() != structure) {
            known = new DecodeTargets(structure);
            targets = known;
        }
        return known;
    }
}
