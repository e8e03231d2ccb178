package dev.sluice.media.rtp;

import io.netty.buffer.ByteBuf;

/** Moves bytes within one buffer, ranges that overlap too, and allocates nothing on any buffer. */
final class ByteShift {

    private ByteShift() {}

    static void move(ByteBuf buffer, int from, int to, int count) {
        if (to < from) {
            moveLeft(buffer, from, to, count);
        } else if (to > from) {
            moveRight(buffer, from, to, count);
        }
    }

    private static void moveLeft(ByteBuf buffer, int from, int to, int count) {
        int done = 0;
        for (; done <= count - Long.BYTES; done += Long.BYTES) {
            buffer.setLong(to + done, buffer.getLong(from + done));
        }
        for (; done < count; done++) {
            buffer.setByte(to + done, buffer.getByte(from + done));
        }
    }

    private static void moveRight(ByteBuf buffer, int from, int to, int count) {
        int left = count;
        for (; left >= Long.BYTES; left -= Long.BYTES) {
            buffer.setLong(to + left - Long.BYTES, buffer.getLong(from + left - Long.BYTES));
        }
        for (; left > 0; left--) {
            buffer.setByte(to + left - 1, buffer.getByte(from + left - 1));
        }
    }
}
