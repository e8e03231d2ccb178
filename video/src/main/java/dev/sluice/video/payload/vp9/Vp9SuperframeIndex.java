package dev.sluice.video.payload.vp9;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * A flyweight over the index at the end of a superframe, which holds several frames for one shown
 * picture: "VP9 Bitstream and Decoding Process Specification" annex B.
 *
 * <pre>
 *  0 1 2 3 4 5 6 7
 * +-+-+-+-+-+-+-+-+
 * |1 1 0| m |  n  |   n + 1 frames, m + 1 bytes for the size of each
 * +-+-+-+-+-+-+-+-+
 * |  frame size   |   (m + 1 bytes, little-endian; n + 1 times)
 * +-+-+-+-+-+-+-+-+
 * |1 1 0| m |  n  |   (as before the sizes)
 * +-+-+-+-+-+-+-+-+
 * </pre>
 */
public final class Vp9SuperframeIndex {

    /** The most frames that a superframe has. */
    public static final int MAX_FRAMES = 8;

    private static final int MARKER_MASK = 0xe0;
    private static final int MARKER = 0xc0;

    private ByteBuf buffer = Unpooled.EMPTY_BUFFER;
    private int sizesIndex;
    private int header;

    /**
     * Reads the index of a superframe of {@code lengthBytes} bytes at the absolute {@code index}.
     *
     * @return false if there is none, or if its frames are longer than what is before it
     */
    public boolean wrap(ByteBuf superframe, int index, int lengthBytes) {
        if (lengthBytes < 1) {
            return false;
        }
        buffer = superframe;
        header = superframe.getUnsignedByte(index + lengthBytes - 1);
        int framesBytes = lengthBytes - sizeBytes();
        if ((header & MARKER_MASK) != MARKER || framesBytes < 0) {
            return false;
        }
        sizesIndex = index + framesBytes + 1;
        return superframe.getUnsignedByte(sizesIndex - 1) == header && fits(framesBytes);
    }

    /** The number of frames, 1 to {@link #MAX_FRAMES}. */
    public int frames() {
        return (header & 0x07) + 1;
    }

    /** The bytes of the frame {@code number}, which counts from 0. */
    public int frameSizeBytes(int number) {
        int width = sizeWidth();
        int size = 0;
        for (int i = width - 1; i >= 0; i--) {
            size = size << 8 | buffer.getUnsignedByte(sizesIndex + number * width + i);
        }
        return size;
    }

    /** The bytes of the index itself. */
    public int sizeBytes() {
        return 2 + frames() * sizeWidth();
    }

    /**
     * Appends an index.
     *
     * @param frameSizesBytes begins with the size of each frame
     * @param frames how many of them count, 1 to {@link #MAX_FRAMES}
     * @return the bytes appended
     */
    public static int write(ByteBuf out, int[] frameSizesBytes, int frames) {
        int largest = 1;
        for (int i = 0; i < frames; i++) {
            largest = Math.max(largest, frameSizesBytes[i]);
        }
        int width = (Integer.SIZE - Integer.numberOfLeadingZeros(largest) + 7) / 8;
        int header = MARKER | ((width - 1) << 3) | (frames - 1);
        out.writeByte(header);
        for (int i = 0; i < frames; i++) {
            for (int shift = 0; shift < width * Byte.SIZE; shift += Byte.SIZE) {
                out.writeByte(frameSizesBytes[i] >> shift);
            }
        }
        out.writeByte(header);
        return 2 + frames * width;
    }

    private int sizeWidth() {
        return (header >> 3 & 0x03) + 1;
    }

    private boolean fits(int framesBytes) {
        long sum = 0;
        for (int i = 0; i < frames(); i++) {
            sum += Integer.toUnsignedLong(frameSizeBytes(i));
        }
        return sum <= framesBytes;
    }
}
