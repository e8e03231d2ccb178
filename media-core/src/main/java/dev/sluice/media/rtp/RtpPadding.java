package dev.sluice.media.rtp;

import io.netty.buffer.ByteBuf;

/**
 * Bytes behind a packet's payload that do not belong to it, RFC 3550 section 5.1, announced by the
 * P bit of the header. The last one tells how many they are, itself included; the others are zeros.
 *
 * <pre>
 *   +---------+-----------------------+-------+
 *   | payload | 0 to 254 bytes of 0   | count |
 *   +---------+-----------------------+-------+
 * </pre>
 */
public final class RtpPadding {

    private static final int MAX_SIZE_BYTES = 255;

    private RtpPadding() {}

    /** Appends padding with its count byte; nothing for a size of 0. */
    public static void write(ByteBuf out, int sizeBytes) {
        if (sizeBytes > 0) {
            out.writeZero(sizeBytes - 1);
            out.writeByte(sizeBytes);
        }
    }

    /**
     * Gives a packet padding of exactly this size instead of what it has, 0 for none; false, with
     * nothing changed, when the buffer cannot grow. For a packet whose padding has been read.
     *
     * @param sizeBytes with the count byte, 0 to 255
     */
    public static boolean replace(RtpPacket packet, int sizeBytes) {
        if (sizeBytes < 0 || sizeBytes > MAX_SIZE_BYTES) {
            throw new IllegalArgumentException("Padding of " + sizeBytes + " bytes, not 0 to 255");
        }
        ByteBuf buffer = packet.buffer();
        if (sizeBytes - packet.paddingSizeBytes() > buffer.maxWritableBytes()) {
            return false;
        }
        buffer.writerIndex(packet.payloadIndex() + packet.payloadSizeBytes());
        write(buffer, sizeBytes);
        packet.hasPadding(sizeBytes > 0);
        return packet.readPadding();
    }

    /**
     * With the count byte, as the last of a packet's bytes in the clear tells it, or -1 when that
     * is 0 or more than there is.
     *
     * @param availableBytes behind the header
     */
    static int sizeBytes(ByteBuf packet, int availableBytes) {
        int count = availableBytes == 0 ? 0 : packet.getUnsignedByte(packet.writerIndex() - 1);
        return count == 0 || count > availableBytes ? -1 : count;
    }
}
