package dev.sluice.media.rtcp;

import io.netty.buffer.ByteBuf;

/**
 * RRTR, RFC 3611 section 4.4: the clock of a receiver that sends no SR; a {@link DlrrBlock} answers
 * it, and the receiver knows the round trip.
 *
 * <pre>
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |     BT=4      |   reserved    |       block length = 2        |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |              NTP timestamp, most significant word             |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 *   |             NTP timestamp, least significant word             |
 *   +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
 * </pre>
 *
 * @param ntpTime 64 bits, see {@link dev.sluice.media.time.NtpTime}
 */
public record ReceiverReferenceTimeBlock(long ntpTime) implements XrBlock {

    static final int TYPE = 4;
    static final int CONTENT_BYTES = 8;

    static ReceiverReferenceTimeBlock read(ByteBuf content) {
        return new ReceiverReferenceTimeBlock(content.readLong());
    }

    @Override
    public int blockType() {
        return TYPE;
    }

    @Override
    public int sizeBytes() {
        return HEAD_SIZE_BYTES + CONTENT_BYTES;
    }

    @Override
    public void write(ByteBuf out) {
        XrBlock.writeHead(out, TYPE, 0, CONTENT_BYTES);
        out.writeLong(ntpTime);
    }
}
