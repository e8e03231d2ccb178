package dev.sluice.video.payload.nal;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

/**
 * Appends NAL units to a frame, each after a start code of 4 bytes.
 *
 * <p>A NAL unit that comes in fragments is written behind the readable bytes of the frame and
 * becomes readable with its last fragment. So one that breaks off leaves no trace in the frame, and
 * no byte is copied twice.
 */
public final class AnnexBWriter {

    private static final int START_CODE = 1;
    private static final int START_CODE_BYTES = 4;

    /** The frame that has a begun NAL unit behind its bytes; to be compared only, never read. */
    private @Nullable ByteBuf begunIn;

    private int beginIndex;
    private int begunBytes;

    /** Appends a whole NAL unit; a begun one is forgotten. */
    public void append(ByteBuf frame, ByteBuf from, int index, int lengthBytes) {
        reset();
        frame.writeInt(START_CODE);
        frame.writeBytes(from, index, lengthBytes);
    }

    /** Begins a NAL unit; the last {@code headerBytes} bytes of {@code header} are its header. */
    public void begin(ByteBuf frame, int header, int headerBytes) {
        begunIn = frame;
        beginIndex = frame.writerIndex();
        begunBytes = START_CODE_BYTES + headerBytes;
        frame.ensureWritable(begunBytes);
        frame.setInt(beginIndex, START_CODE);
        for (int i = 0; i < headerBytes; i++) {
            int shift = Byte.SIZE * (headerBytes - 1 - i);
            frame.setByte(beginIndex + START_CODE_BYTES + i, header >> shift);
        }
    }

    /** Whether a begun NAL unit can go on in {@code frame}, the same object that it began in. */
    @SuppressWarnings("ReferenceEquality")
    public boolean isBegunIn(ByteBuf frame) {
        return begunIn == frame && frame.writerIndex() == beginIndex;
    }

    /** The byte of the begun NAL unit at {@code offset} from its header on. */
    public int begunByte(ByteBuf frame, int offset) {
        return frame.getUnsignedByte(beginIndex + START_CODE_BYTES + offset);
    }

    /** Adds a fragment to the begun NAL unit; {@link #isBegunIn} has to be true. */
    public void add(ByteBuf frame, ByteBuf from, int index, int lengthBytes) {
        frame.ensureWritable(begunBytes + lengthBytes);
        frame.setBytes(beginIndex + begunBytes, from, index, lengthBytes);
        begunBytes += lengthBytes;
    }

    /** The begun NAL unit is whole. */
    public void end(ByteBuf frame) {
        frame.writerIndex(beginIndex + begunBytes);
        reset();
    }

    /** Forgets a begun NAL unit. */
    public void reset() {
        begunIn = null;
    }
}
