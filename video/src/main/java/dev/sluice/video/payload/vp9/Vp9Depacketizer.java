package dev.sluice.video.payload.vp9;

import dev.sluice.video.payload.Depacketizer;
import dev.sluice.video.payload.PayloadStatus;

import io.netty.buffer.ByteBuf;

/**
 * Puts pictures of VP9 together, RFC 9628 section 4: the layer frames of a picture one after the
 * other.
 *
 * <p>libvpx takes them so. Other decoders and files need the index of a superframe behind them
 * ({@link Vp9SuperframeIndex}): it is behind the last layer frame that is complete, and makes room
 * for the next one.
 */
public final class Vp9Depacketizer implements Depacketizer {

    /** How several layer frames of one picture are put together. */
    public enum Joining {
        /** One after the other, with nothing between or behind them. */
        PLAIN,
        /** As a superframe, with its index behind them. A single frame stays as it is. */
        SUPERFRAME
    }

    private static final int NO_LAYER = -1;

    private final Vp9PayloadDescriptor descriptor = new Vp9PayloadDescriptor();
    private final Joining joining;
    private final int[] frameSizesBytes = new int[Vp9SuperframeIndex.MAX_FRAMES];
    private int completeFrames;
    private boolean insideFrame;
    private int spatialLayer = NO_LAYER;
    private int pictureId;
    private int indexSizeBytes;

    public Vp9Depacketizer(Joining joining) {
        this.joining = joining;
    }

    @Override
    public FrameStart frameStart(ByteBuf payload) {
        if (!wrap(payload) || !descriptor.startsFrame()) {
            return FrameStart.NO;
        }
        if (descriptor.spatialLayer() <= 0) {
            return FrameStart.YES;
        }
        return descriptor.interLayerPredicted() ? FrameStart.NO : FrameStart.UNKNOWN;
    }

    @Override
    public PayloadStatus append(ByteBuf payload, ByteBuf frame) {
        if (!wrap(payload)) {
            return PayloadStatus.MALFORMED;
        }
        if (!frame.isReadable()) {
            reset();
        }
        PayloadStatus status = descriptor.startsFrame() ? beginFrame() : goOn();
        if (status == PayloadStatus.OK) {
            removeIndex(frame);
            int index = descriptor.frameIndex();
            int sizeBytes = payload.writerIndex() - index;
            frame.writeBytes(payload, index, sizeBytes);
            frameSizesBytes[completeFrames] += sizeBytes;
            endFrame(frame);
        }
        return status;
    }

    @Override
    public void reset() {
        completeFrames = 0;
        insideFrame = false;
        spatialLayer = NO_LAYER;
        indexSizeBytes = 0;
    }

    private boolean wrap(ByteBuf payload) {
        return descriptor.wrap(payload, payload.readerIndex(), payload.readableBytes());
    }

    private PayloadStatus beginFrame() {
        boolean first = completeFrames == 0;
        boolean lowerMissing = first && descriptor.interLayerPredicted();
        boolean otherPicture = !first && descriptor.pictureId() != pictureId;
        if (insideFrame || lowerMissing || otherPicture) {
            return PayloadStatus.INCOMPLETE;
        }
        boolean outOfOrder =
                descriptor.spatialLayer() != NO_LAYER && descriptor.spatialLayer() <= spatialLayer;
        if (outOfOrder || completeFrames == frameSizesBytes.length) {
            return PayloadStatus.MALFORMED;
        }
        insideFrame = true;
        pictureId = descriptor.pictureId();
        spatialLayer = descriptor.spatialLayer();
        frameSizesBytes[completeFrames] = 0;
        return PayloadStatus.OK;
    }

    private PayloadStatus goOn() {
        boolean sameFrame =
                insideFrame
                        && descriptor.pictureId() == pictureId
                        && descriptor.spatialLayer() == spatialLayer;
        return sameFrame ? PayloadStatus.OK : PayloadStatus.INCOMPLETE;
    }

    private void endFrame(ByteBuf frame) {
        if (!descriptor.endsFrame()) {
            return;
        }
        insideFrame = false;
        completeFrames++;
        if (joining == Joining.SUPERFRAME && completeFrames > 1) {
            indexSizeBytes = Vp9SuperframeIndex.write(frame, frameSizesBytes, completeFrames);
        }
    }

    private void removeIndex(ByteBuf frame) {
        frame.writerIndex(frame.writerIndex() - indexSizeBytes);
        indexSizeBytes = 0;
    }
}
