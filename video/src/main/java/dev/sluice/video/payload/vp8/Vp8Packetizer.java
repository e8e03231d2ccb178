package dev.sluice.video.payload.vp8;

import static dev.sluice.video.payload.vp8.Vp8PayloadDescriptor.ABSENT;

import dev.sluice.video.payload.EqualFragments;
import dev.sluice.video.payload.Packetizer;
import dev.sluice.video.payload.PayloadSink;
import dev.sluice.video.payload.PayloadSize;
import dev.sluice.video.payload.PictureIdLength;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Splits VP8 frames into payloads of about equal size, RFC 7741 section 4.4. The frame counts as
 * one partition: only its first payload has the S bit, and the partition index is always 0.
 */
public final class Vp8Packetizer implements Packetizer {

    private final PictureIdLength pictureIdLength;
    private final Vp8FrameHeader frameHeader = new Vp8FrameHeader();
    private final ByteBuf payload = Unpooled.buffer();
    private int pictureId;
    private int tl0PictureIndex;

    /**
     * @param pictureIdLength the length of the picture ids; RFC 7741 advises 15 bits
     * @param firstPictureId the id of the first picture; a random one hides how many came before
     * @param firstTl0PictureIndex the index of the first frame of the lowest temporal layer; its
     *     low 8 bits count
     */
    public Vp8Packetizer(
            PictureIdLength pictureIdLength, int firstPictureId, int firstTl0PictureIndex) {
        this.pictureIdLength = pictureIdLength;
        pictureId = pictureIdLength.wrap(firstPictureId);
        tl0PictureIndex = firstTl0PictureIndex - 1 & 0xff;
    }

    @Override
    public void packetize(ByteBuf frame, int maxPayloadSizeBytes, PayloadSink out) {
        packetize(frame, Vp8FrameInfo.NONE, maxPayloadSizeBytes, out);
    }

    /** Like {@link Packetizer#packetize}, of a frame of which more is known than its bytes. */
    public void packetize(
            ByteBuf frame, Vp8FrameInfo info, int maxPayloadSizeBytes, PayloadSink out) {
        PayloadSize.require(frame, maxPayloadSizeBytes);
        if (!frameHeader.wrap(frame, frame.readerIndex(), frame.readableBytes())) {
            throw new IllegalArgumentException(
                    "not a VP8 frame: %d bytes without its header"
                            .formatted(frame.readableBytes()));
        }
        split(frame, descriptorOf(info), maxPayloadSizeBytes, out);
        pictureId = pictureIdLength.next(pictureId);
    }

    private Vp8DescriptorWriter descriptorOf(Vp8FrameInfo info) {
        if (info.temporalLayer() == 0) {
            tl0PictureIndex = tl0PictureIndex + 1 & 0xff;
        }
        int tl0 = info.hasTemporalLayer() ? tl0PictureIndex : ABSENT;
        return new Vp8DescriptorWriter(info, pictureIdLength, pictureId, tl0);
    }

    private void split(
            ByteBuf frame,
            Vp8DescriptorWriter descriptor,
            int maxPayloadSizeBytes,
            PayloadSink out) {
        EqualFragments fragments =
                EqualFragments.of(
                        frame.readableBytes(), maxPayloadSizeBytes - descriptor.sizeBytes(), 0);
        int index = frame.readerIndex();
        for (int i = 0; i < fragments.count(); i++) {
            int sizeBytes = fragments.sizeBytes(i);
            payload.clear();
            descriptor.write(payload, i == 0, 0);
            payload.writeBytes(frame, index, sizeBytes);
            index += sizeBytes;
            out.onPayload(payload, i == fragments.count() - 1);
        }
    }
}
