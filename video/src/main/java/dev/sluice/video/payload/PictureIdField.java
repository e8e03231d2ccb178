package dev.sluice.video.payload;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * A flyweight over the picture id that VP8 and VP9 share, RFC 7741 section 4.2 and RFC 9628 section
 * 4.2.
 *
 * <pre>
 *       0 1 2 3 4 5 6 7
 *      +-+-+-+-+-+-+-+-+
 *      |M| PictureID   |
 *      +-+-+-+-+-+-+-+-+
 *      |   PictureID   | (M = 1)
 *      +-+-+-+-+-+-+-+-+
 * </pre>
 */
public final class PictureIdField {

    /** The value of a field that the descriptor does not carry. */
    public static final int ABSENT = -1;

    private static final int WIDE = 0x80;
    private static final int WIDE_BYTES = 2;
    private static final int NARROW_BYTES = 1;

    private ByteBuf buffer = Unpooled.EMPTY_BUFFER;
    private int index = ABSENT;
    private int value = ABSENT;
    private boolean wide;

    /** Forgets the field: the descriptor has none. */
    public void clear() {
        index = ABSENT;
        value = ABSENT;
        wide = false;
    }

    /**
     * Reads the field at the absolute {@code start}.
     *
     * @return the index after the field, or {@code end} if it is cut off, and then there is none
     */
    public int wrap(ByteBuf payload, int start, int end) {
        clear();
        if (start >= end) {
            return end;
        }
        boolean isWide = (payload.getByte(start) & WIDE) != 0;
        if (isWide && start + 1 >= end) {
            return end;
        }
        buffer = payload;
        index = start;
        wide = isWide;
        value = isWide ? payload.getUnsignedShort(start) & 0x7fff : payload.getByte(start);
        return afterField();
    }

    /** The picture id, 7 or 15 bits, or {@link #ABSENT}. */
    public int value() {
        return value;
    }

    /** The absolute buffer index of the field, or {@link #ABSENT}. */
    public int index() {
        return index;
    }

    /** Whether the id has 15 bits (M); false when there is none. */
    public boolean wide() {
        return wide;
    }

    /**
     * Puts another id into the field, whose length stays: of a narrow field's id the low 7 bits
     * count.
     *
     * @throws IllegalStateException if there is no field
     */
    public void rewrite(int pictureId) {
        requirePresent();
        length().writeAt(buffer, index, pictureId);
        value = length().wrap(pictureId);
    }

    /**
     * Appends the payload from {@code start} to {@code end}, this field in it with 15 bits and
     * another id: a narrow field makes the payload a byte longer.
     *
     * @throws IllegalStateException if there is no field
     */
    public void copyWidened(ByteBuf out, int start, int end, int pictureId) {
        requirePresent();
        out.writeBytes(buffer, start, index - start);
        PictureIdLength.FIFTEEN_BITS.write(out, pictureId);
        out.writeBytes(buffer, afterField(), end - afterField());
    }

    private PictureIdLength length() {
        return wide ? PictureIdLength.FIFTEEN_BITS : PictureIdLength.SEVEN_BITS;
    }

    private int afterField() {
        return index + (wide ? WIDE_BYTES : NARROW_BYTES);
    }

    private void requirePresent() {
        if (index == ABSENT) {
            throw new IllegalStateException("the payload descriptor has no picture id");
        }
    }
}
