package dev.sluice.video.payload.nal;

import io.netty.buffer.ByteBuf;

import java.util.Arrays;

/**
 * Where the NAL units of a frame are. It keeps indices, not bytes, and its memory from frame to
 * frame.
 */
public final class NalUnits {

    private static final int FIRST_CAPACITY = 16;
    private static final int START_CODE_BYTES = 3;
    private static final int LENGTH_BYTES = 4;

    private int[] indices = new int[FIRST_CAPACITY];
    private int[] lengths = new int[FIRST_CAPACITY];
    private int count;

    /**
     * Finds the NAL units in the readable bytes of {@code frame}; borrowed, its indices are not
     * moved. Empty ones are left out.
     *
     * @return false if the bytes are not framed so, or there is no NAL unit
     */
    public boolean read(ByteBuf frame, NalFraming framing) {
        count = 0;
        boolean framed =
                switch (framing) {
                    case ANNEX_B -> readByteStream(frame);
                    case LENGTH_PREFIXED -> readLengthPrefixed(frame);
                };
        return framed && count > 0;
    }

    public int count() {
        return count;
    }

    /** The absolute buffer index of the NAL unit's header. */
    public int index(int position) {
        return indices[position];
    }

    /** The size of the NAL unit with its header, at least 1. */
    public int lengthBytes(int position) {
        return lengths[position];
    }

    /** Sections B.1 and B.2: zeros may stand before and after each NAL unit. */
    private boolean readByteStream(ByteBuf frame) {
        int end = frame.writerIndex();
        int startCode = startCode(frame, frame.readerIndex(), end);
        if (startCode == end || !isZero(frame, frame.readerIndex(), startCode)) {
            return false;
        }
        while (startCode < end) {
            int index = startCode + START_CODE_BYTES;
            startCode = startCode(frame, index, end);
            add(index, withoutTrailingZeros(frame, index, startCode) - index);
        }
        return true;
    }

    private boolean readLengthPrefixed(ByteBuf frame) {
        int next = frame.readerIndex();
        int end = frame.writerIndex();
        while (end - next >= LENGTH_BYTES) {
            long lengthBytes = frame.getUnsignedInt(next);
            next += LENGTH_BYTES;
            if (lengthBytes > end - next) {
                return false;
            }
            add(next, (int) lengthBytes);
            next += (int) lengthBytes;
        }
        return next == end;
    }

    private void add(int index, int lengthBytes) {
        if (lengthBytes == 0) {
            return;
        }
        if (count == indices.length) {
            indices = Arrays.copyOf(indices, 2 * count);
            lengths = Arrays.copyOf(lengths, 2 * count);
        }
        indices[count] = index;
        lengths[count] = lengthBytes;
        count++;
    }

    /** The index of the next 00 00 01, or {@code end}. */
    private static int startCode(ByteBuf frame, int from, int end) {
        int index = from;
        while (index + START_CODE_BYTES <= end) {
            int last = frame.getUnsignedByte(index + 2);
            if (last == 0) {
                index++;
            } else if (last == 1 && frame.getByte(index) == 0 && frame.getByte(index + 1) == 0) {
                return index;
            } else {
                index += START_CODE_BYTES; // no start code has this byte before its last
            }
        }
        return end;
    }

    private static boolean isZero(ByteBuf frame, int from, int to) {
        return withoutTrailingZeros(frame, from, to) == from;
    }

    private static int withoutTrailingZeros(ByteBuf frame, int from, int to) {
        int end = to;
        while (end > from && frame.getByte(end - 1) == 0) {
            end--;
        }
        return end;
    }
}
