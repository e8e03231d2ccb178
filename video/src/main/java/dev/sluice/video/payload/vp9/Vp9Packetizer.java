package dev.sluice.video.payload.vp9;

import static dev.sluice.video.payload.vp9.Vp9PayloadDescriptor.ABSENT;

import dev.sluice.video.payload.EqualFragments;
import dev.sluice.video.payload.Packetizer;
import dev.sluice.video.payload.PayloadSink;
import dev.sluice.video.payload.PayloadSize;
import dev.sluice.video.payload.PictureIdLength;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits VP9 frames, or pictures of several layer frames, into payloads of about equal size, RFC
 * 9628 section 4. Only the last payload of a picture is told as the last one.
 */
public final class Vp9Packetizer implements Packetizer {

    /** What a flexible mode frame of which nothing is told refers to: the picture before. */
    private static final List<Integer> PICTURE_BEFORE = List.of(1);

    private final PictureIdLength pictureIdLength;
    private final boolean flexible;
    private final Vp9FrameHeader frameHeader = new Vp9FrameHeader();
    private final ByteBuf payload = Unpooled.buffer();
    private @Nullable Vp9Scalability scalability;
    private int pictureId;
    private int tl0PictureIndex;

    /**
     * @param pictureIdLength the length of the picture ids; flexible mode needs them
     * @param firstPictureId the id of the first picture; a random one hides how many came before
     * @param flexible whether each frame names its references (flexible mode, F)
     * @param firstTl0PictureIndex the index of the first picture of the lowest temporal layer,
     *     which counts in non-flexible mode; its low 8 bits count
     */
    public Vp9Packetizer(
            PictureIdLength pictureIdLength,
            int firstPictureId,
            boolean flexible,
            int firstTl0PictureIndex) {
        if (flexible && pictureIdLength == PictureIdLength.NONE) {
            throw new IllegalArgumentException("flexible mode without picture ids");
        }
        this.pictureIdLength = pictureIdLength;
        this.flexible = flexible;
        pictureId = pictureIdLength.wrap(firstPictureId);
        tl0PictureIndex = firstTl0PictureIndex - 1 & 0xff;
    }

    /**
     * Declares the layers of the stream, which the first payload of each key picture from now on
     * carries.
     */
    public void declare(Vp9Scalability layers) {
        scalability = layers;
    }

    /**
     * {@inheritDoc}
     *
     * <p>The picture has one layer frame without layer indices; a superframe stays as it is. In
     * flexible mode it refers to the picture before, if to any.
     */
    @Override
    public void packetize(ByteBuf frame, int maxPayloadSizeBytes, PayloadSink out) {
        PayloadSize.require(frame, maxPayloadSizeBytes);
        readHeader(frame);
        boolean predicted = !frameHeader.keyFrame() && !frameHeader.intraOnly();
        List<Integer> references = flexible && predicted ? PICTURE_BEFORE : List.of();
        packetize(
                List.of(new Vp9LayerFrame(frame, null, predicted, false, references)),
                maxPayloadSizeBytes,
                out);
    }

    /**
     * Hands each payload of a picture to {@code out}, in order.
     *
     * @param layerFrames the frames of the picture, the lowest spatial layer first; all have the
     *     same temporal layer
     * @param maxPayloadSizeBytes the most that a payload may have, at least 64
     * @throws IllegalArgumentException if the layers are not in order, a frame is not of the format
     *     or not of the mode, before anything was handed out; or if the size is too small
     */
    public void packetize(
            List<Vp9LayerFrame> layerFrames, int maxPayloadSizeBytes, PayloadSink out) {
        requirePicture(layerFrames, maxPayloadSizeBytes);
        Vp9Scalability told = isKeyPicture(layerFrames.getFirst()) ? scalability : null;
        int tl0 = nextTl0PictureIndex(layerFrames.getFirst());
        List<Vp9DescriptorWriter> descriptors = new ArrayList<>(layerFrames.size());
        List<EqualFragments> splits = new ArrayList<>(layerFrames.size());
        for (Vp9LayerFrame frame : layerFrames) {
            Vp9DescriptorWriter descriptor = descriptorOf(frame, tl0);
            int reservedBytes = descriptors.isEmpty() && told != null ? told.sizeBytes() : 0;
            int capacityBytes = maxPayloadSizeBytes - descriptor.sizeBytes();
            descriptors.add(descriptor);
            splits.add(
                    EqualFragments.of(frame.frame().readableBytes(), capacityBytes, reservedBytes));
        }
        tl0PictureIndex = tl0;
        for (int i = 0; i < descriptors.size(); i++) {
            boolean last = i == descriptors.size() - 1;
            split(descriptors.get(i), splits.get(i), i == 0 ? told : null, last, out);
        }
        pictureId = pictureIdLength.next(pictureId);
    }

    private void requirePicture(List<Vp9LayerFrame> layerFrames, int maxPayloadSizeBytes) {
        if (layerFrames.isEmpty()) {
            throw new IllegalArgumentException("a picture without a layer frame");
        }
        int below = -1;
        for (Vp9LayerFrame frame : layerFrames) {
            PayloadSize.require(frame.frame(), maxPayloadSizeBytes);
            readHeader(frame.frame());
            if (frame.spatialLayer() <= below) {
                throw new IllegalArgumentException(
                        "spatial layer %d after %d".formatted(frame.spatialLayer(), below));
            }
            below = frame.spatialLayer();
            requireSameTemporalLayer(frame, layerFrames.getFirst());
        }
    }

    private static void requireSameTemporalLayer(Vp9LayerFrame frame, Vp9LayerFrame lowest) {
        if (frame.temporalLayer() != lowest.temporalLayer()) {
            throw new IllegalArgumentException(
                    "temporal layers %d and %d in one picture"
                            .formatted(lowest.temporalLayer(), frame.temporalLayer()));
        }
    }

    private void readHeader(ByteBuf frame) {
        if (!frameHeader.wrap(frame, frame.readerIndex(), frame.readableBytes())) {
            throw new IllegalArgumentException(
                    "not a VP9 frame: %d bytes without its header"
                            .formatted(frame.readableBytes()));
        }
    }

    /** Whether the lowest layer of the picture is a key frame. */
    private boolean isKeyPicture(Vp9LayerFrame lowest) {
        readHeader(lowest.frame());
        return frameHeader.keyFrame();
    }

    private int nextTl0PictureIndex(Vp9LayerFrame lowest) {
        return lowest.temporalLayer() == 0 ? tl0PictureIndex + 1 & 0xff : tl0PictureIndex;
    }

    private Vp9DescriptorWriter descriptorOf(Vp9LayerFrame frame, int tl0) {
        boolean counted = frame.layer() != null && !flexible;
        return new Vp9DescriptorWriter(
                frame, pictureIdLength, pictureId, flexible, counted ? tl0 : ABSENT);
    }

    private void split(
            Vp9DescriptorWriter descriptor,
            EqualFragments fragments,
            @Nullable Vp9Scalability told,
            boolean lastOfPicture,
            PayloadSink out) {
        ByteBuf frame = descriptor.frame().frame();
        int index = frame.readerIndex();
        for (int i = 0; i < fragments.count(); i++) {
            boolean last = i == fragments.count() - 1;
            int sizeBytes = fragments.sizeBytes(i);
            payload.clear();
            descriptor.write(payload, i == 0, last, i == 0 ? told : null);
            payload.writeBytes(frame, index, sizeBytes);
            index += sizeBytes;
            out.onPayload(payload, last && lastOfPicture);
        }
    }
}
