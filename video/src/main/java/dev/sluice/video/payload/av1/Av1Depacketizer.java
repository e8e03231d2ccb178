package dev.sluice.video.payload.av1;

import dev.sluice.media.bits.Leb128;
import dev.sluice.video.payload.Depacketizer;
import dev.sluice.video.payload.PayloadStatus;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Puts temporal units of AV1 together, "RTP Payload Format For AV1" section 5, in the low-overhead
 * bitstream format that decoders and files take (AV1 specification section 5.2): each OBU has its
 * size, and a temporal delimiter is before the first one.
 *
 * <p>The part of an OBU that a payload breaks off waits here; the frame has whole OBUs only.
 */
public final class Av1Depacketizer implements Depacketizer {

    /** A longer OBU than any encoder makes; bounds what an endless fragment takes. */
    private static final int MAX_FRAGMENTED_OBU_BYTES = 16 << 20;

    private static final int TEMPORAL_DELIMITER =
            Av1ObuType.TEMPORAL_DELIMITER << 3 | Av1ObuHeader.HAS_SIZE;

    private final Av1PayloadDescriptor descriptor = new Av1PayloadDescriptor();
    private final Av1ObuHeader header = new Av1ObuHeader();
    private final Leb128 length = new Leb128();
    private final ByteBuf fragment = Unpooled.buffer();
    private boolean fragmentBegun;

    @Override
    public FrameStart frameStart(ByteBuf payload) {
        if (!wrap(payload) || descriptor.continuesObu()) {
            return FrameStart.NO;
        }
        return descriptor.startsCodedVideoSequence() ? FrameStart.YES : FrameStart.UNKNOWN;
    }

    @Override
    public PayloadStatus append(ByteBuf payload, ByteBuf frame) {
        int before = frame.writerIndex();
        PayloadStatus status = appendPayload(payload, frame);
        if (status != PayloadStatus.OK) {
            frame.writerIndex(before);
            reset();
        }
        return status;
    }

    @Override
    public void reset() {
        fragmentBegun = false;
        fragment.clear();
    }

    private boolean wrap(ByteBuf payload) {
        return descriptor.wrap(payload, payload.readerIndex(), payload.readableBytes());
    }

    private PayloadStatus appendPayload(ByteBuf payload, ByteBuf frame) {
        if (!wrap(payload)) {
            return PayloadStatus.MALFORMED;
        }
        if (!frame.isReadable()) {
            reset();
        }
        if (descriptor.continuesObu() != fragmentBegun) {
            return PayloadStatus.INCOMPLETE;
        }
        if (!frame.isReadable()) {
            frame.writeByte(TEMPORAL_DELIMITER).writeByte(0);
        }
        boolean whole = appendElements(payload, frame);
        return whole ? PayloadStatus.OK : PayloadStatus.MALFORMED;
    }

    /** False if the elements are not as the header counts them, or one of them is no OBU. */
    private boolean appendElements(ByteBuf payload, ByteBuf frame) {
        int end = payload.writerIndex();
        int counted = descriptor.obuElements();
        int index = descriptor.obuIndex();
        int elements = 0;
        while (index < end) {
            elements++;
            int start = index;
            if (elements == counted) {
                index = end;
            } else if (length.wrap(payload, index, end) && length.value() <= end - length.next()) {
                start = length.next();
                index = start + (int) length.value();
            } else {
                return false;
            }
            if (!appendElement(payload, start, index, frame)) {
                return false;
            }
        }
        return counted == 0 || elements == counted;
    }

    private boolean appendElement(ByteBuf payload, int start, int end, ByteBuf frame) {
        boolean goesOn = descriptor.obuContinued() && end == payload.writerIndex();
        if (!fragmentBegun && !goesOn) {
            return appendObu(payload, start, end, frame);
        }
        if (fragment.writerIndex() + end - start > MAX_FRAGMENTED_OBU_BYTES) {
            return false;
        }
        fragment.writeBytes(payload, start, end - start);
        fragmentBegun = goesOn;
        return goesOn || appendFragment(frame);
    }

    private boolean appendFragment(ByteBuf frame) {
        boolean whole = appendObu(fragment, 0, fragment.writerIndex(), frame);
        fragment.clear();
        return whole;
    }

    private boolean appendObu(ByteBuf buffer, int start, int end, ByteBuf frame) {
        if (!header.wrap(buffer, start, end) || header.end() != end) {
            return false;
        }
        if (!Av1ObuType.isNotSent(header.type())) {
            header.writeWithSize(frame);
            frame.writeBytes(buffer, header.payloadIndex(), header.payloadSizeBytes());
        }
        return true;
    }
}
