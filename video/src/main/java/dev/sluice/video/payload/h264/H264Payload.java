package dev.sluice.video.payload.h264;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * A flyweight over an H.264 payload in packetization mode 0 or 1, RFC 6184: single NAL unit
 * (section 5.6), STAP-A (5.7.1), FU-A (5.8).
 *
 * <pre>
 *  NAL unit header      STAP-A                          FU-A
 *  0 1 2 3 4 5 6 7      +--------+------+-------+--     +--------+---------------+--
 * +-+-+-+-+-+-+-+-+     | type 24| size | NAL 1 | ..    | type 28|S|E|R|  type   | ..
 * |F|NRI|  type   |     +--------+------+-------+--     +--------+---------------+--
 * +-+-+-+-+-+-+-+-+
 * </pre>
 *
 * The buffer is borrowed from {@link #wrap} until the next one. All accessors need a successful
 * {@link #wrap}.
 */
public final class H264Payload {

    private static final int NAL_HEADER_BYTES = 1;
    private static final int STAP_SIZE_BYTES = 2;
    private static final int FU_HEADERS_BYTES = 2;
    private static final int FU_START = 0x80;
    private static final int ABSENT = -1;

    /**
     * A slice header begins with first_mb_in_slice in Exp-Golomb code: a leading 1 is the value 0,
     * the top of the picture.
     */
    private static final int FIRST_MACROBLOCK_ZERO = 0x80;

    private final H264SequenceParameters sequenceParameters = new H264SequenceParameters();
    private ByteBuf buffer = Unpooled.EMPTY_BUFFER;
    private boolean hasIdrSlice;
    private boolean startsIdrPicture;
    private int sequenceParametersIndex = ABSENT;
    private int sequenceParametersBytes;

    /**
     * Reads the RTP payload of {@code lengthBytes} bytes at the absolute {@code index}.
     *
     * @return false if a NAL unit is cut off or has a type that these packetization modes do not
     *     have
     */
    public boolean wrap(ByteBuf payload, int index, int lengthBytes) {
        buffer = payload;
        hasIdrSlice = false;
        startsIdrPicture = false;
        sequenceParametersIndex = ABSENT;
        if (lengthBytes <= NAL_HEADER_BYTES) {
            return false;
        }
        return switch (NalUnitType.of(payload.getByte(index))) {
            case NalUnitType.STAP_A -> readAggregate(index + NAL_HEADER_BYTES, index + lengthBytes);
            case NalUnitType.FU_A -> readFragment(index, lengthBytes);
            default -> readNalUnit(index, lengthBytes);
        };
    }

    /** Whether a sequence parameter set is inside: what a decoder needs to begin. */
    public boolean hasSequenceParameters() {
        return sequenceParametersIndex != ABSENT;
    }

    /** Whether a slice of an IDR picture, or a fragment of one, is inside. */
    public boolean hasIdrSlice() {
        return hasIdrSlice;
    }

    /** Whether the first slice of an IDR picture begins inside. */
    public boolean startsIdrPicture() {
        return startsIdrPicture;
    }

    /**
     * Whether a key frame starts here: with its parameter sets, or with its first slice. A sender
     * that puts the parameter sets into a packet of their own starts a key frame twice, at the same
     * timestamp.
     */
    public boolean startsKeyFrame() {
        return hasSequenceParameters() || startsIdrPicture;
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
        while (next + STAP_SIZE_BYTES < end) {
            int sizeBytes = buffer.getUnsignedShort(next);
            int nalIndex = next + STAP_SIZE_BYTES;
            if (nalIndex + sizeBytes > end || !readNalUnit(nalIndex, sizeBytes)) {
                return false;
            }
            next = nalIndex + sizeBytes;
        }
        return next == end;
    }

    private boolean readNalUnit(int index, int lengthBytes) {
        if (lengthBytes < NAL_HEADER_BYTES) {
            return false;
        }
        int type = NalUnitType.of(buffer.getByte(index));
        if (type == NalUnitType.SEQUENCE_PARAMETER_SET) {
            sequenceParametersIndex = index;
            sequenceParametersBytes = lengthBytes;
        }
        if (type == NalUnitType.IDR_SLICE && lengthBytes > NAL_HEADER_BYTES) {
            onIdrSlice(index + NAL_HEADER_BYTES);
        }
        return type >= 1 && type <= NalUnitType.LAST_SINGLE;
    }

    private boolean readFragment(int index, int lengthBytes) {
        if (lengthBytes <= FU_HEADERS_BYTES) {
            return false;
        }
        int header = buffer.getByte(index + NAL_HEADER_BYTES);
        if (NalUnitType.of(header) == NalUnitType.IDR_SLICE) {
            hasIdrSlice = true;
            if ((header & FU_START) != 0) {
                onIdrSlice(index + FU_HEADERS_BYTES);
            }
        }
        return true;
    }

    private void onIdrSlice(int sliceHeaderIndex) {
        hasIdrSlice = true;
        startsIdrPicture |= (buffer.getByte(sliceHeaderIndex) & FIRST_MACROBLOCK_ZERO) != 0;
    }
}
