package dev.sluice.server.router;

import dev.sluice.media.rtp.ExtensionElement;
import dev.sluice.media.rtp.HeaderExtension;
import dev.sluice.media.rtp.HeaderExtensionMap;
import dev.sluice.media.rtp.RtpPacket;
import dev.sluice.server.session.PacketLayout;

import io.netty.buffer.ByteBuf;

/**
 * The header that packets of one stream to one viewer have in common: only the marker, the number
 * and the timestamp differ, and what is stamped when they leave.
 */
final class HeaderTemplate {

    private static final int TYPE_OFFSET = 1;
    private static final int SEQUENCE_OFFSET = 2;
    private static final int TIMESTAMP_OFFSET = 4;
    private static final int MARKER_BIT = 0x80;

    private final byte[] bytes;
    private final int payloadType;
    private final long ssrc;
    private final PacketLayout layout;

    /**
     * @param header with room for the stamps, and nothing behind it
     */
    HeaderTemplate(ByteBuf header, HeaderExtensionMap extensions) {
        RtpPacket read = new RtpPacket();
        if (!read.wrap(header)) {
            throw new IllegalArgumentException("Not an RTP header");
        }
        bytes = new byte[header.readableBytes()];
        header.getBytes(header.readerIndex(), bytes);
        payloadType = read.payloadType();
        ssrc = read.ssrc();
        layout =
                new PacketLayout(
                        extensions,
                        bytes.length,
                        place(read, extensions, HeaderExtension.TRANSPORT_WIDE_CC),
                        place(read, extensions, HeaderExtension.ABS_SEND_TIME));
    }

    private static int place(
            RtpPacket read, HeaderExtensionMap extensions, HeaderExtension extension) {
        int id = extensions.id(extension);
        int index = id == HeaderExtensionMap.ABSENT ? -1 : ExtensionElement.index(read, id);
        return index < 0 ? -1 : index - read.buffer().readerIndex();
    }

    boolean isOf(int otherPayloadType, long otherSsrc) {
        return payloadType == otherPayloadType && ssrc == otherSsrc;
    }

    PacketLayout layout() {
        return layout;
    }

    /** Writes a packet's header. */
    void write(ByteBuf out, boolean marker, int sequence, long timestamp) {
        int start = out.writerIndex();
        out.writeBytes(bytes);
        out.setShort(start + SEQUENCE_OFFSET, sequence);
        out.setInt(start + TIMESTAMP_OFFSET, (int) timestamp);
        if (marker) {
            out.setByte(start + TYPE_OFFSET, payloadType | MARKER_BIT);
        }
    }
}
