package dev.sluice.video.payload;

import io.netty.buffer.ByteBuf;

/**
 * How a sender numbers its pictures: RFC 7741 section 4.2 and RFC 9628 section 4.2, bits I and M.
 */
public enum PictureIdLength {
    /** Pictures carry no id. */
    NONE(0, 0),
    SEVEN_BITS(1, 0x7f),
    FIFTEEN_BITS(2, 0x7fff);

    private static final int WIDE = 0x8000;

    private final int sizeBytes;
    private final int mask;

    PictureIdLength(int sizeBytes, int mask) {
        this.sizeBytes = sizeBytes;
        this.mask = mask;
    }

    /** The bytes of the field, 0 to 2. */
    public int sizeBytes() {
        return sizeBytes;
    }

    /** The id that the picture after {@code pictureId} has; the highest is followed by 0. */
    public int next(int pictureId) {
        return pictureId + 1 & mask;
    }

    /** What remains of {@code pictureId} in a field of this length. */
    public int wrap(int pictureId) {
        return pictureId & mask;
    }

    /** Appends the field, with the M bit that tells its length. */
    public void write(ByteBuf out, int pictureId) {
        switch (this) {
            case NONE -> {}
            case SEVEN_BITS -> out.writeByte(wrap(pictureId));
            case FIFTEEN_BITS -> out.writeShort(WIDE | wrap(pictureId));
        }
    }

    /** Puts the field at an absolute index, over what is there. */
    void writeAt(ByteBuf buffer, int index, int pictureId) {
        switch (this) {
            case NONE -> {}
            case SEVEN_BITS -> buffer.setByte(index, wrap(pictureId));
            case FIFTEEN_BITS -> buffer.setShort(index, WIDE | wrap(pictureId));
        }
    }
}
