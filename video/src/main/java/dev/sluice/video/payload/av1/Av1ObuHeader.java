package dev.sluice.video.payload.av1;

import dev.sluice.media.bits.Leb128;

import io.netty.buffer.ByteBuf;

/**
 * A flyweight over the header of an open bitstream unit (OBU), AV1 specification sections 5.3.1 to
 * 5.3.3.
 *
 * <pre>
 *  0 1 2 3 4 5 6 7
 * +-+-+-+-+-+-+-+-+
 * |0| type  |X|S|-|
 * +-+-+-+-+-+-+-+-+
 * | TID |SID|-|-|-|   (X = 1)
 * +-+-+-+-+-+-+-+-+
 * |   obu_size    |   (S = 1; leb128)
 * +-+-+-+-+-+-+-+-+
 * </pre>
 *
 * All accessors need a successful {@link #wrap}.
 */
public final class Av1ObuHeader {

    static final int HAS_SIZE = 0x02;
    private static final int FORBIDDEN = 0x80;
    private static final int HAS_EXTENSION = 0x04;

    private final Leb128 size = new Leb128();
    private int first;
    private int extension;
    private int payloadIndex;
    private int payloadSizeBytes;

    /**
     * Reads the header of a unit at the absolute {@code index}, which without a size goes on until
     * {@code end}.
     *
     * @return false if the unit does not end there, or has the forbidden bit
     */
    public boolean wrap(ByteBuf buffer, int index, int end) {
        if (index >= end) {
            return false;
        }
        first = buffer.getUnsignedByte(index);
        payloadIndex = index + 1;
        if ((first & FORBIDDEN) != 0 || (hasExtension() && payloadIndex >= end)) {
            return false;
        }
        extension = hasExtension() ? buffer.getUnsignedByte(payloadIndex++) : 0;
        return hasSize() ? readSize(buffer, end) : readRest(end);
    }

    /** One of {@link Av1ObuType}, 0 to 15. */
    public int type() {
        return first >> 3 & 0x0f;
    }

    /** Whether the unit belongs to one layer. */
    public boolean hasExtension() {
        return (first & HAS_EXTENSION) != 0;
    }

    /** Whether the unit carries its own size. */
    public boolean hasSize() {
        return (first & HAS_SIZE) != 0;
    }

    /** The temporal layer, 0 to 7; 0 without an extension. */
    public int temporalId() {
        return extension >> 5;
    }

    /** The spatial layer, 0 to 3; 0 without an extension. */
    public int spatialId() {
        return extension >> 3 & 0x03;
    }

    /** The absolute index of the bytes after the header. */
    public int payloadIndex() {
        return payloadIndex;
    }

    /** The bytes after the header. */
    public int payloadSizeBytes() {
        return payloadSizeBytes;
    }

    /** The absolute index after the unit. */
    public int end() {
        return payloadIndex + payloadSizeBytes;
    }

    /** The bytes of the header without a size. */
    int sizelessBytes() {
        return hasExtension() ? 2 : 1;
    }

    /** Appends the header as it was read, without its size. */
    void writeWithoutSize(ByteBuf out) {
        out.writeByte(first & ~HAS_SIZE);
        writeExtension(out);
    }

    /** Appends the header as it was read, with the size of the unit. */
    void writeWithSize(ByteBuf out) {
        out.writeByte(first | HAS_SIZE);
        writeExtension(out);
        Leb128.write(out, payloadSizeBytes);
    }

    private void writeExtension(ByteBuf out) {
        if (hasExtension()) {
            out.writeByte(extension);
        }
    }

    private boolean readSize(ByteBuf buffer, int end) {
        if (!size.wrap(buffer, payloadIndex, end) || size.value() > end - size.next()) {
            return false;
        }
        payloadIndex = size.next();
        payloadSizeBytes = (int) size.value();
        return true;
    }

    private boolean readRest(int end) {
        payloadSizeBytes = end - payloadIndex;
        return true;
    }
}
