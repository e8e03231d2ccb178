package dev.sluice.video.payload.h265;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * A flyweight over an H.265 payload without decoding order numbers, RFC 7798: single NAL unit
 * (section 4.4.1), aggregation packet (4.4.2), fragmentation unit (4.4.3).
 *
 * <pre>
 *  Aggregation packet                       Fragmentation unit
 *  +----------------+------+-------+--      +----------------+---------------+--
 *  | header type 48 | size | NAL 1 | ..     | header type 49 |S|E|  FuType   | ..
 *  +----------------+------+-------+--      +----------------+---------------+--
 * </pre>
 *
 * The buffer is borrowed from {@link #wrap} until the next one. All accessors need a successful
 * {@link #wrap}.
 */
public final class H265Payload {

    private static final int HEADER_BYTES = H265NalUnitType.HEADER_BYTES;
    private static final int AP_SIZE_BYTES = 2;
    private static final int FU_HEADERS_BYTES = HEADER_BYTES + 1;
    private static final int FU_START = 0x80;
    private static final int FIRST_SLICE_SEGMENT = 0x80;
    private static final int TID_MASK = 0x07;
    private static final int ABSENT = -1;

    private final H265SequenceParameters sequenceParameters = new H265SequenceParameters();
    private ByteBuf buffer = Unpooled.EMPTY_BUFFER;
    private int temporalLayer;
    private boolean hasVideoParameters;
    private boolean hasRandomAccessSlice;
    private boolean startsRandomAccessPicture;
    private int sequenceParametersIndex = ABSENT;
    private int sequenceParametersBytes;

    /**
     * Reads the RTP payload of {@code lengthBytes} bytes at the absolute {@code index}.
     *
     * @return false if a NAL unit is cut off, or is of a type that is not read
     */
    public boolean wrap(ByteBuf payload, int index, int lengthBytes) {
        buffer = payload;
        hasVideoParameters = false;
        hasRandomAccessSlice = false;
        startsRandomAccessPicture = false;
        sequenceParametersIndex = ABSENT;
        if (lengthBytes <= HEADER_BYTES || (payload.getByte(index + 1) & TID_MASK) == 0) {
            return false;
        }
        temporalLayer = (payload.getByte(index + 1) & TID_MASK) - 1;
        return switch (H265NalUnitType.of(payload.getByte(index))) {
            case H265NalUnitType.AGGREGATION ->
                    readAggregate(index + HEADER_BYTES, index + lengthBytes);
            case H265NalUnitType.FRAGMENTATION -> readFragment(index, lengthBytes);
            default -> readNalUnit(index, lengthBytes);
        };
    }

    /** The temporal layer, 0 to 6; of an aggregation packet the lowest inside. */
    public int temporalLayer() {
        return temporalLayer;
    }

    /** Whether a video parameter set is inside. */
    public boolean hasVideoParameters() {
        return hasVideoParameters;
    }

    /** Whether a sequence parameter set is inside. */
    public boolean hasSequenceParameters() {
        return sequenceParametersIndex != ABSENT;
    }

    /** Whether a slice of an IRAP picture (BLA, IDR or CRA), or a fragment of one, is inside. */
    public boolean hasRandomAccessSlice() {
        return hasRandomAccessSlice;
    }

    /** Whether the first slice segment of an IRAP picture begins inside. */
    public boolean startsRandomAccessPicture() {
        return startsRandomAccessPicture;
    }

    /**
     * Whether a key frame starts here: with its parameter sets, or with its first slice segment. A
     * sender that does not put all of them into one packet starts a key frame several times, at the
     * same timestamp.
     */
    public boolean startsKeyFrame() {
        return hasVideoParameters || hasSequenceParameters() || startsRandomAccessPicture;
    }

    /** The width in pixels that the sequence parameter set tells, or 0. */
    public int width() {
        return readSequenceParameters() ? sequenceParameters.width() : 0;
    }

    /** The height in pixels that the sequence parameter set tells, or 0. */
    public int height() {
        return readSequenceParameters() ? sequenceParameters.height() : 0;
    }

    private boolean readSequenceParameters() {
        return hasSequenceParameters()
                && sequenceParameters.wrap(
                        buffer, sequenceParametersIndex, sequenceParametersBytes);
    }

    private boolean readAggregate(int index, int end) {
        int next = index;
        while (next + AP_SIZE_BYTES < end) {
            int sizeBytes = buffer.getUnsignedShort(next);
            int nal = next + AP_SIZE_BYTES;
            if (sizeBytes > end - nal || !readNalUnit(nal, sizeBytes)) {
                return false;
            }
            next = nal + sizeBytes;
        }
        return next == end;
    }

    private boolean readNalUnit(int index, int lengthBytes) {
        if (!H265NalUnitType.isNalUnit(buffer, index, lengthBytes)) {
            return false;
        }
        int type = H265NalUnitType.of(buffer.getByte(index));
        hasVideoParameters |= type == H265NalUnitType.VIDEO_PARAMETER_SET;
        if (type == H265NalUnitType.SEQUENCE_PARAMETER_SET) {
            sequenceParametersIndex = index;
            sequenceParametersBytes = lengthBytes;
        }
        if (H265NalUnitType.isIrap(type) && lengthBytes > HEADER_BYTES) {
            onRandomAccessSlice(index + HEADER_BYTES);
        }
        return true;
    }

    private boolean readFragment(int index, int lengthBytes) {
        if (lengthBytes <= FU_HEADERS_BYTES) {
            return false;
        }
        int header = buffer.getByte(index + HEADER_BYTES);
        if (H265NalUnitType.isIrap(H265NalUnitType.ofFragment(header))) {
            hasRandomAccessSlice = true;
            if ((header & FU_START) != 0) {
                onRandomAccessSlice(index + FU_HEADERS_BYTES);
            }
        }
        return true;
    }

    private void onRandomAccessSlice(int sliceHeaderIndex) {
        hasRandomAccessSlice = true;
        startsRandomAccessPicture |= (buffer.getByte(sliceHeaderIndex) & FIRST_SLICE_SEGMENT) != 0;
    }
}
