package dev.sluice.media.ice;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

import org.jspecify.annotations.Nullable;

/**
 * Datagrams in a byte stream (RFC 4571, section 2), as ICE uses TCP (RFC 6544, section 10.1).
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * |             LENGTH            |  LENGTH bytes: one datagram ...
 * +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * One instance reads one direction of one stream. Of a frame that has not come whole, at most
 * {@code maxFrameBytes} are kept.
 */
public final class StreamFraming {

    public static final int HEADER_SIZE_BYTES = 2;

    private static final int MAX_LENGTH = 0xFFFF;

    private final ByteBufAllocator allocator;
    private final int maxFrameBytes;
    private @Nullable ByteBuf partial;
    private boolean broken;

    /** Takes the datagrams that were in the stream. */
    @FunctionalInterface
    public interface Sink {

        /** A datagram; borrowed. Its bytes may be changed in place. */
        void onDatagram(ByteBuf datagram);
    }

    /**
     * @param maxFrameBytes of one datagram, 1..65535; a longer one breaks the stream
     */
    public StreamFraming(ByteBufAllocator allocator, int maxFrameBytes) {
        if (maxFrameBytes < 1 || maxFrameBytes > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "A frame has 1..65535 bytes at most, not " + maxFrameBytes);
        }
        this.allocator = allocator;
        this.maxFrameBytes = maxFrameBytes;
    }

    /**
     * Reads what has arrived; the buffer is borrowed and read to its end. Frames without bytes mean
     * nothing and are skipped.
     *
     * @return false when a frame is too long: nothing of the stream can be read any more, and its
     *     connection should be closed
     */
    public boolean onBytes(ByteBuf received, Sink out) {
        while (!broken && received.isReadable()) {
            ByteBuf begun = partial;
            if (begun != null) {
                continueFrame(begun, received, out);
            } else if (isWhole(received)) {
                int length = received.readUnsignedShort();
                deliver(received.readSlice(length), out);
            } else {
                begin(received);
            }
        }
        received.skipBytes(received.readableBytes());
        return !broken;
    }

    /** Whether the next frame is there with its header; one too long counts as not. */
    private boolean isWhole(ByteBuf received) {
        if (received.readableBytes() < HEADER_SIZE_BYTES) {
            return false;
        }
        int length = received.getUnsignedShort(received.readerIndex());
        return length <= maxFrameBytes && received.readableBytes() >= HEADER_SIZE_BYTES + length;
    }

    private void begin(ByteBuf received) {
        partial = allocator.buffer(HEADER_SIZE_BYTES + maxFrameBytes);
        if (received.readableBytes() < HEADER_SIZE_BYTES) {
            partial.writeBytes(received);
        } else {
            partial.writeBytes(received, HEADER_SIZE_BYTES);
            breakIfTooLong(partial);
        }
    }

    private void continueFrame(ByteBuf begun, ByteBuf received, Sink out) {
        if (begun.readableBytes() < HEADER_SIZE_BYTES) {
            begun.writeBytes(received, 1);
            if (breakIfTooLong(begun)) {
                return;
            }
        }
        int length = begun.getUnsignedShort(begun.readerIndex());
        int missing = HEADER_SIZE_BYTES + length - begun.readableBytes();
        begun.writeBytes(received, Math.min(missing, received.readableBytes()));
        if (begun.readableBytes() == HEADER_SIZE_BYTES + length) {
            // The sink may end the stream, which releases what is kept.
            partial = null;
            try {
                deliver(begun.skipBytes(HEADER_SIZE_BYTES), out);
            } finally {
                begun.release();
            }
        }
    }

    private boolean breakIfTooLong(ByteBuf begun) {
        if (begun.getUnsignedShort(begun.readerIndex()) > maxFrameBytes) {
            broken = true;
            release();
        }
        return broken;
    }

    private static void deliver(ByteBuf datagram, Sink out) {
        if (datagram.isReadable()) {
            out.onDatagram(datagram);
        }
    }

    /** The stream has ended: gives back what was kept. */
    public void release() {
        if (partial != null) {
            partial.release();
            partial = null;
        }
    }

    /**
     * Writes a datagram's header; the datagram follows.
     *
     * @param sizeBytes 0..65535
     */
    public static void writeHeader(ByteBuf out, int sizeBytes) {
        if (sizeBytes < 0 || sizeBytes > MAX_LENGTH) {
            throw new IllegalArgumentException("A frame has 0..65535 bytes, not " + sizeBytes);
        }
        out.writeShort(sizeBytes);
    }
}
