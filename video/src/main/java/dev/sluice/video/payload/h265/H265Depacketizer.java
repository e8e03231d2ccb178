package dev.sluice.video.payload.h265;

import dev.sluice.video.payload.Depacketizer;
import dev.sluice.video.payload.PayloadStatus;
import dev.sluice.video.payload.nal.AnnexBWriter;

import io.netty.buffer.ByteBuf;

/**
 * Puts H.265 access units together in Annex B form from the payloads of RFC 7798 without decoding
 * order numbers (sprop-max-don-diff 0): single NAL units (section 4.4.1), aggregation packets
 * (4.4.2), fragmentation units (4.4.3). A payload content information packet (4.4.4) is told as
 * unsupported.
 *
 * <p>The fragments of a NAL unit become readable in the frame with the last of them, so that a NAL
 * unit whose fragments break off is never in it. Any payload between two fragments breaks them off.
 * A NAL unit with the forbidden bit set is appended as it is.
 */
public final class H265Depacketizer implements Depacketizer {

    private static final int HEADER_BYTES = H265NalUnitType.HEADER_BYTES;
    private static final int AP_SIZE_BYTES = 2;
    private static final int FU_HEADERS_BYTES = HEADER_BYTES + 1;
    private static final int FU_START = 0x80;
    private static final int FU_END = 0x40;
    private static final int FIRST_SLICE_SEGMENT = 0x80;

    private final AnnexBWriter writer = new AnnexBWriter();

    /**
     * {@inheritDoc}
     *
     * <p>YES with an access unit delimiter; NO with what cannot be first: a later fragment, a slice
     * segment that says so, a suffix SEI, the end of a sequence, filler. The first slice segment
     * and a parameter set may or may not have others before them.
     */
    @Override
    public FrameStart frameStart(ByteBuf payload) {
        int index = payload.readerIndex();
        int lengthBytes = payload.readableBytes();
        if (lengthBytes <= HEADER_BYTES) {
            return FrameStart.UNKNOWN;
        }
        int type = H265NalUnitType.of(payload.getByte(index));
        return switch (type) {
            case H265NalUnitType.FRAGMENTATION -> fragmentStart(payload, index, lengthBytes);
            case H265NalUnitType.AGGREGATION -> {
                int nal = HEADER_BYTES + AP_SIZE_BYTES;
                yield lengthBytes <= nal + HEADER_BYTES
                        ? FrameStart.UNKNOWN
                        : start(
                                H265NalUnitType.of(payload.getByte(index + nal)),
                                payload.getByte(index + nal + HEADER_BYTES));
            }
            default -> start(type, payload.getByte(index + HEADER_BYTES));
        };
    }

    @Override
    public PayloadStatus append(ByteBuf payload, ByteBuf frame) {
        int index = payload.readerIndex();
        int lengthBytes = payload.readableBytes();
        if (lengthBytes < HEADER_BYTES) {
            writer.reset();
            return PayloadStatus.MALFORMED;
        }
        int type = H265NalUnitType.of(payload.getByte(index));
        if (type == H265NalUnitType.FRAGMENTATION) {
            return appendFragment(payload, index, lengthBytes, frame);
        }
        writer.reset();
        return switch (type) {
            case H265NalUnitType.AGGREGATION ->
                    appendAggregate(payload, index + HEADER_BYTES, payload.writerIndex(), frame);
            case H265NalUnitType.PACI -> PayloadStatus.UNSUPPORTED;
            default -> appendSingle(payload, frame);
        };
    }

    @Override
    public void reset() {
        writer.reset();
    }

    private PayloadStatus appendSingle(ByteBuf payload, ByteBuf frame) {
        int index = payload.readerIndex();
        int lengthBytes = payload.readableBytes();
        if (!H265NalUnitType.isNalUnit(payload, index, lengthBytes)) {
            return PayloadStatus.MALFORMED;
        }
        writer.append(frame, payload, index, lengthBytes);
        return PayloadStatus.OK;
    }

    private PayloadStatus appendAggregate(ByteBuf payload, int index, int end, ByteBuf frame) {
        if (!isAggregate(payload, index, end)) {
            return PayloadStatus.MALFORMED;
        }
        int next = index;
        while (next < end) {
            int sizeBytes = payload.getUnsignedShort(next);
            writer.append(frame, payload, next + AP_SIZE_BYTES, sizeBytes);
            next += AP_SIZE_BYTES + sizeBytes;
        }
        return PayloadStatus.OK;
    }

    /**
     * Whether there are only whole NAL units of H.265 itself. A sender has to put in two at least;
     * one is taken too.
     */
    private static boolean isAggregate(ByteBuf payload, int index, int end) {
        int next = index;
        while (next + AP_SIZE_BYTES < end) {
            int nal = next + AP_SIZE_BYTES;
            int sizeBytes = payload.getUnsignedShort(next);
            if (sizeBytes > end - nal || !H265NalUnitType.isNalUnit(payload, nal, sizeBytes)) {
                return false;
            }
            next = nal + sizeBytes;
        }
        return next == end && next > index;
    }

    /** Section 4.4.3: a fragment is never empty, nor both the first and the last. */
    private PayloadStatus appendFragment(
            ByteBuf payload, int index, int lengthBytes, ByteBuf frame) {
        int flags = lengthBytes <= FU_HEADERS_BYTES ? 0 : payload.getByte(index + HEADER_BYTES);
        boolean starts = (flags & FU_START) != 0;
        boolean ends = (flags & FU_END) != 0;
        int type = H265NalUnitType.ofFragment(flags);
        int header = header(payload, index, type);
        if (lengthBytes <= FU_HEADERS_BYTES
                || (starts && ends)
                || type > H265NalUnitType.LAST_SINGLE
                || (header & 0x07) == 0) {
            writer.reset();
            return PayloadStatus.MALFORMED;
        }
        if (starts) {
            writer.begin(frame, header, HEADER_BYTES);
        } else if (!writer.isBegunIn(frame) || isOfAnother(type, frame)) {
            writer.reset();
            return PayloadStatus.INCOMPLETE;
        }
        writer.add(frame, payload, index + FU_HEADERS_BYTES, lengthBytes - FU_HEADERS_BYTES);
        if (ends) {
            writer.end(frame);
        }
        return PayloadStatus.OK;
    }

    private boolean isOfAnother(int type, ByteBuf frame) {
        return H265NalUnitType.of(writer.begunByte(frame, 0)) != type;
    }

    private static int header(ByteBuf payload, int index, int type) {
        int firstByte = H265NalUnitType.withType(payload.getByte(index), type);
        return (firstByte & 0xff) << Byte.SIZE | payload.getUnsignedByte(index + 1);
    }

    private static FrameStart fragmentStart(ByteBuf payload, int index, int lengthBytes) {
        if (lengthBytes <= FU_HEADERS_BYTES) {
            return FrameStart.UNKNOWN;
        }
        int header = payload.getByte(index + HEADER_BYTES);
        return (header & FU_START) == 0
                ? FrameStart.NO
                : start(
                        H265NalUnitType.ofFragment(header),
                        payload.getByte(index + FU_HEADERS_BYTES));
    }

    /**
     * @param firstByte after the NAL unit header; in a slice, its highest bit is
     *     first_slice_segment_in_pic_flag
     */
    private static FrameStart start(int type, int firstByte) {
        if (type <= H265NalUnitType.LAST_SLICE) {
            return (firstByte & FIRST_SLICE_SEGMENT) == 0 ? FrameStart.NO : FrameStart.UNKNOWN;
        }
        return switch (type) {
            case H265NalUnitType.ACCESS_UNIT_DELIMITER -> FrameStart.YES;
            case H265NalUnitType.END_OF_SEQUENCE,
                    H265NalUnitType.END_OF_BITSTREAM,
                    H265NalUnitType.FILLER,
                    H265NalUnitType.SUFFIX_SEI ->
                    FrameStart.NO;
            default -> FrameStart.UNKNOWN;
        };
    }
}
