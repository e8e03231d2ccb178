package dev.sluice.media.payload;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * Where the frames of an Opus packet are, RFC 6716 sections 3.2.1 to 3.2.5.
 *
 * <pre>
 *   code 0   | toc | frame |
 *   code 1   | toc | frame | frame of the same size |
 *   code 2   | toc | length of the first | frame | frame |
 *   code 3   | toc |v|p| count | padding length if p | lengths if v | frames | padding |
 * </pre>
 */
final class OpusFrames {

    static final int COUNT_MASK = 0x3F;

    private static final int VBR_BIT = 0x80;
    private static final int PADDING_BIT = 0x40;
    private static final int MAX_PADDING_STEP = 254;
    private static final int MIN_TWO_BYTE_LENGTH = 252;

    private final int[] indexes = new int[OpusPacket.MAX_FRAMES];
    private final int[] sizes = new int[OpusPacket.MAX_FRAMES];
    private ByteBuf buffer = Unpooled.EMPTY_BUFFER;
    private int count;

    /** Where parsing is, and where frames end and padding begins. */
    private int at;

    private int end;

    /**
     * Finds the frames of a packet of at least one byte; after anything but OK there are none.
     *
     * @param frameTicks how long one is, in ticks of 48 kHz
     */
    OpusStatus wrap(ByteBuf packet, int index, int packetSizeBytes, int frameTicks) {
        clear();
        buffer = packet;
        at = index + 1;
        end = index + packetSizeBytes;
        OpusStatus status =
                switch (packet.getByte(index) & 0x03) {
                    case 0 -> equalFrames(1, OpusStatus.FRAME_TOO_LARGE);
                    case 1 -> equalFrames(2, OpusStatus.UNEVEN_FRAMES);
                    case 2 -> twoFrames();
                    default -> manyFrames(frameTicks);
                };
        if (status != OpusStatus.OK) {
            clear();
        }
        return status;
    }

    /** Lets go of the buffer. */
    void clear() {
        buffer = Unpooled.EMPTY_BUFFER;
        count = 0;
    }

    int count() {
        return count;
    }

    /** The absolute index of a frame. */
    int index(int frame) {
        return indexes[checked(frame)];
    }

    int sizeBytes(int frame) {
        return sizes[checked(frame)];
    }

    private int checked(int frame) {
        if (frame < 0 || frame >= count) {
            throw new IndexOutOfBoundsException("Frame " + frame + " of " + count);
        }
        return frame;
    }

    private OpusStatus equalFrames(int frames, OpusStatus ifUneven) {
        int size = (end - at) / frames;
        if (size * frames != end - at) {
            return ifUneven;
        }
        count = frames;
        for (int i = 0; i < frames; i++) {
            place(i, size);
        }
        return size > OpusPacket.MAX_FRAME_SIZE_BYTES ? OpusStatus.FRAME_TOO_LARGE : OpusStatus.OK;
    }

    private OpusStatus twoFrames() {
        int first = readLength();
        if (first < 0 || first > end - at) {
            return OpusStatus.FIRST_FRAME_TOO_LARGE;
        }
        count = 2;
        place(0, first);
        place(1, end - at);
        return sizes[1] > OpusPacket.MAX_FRAME_SIZE_BYTES
                ? OpusStatus.FRAME_TOO_LARGE
                : OpusStatus.OK;
    }

    private OpusStatus manyFrames(int frameTicks) {
        int head = at < end ? buffer.getUnsignedByte(at++) : 0;
        int frames = head & COUNT_MASK;
        if (frames == 0 || frames * frameTicks > OpusPacket.MAX_DURATION_TICKS) {
            return OpusStatus.FRAME_COUNT;
        }
        boolean vbr = (head & VBR_BIT) != 0;
        if ((head & PADDING_BIT) != 0 && !dropPadding()) {
            return vbr ? OpusStatus.VBR_SIZE : OpusStatus.CBR_SIZE;
        }
        return vbr ? framesWithLengths(frames) : equalFrames(frames, OpusStatus.CBR_SIZE);
    }

    /** Reads the padding's length and takes it from the end; false when there is not so much. */
    private boolean dropPadding() {
        int padding = 0;
        int step;
        do {
            if (at >= end) {
                return false;
            }
            step = buffer.getUnsignedByte(at++);
            padding += Math.min(step, MAX_PADDING_STEP);
        } while (step > MAX_PADDING_STEP);
        end -= padding;
        return at <= end;
    }

    private OpusStatus framesWithLengths(int frames) {
        int known = 0;
        for (int i = 0; i < frames - 1; i++) {
            sizes[i] = readLength();
            if (sizes[i] < 0) {
                return OpusStatus.VBR_SIZE;
            }
            known += sizes[i];
        }
        int last = end - at - known;
        if (last < 0) {
            return OpusStatus.VBR_SIZE;
        }
        count = frames;
        sizes[frames - 1] = last;
        for (int i = 0; i < frames; i++) {
            place(i, sizes[i]);
        }
        return last > OpusPacket.MAX_FRAME_SIZE_BYTES ? OpusStatus.FRAME_TOO_LARGE : OpusStatus.OK;
    }

    /** A frame length of one or two bytes (section 3.2.1), or -1 when it is not complete. */
    private int readLength() {
        if (at >= end) {
            return -1;
        }
        int first = buffer.getUnsignedByte(at++);
        if (first < MIN_TWO_BYTE_LENGTH) {
            return first;
        }
        return at < end ? 4 * buffer.getUnsignedByte(at++) + first : -1;
    }

    private void place(int frame, int size) {
        indexes[frame] = at;
        sizes[frame] = size;
        at += size;
    }
}
