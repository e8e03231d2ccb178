package dev.sluice.video.payload.vp8;

import dev.sluice.video.payload.Depacketizer;
import dev.sluice.video.payload.PayloadStatus;

import io.netty.buffer.ByteBuf;

/**
 * Puts VP8 frames together, RFC 7741 section 4.5. A frame begins with the payload that starts
 * partition 0; later payloads need it and its picture id.
 */
public final class Vp8Depacketizer implements Depacketizer {

    private final Vp8PayloadDescriptor descriptor = new Vp8PayloadDescriptor();
    private boolean begun;
    private int pictureId;

    @Override
    public FrameStart frameStart(ByteBuf payload) {
        return wrap(payload) && descriptor.startsFrame() ? FrameStart.YES : FrameStart.NO;
    }

    @Override
    public PayloadStatus append(ByteBuf payload, ByteBuf frame) {
        if (!wrap(payload)) {
            return PayloadStatus.MALFORMED;
        }
        begun &= frame.isReadable();
        PayloadStatus status = descriptor.startsFrame() ? begin() : goOn();
        if (status == PayloadStatus.OK) {
            int index = descriptor.frameIndex();
            frame.writeBytes(payload, index, payload.writerIndex() - index);
        }
        return status;
    }

    @Override
    public void reset() {
        begun = false;
    }

    private boolean wrap(ByteBuf payload) {
        return descriptor.wrap(payload, payload.readerIndex(), payload.readableBytes());
    }

    /** A second start inside a frame would be taken for its bytes. */
    private PayloadStatus begin() {
        if (begun) {
            return PayloadStatus.MALFORMED;
        }
        begun = true;
        pictureId = descriptor.pictureId();
        return PayloadStatus.OK;
    }

    private PayloadStatus goOn() {
        boolean sameFrame = begun && descriptor.pictureId() == pictureId;
        return sameFrame ? PayloadStatus.OK : PayloadStatus.INCOMPLETE;
    }
}
