package dev.sluice.video.payload.h264;

import dev.sluice.video.payload.Depacketizer;
import dev.sluice.video.payload.PayloadStatus;
import dev.sluice.video.payload.nal.AnnexBWriter;

import io.netty.buffer.ByteBuf;

/**
 * Puts H.264 access units together in Annex B form from the payloads of RFC 6184, packetization
 * modes 0 and 1: single NAL units (section 5.6), STAP-A (5.7.1), FU-A (5.8). The interleaved kinds
 * of mode 2 are told as unsupported.
 *
 * <p>The fragments of a NAL unit become readable in the frame with the last of them, so that a NAL
 * unit whose fragments break off is never in it. Any payload between two fragments breaks them off.
 * A NAL unit with the forbidden bit set is appended as it is; what to do with it is left to the
 * decoder (section 5.3).
 */
public final class H264Depacketizer implements Depacketizer {

    private static final int NAL_HEADER_BYTES = 1;
    private static final int STAP_SIZE_BYTES = 2;
    private static final int FU_HEADERS_BYTES = 2;
    private static final int FU_START = 0x80;
    private static final int FU_END = 0x40;
    private static final int FORBIDDEN_BIT_AND_NRI = 0xe0;

    /** first_mb_in_slice is 0: Exp-Golomb code of a single 1. */
    private static final int FIRST_MACROBLOCK_ZERO = 0x80;

    private final AnnexBWriter writer = new AnnexBWriter();

    /**
     * {@inheritDoc}
     *
     * <p>YES with an access unit delimiter; NO with what cannot be first: a later fragment, a slice
     * below the top of the picture, the end of a sequence, filler. A slice at the top of the
     * picture and a parameter set may or may not have others before them. Arbitrary slice order, of
     * the Baseline and Extended profiles only, is not reckoned with.
     */
    @Override
    public FrameStart frameStart(ByteBuf payload) {
        int index = payload.readerIndex();
        int lengthBytes = payload.readableBytes();
        if (lengthBytes < NAL_HEADER_BYTES) {
            return FrameStart.UNKNOWN;
        }
        return switch (NalUnitType.of(payload.getByte(index))) {
            case NalUnitType.FU_A -> fragmentStart(payload, index, lengthBytes);
            case NalUnitType.STAP_A -> {
                int nal = NAL_HEADER_BYTES + STAP_SIZE_BYTES;
                yield nalUnitStart(payload, index + nal, lengthBytes - nal);
            }
            default -> nalUnitStart(payload, index, lengthBytes);
        };
    }

    @Override
    public PayloadStatus append(ByteBuf payload, ByteBuf frame) {
        int index = payload.readerIndex();
        int lengthBytes = payload.readableBytes();
        int type = lengthBytes < NAL_HEADER_BYTES ? 0 : NalUnitType.of(payload.getByte(index));
        if (type == NalUnitType.FU_A) {
            return appendFragment(payload, index, lengthBytes, frame);
        }
        writer.reset();
        return switch (type) {
            case NalUnitType.STAP_A ->
                    appendAggregate(
                            payload, index + NAL_HEADER_BYTES, payload.writerIndex(), frame);
            case NalUnitType.STAP_B, NalUnitType.MTAP16, NalUnitType.MTAP24, NalUnitType.FU_B ->
                    PayloadStatus.UNSUPPORTED;
            default -> appendSingle(payload, type, frame);
        };
    }

    @Override
    public void reset() {
        writer.reset();
    }

    private PayloadStatus appendSingle(ByteBuf payload, int type, ByteBuf frame) {
        if (!NalUnitType.isSingle(type)) {
            return PayloadStatus.MALFORMED;
        }
        writer.append(frame, payload, payload.readerIndex(), payload.readableBytes());
        return PayloadStatus.OK;
    }

    private PayloadStatus appendAggregate(ByteBuf payload, int index, int end, ByteBuf frame) {
        if (!isAggregate(payload, index, end)) {
            return PayloadStatus.MALFORMED;
        }
        int next = index;
        while (next < end) {
            int sizeBytes = payload.getUnsignedShort(next);
            writer.append(frame, payload, next + STAP_SIZE_BYTES, sizeBytes);
            next += STAP_SIZE_BYTES + sizeBytes;
        }
        return PayloadStatus.OK;
    }

    /** Whether there are only whole NAL units, one at least, and none is empty or of RFC 6184. */
    private static boolean isAggregate(ByteBuf payload, int index, int end) {
        int next = index;
        while (next + STAP_SIZE_BYTES < end) {
            int nal = next + STAP_SIZE_BYTES;
            int sizeBytes = payload.getUnsignedShort(next);
            if (sizeBytes == 0
                    || sizeBytes > end - nal
                    || !NalUnitType.isSingle(NalUnitType.of(payload.getByte(nal)))) {
                return false;
            }
            next = nal + sizeBytes;
        }
        return next == end && next > index;
    }

    private PayloadStatus appendFragment(
            ByteBuf payload, int index, int lengthBytes, ByteBuf frame) {
        int flags = lengthBytes < FU_HEADERS_BYTES ? 0 : payload.getByte(index + NAL_HEADER_BYTES);
        boolean starts = (flags & FU_START) != 0;
        boolean ends = (flags & FU_END) != 0;
        if (!NalUnitType.isSingle(NalUnitType.of(flags)) || (starts && ends)) {
            writer.reset();
            return PayloadStatus.MALFORMED;
        }
        int header = (payload.getByte(index) & FORBIDDEN_BIT_AND_NRI) | NalUnitType.of(flags);
        if (starts) {
            writer.begin(frame, header, NAL_HEADER_BYTES);
        } else if (!writer.isBegunIn(frame) || isOfAnother(flags, frame)) {
            writer.reset();
            return PayloadStatus.INCOMPLETE;
        }
        writer.add(frame, payload, index + FU_HEADERS_BYTES, lengthBytes - FU_HEADERS_BYTES);
        if (ends) {
            writer.end(frame);
        }
        return PayloadStatus.OK;
    }

    private boolean isOfAnother(int fragmentHeader, ByteBuf frame) {
        return NalUnitType.of(writer.begunByte(frame, 0)) != NalUnitType.of(fragmentHeader);
    }

    private static FrameStart fragmentStart(ByteBuf payload, int index, int lengthBytes) {
        if (lengthBytes < FU_HEADERS_BYTES) {
            return FrameStart.UNKNOWN;
        }
        int header = payload.getByte(index + NAL_HEADER_BYTES);
        return (header & FU_START) == 0
                ? FrameStart.NO
                : nalUnitStart(payload, index + NAL_HEADER_BYTES, lengthBytes - NAL_HEADER_BYTES);
    }

    private static FrameStart nalUnitStart(ByteBuf payload, int index, int lengthBytes) {
        if (lengthBytes < NAL_HEADER_BYTES) {
            return FrameStart.UNKNOWN;
        }
        return switch (NalUnitType.of(payload.getByte(index))) {
            case NalUnitType.ACCESS_UNIT_DELIMITER -> FrameStart.YES;
            case NalUnitType.SLICE, NalUnitType.PARTITION_A, NalUnitType.IDR_SLICE ->
                    sliceStart(payload, index, lengthBytes);
            case NalUnitType.PARTITION_B,
                    NalUnitType.PARTITION_C,
                    NalUnitType.END_OF_SEQUENCE,
                    NalUnitType.END_OF_STREAM,
                    NalUnitType.FILLER ->
                    FrameStart.NO;
            default -> FrameStart.UNKNOWN;
        };
    }

    private static FrameStart sliceStart(ByteBuf payload, int index, int lengthBytes) {
        boolean below =
                lengthBytes > NAL_HEADER_BYTES
                        && (payload.getByte(index + NAL_HEADER_BYTES) & FIRST_MACROBLOCK_ZERO) == 0;
        return below ? FrameStart.NO : FrameStart.UNKNOWN;
    }
}
