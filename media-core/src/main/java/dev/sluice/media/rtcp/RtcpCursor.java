package dev.sluice.media.rtcp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.jspecify.annotations.Nullable;

import java.util.Objects;

/**
 * Goes over the RTCP packets of one datagram after the other: compound packets (RFC 3550 section
 * 6.1) and reduced-size ones (RFC 5506), which may begin with any packet. Made once and used for
 * many; what comes often, transport-wide feedback and NACKs, makes no object.
 *
 * <pre>
 *     cursor.start(datagram);
 *     while (cursor.next()) { ... }
 * </pre>
 */
public final class RtcpCursor {

    private final TransportFeedbackView transportFeedback = new TransportFeedbackView();
    private final NackView nack = new NackView();
    private ByteBuf datagram = Unpooled.EMPTY_BUFFER;
    private int at;
    private int end;
    private boolean isTransportFeedback;
    private boolean isNack;
    private @Nullable RtcpPacket packet;
    private RtcpStatus status = RtcpStatus.OK;

    /** Begins with the readable bytes, which are borrowed; the indices stay as they are. */
    public void start(ByteBuf datagram) {
        this.datagram = datagram;
        at = datagram.readerIndex();
        end = datagram.writerIndex();
        status = at == end ? RtcpStatus.MALFORMED : RtcpStatus.OK;
    }

    /** Goes to the next packet; false when there is none, or none that is well-formed. */
    public boolean next() {
        int size = at < end ? RtcpHeader.packetSizeBytes(datagram, at, end) : 0;
        boolean isRead = size > 0 && read(size);
        if (isRead) {
            at += size;
        } else {
            status = at < end ? RtcpStatus.MALFORMED : status;
            at = end;
            packet = null;
            datagram = Unpooled.EMPTY_BUFFER;
        }
        return isRead;
    }

    /** Whether all packets so far were well-formed, and there was one. */
    public RtcpStatus status() {
        return status;
    }

    /** Whether the packet is transport-wide feedback. */
    public boolean isTransportFeedback() {
        return isTransportFeedback;
    }

    /** The packet, where it is transport-wide feedback; until {@link #next}. */
    public TransportFeedbackView transportFeedback() {
        return transportFeedback;
    }

    /** Whether the packet is a generic NACK. */
    public boolean isNack() {
        return isNack;
    }

    /** The packet, where it is a generic NACK; until {@link #next}. */
    public NackView nack() {
        return nack;
    }

    /** The packet as a value. */
    public RtcpPacket packet() {
        if (isTransportFeedback) {
            return transportFeedback.toValue();
        }
        return isNack ? nack.toValue() : Objects.requireNonNull(packet);
    }

    private boolean read(int size) {
        int first = datagram.getUnsignedByte(at);
        int type = datagram.getUnsignedByte(at + RtcpHeader.TYPE_OFFSET);
        int bodySize = size - RtcpHeader.SIZE_BYTES;
        if ((first & RtcpHeader.PADDING_BIT) != 0) {
            int padding = bodySize == 0 ? 0 : datagram.getUnsignedByte(at + size - 1);
            // RFC 3550 6.4.1 wants a multiple of four; libwebrtc pads transport feedback by 1 to 3.
            if (padding == 0 || padding > bodySize) {
                return false;
            }
            bodySize -= padding;
        }
        return readBody(type, first & RtcpHeader.COUNT_MASK, bodySize);
    }

    private boolean readBody(int type, int count, int size) {
        int from = at + RtcpHeader.SIZE_BYTES;
        boolean isTransportLayer = type == RtcpHeader.TRANSPORT_LAYER_FEEDBACK;
        isTransportFeedback = isTransportLayer && count == TransportFeedback.FORMAT;
        isNack = isTransportLayer && count == Nack.FORMAT;
        if (isTransportFeedback || isNack) {
            return readView(from, size);
        }
        packet = RtcpReader.readBody(type, count, datagram.slice(from, size));
        return packet != null;
    }

    /** Reads without a slice, which would be an object. */
    private boolean readView(int from, int size) {
        int readerIndex = datagram.readerIndex();
        int writerIndex = datagram.writerIndex();
        datagram.setIndex(from, from + size);
        boolean isRead = isNack ? nack.read(datagram) : transportFeedback.read(datagram);
        datagram.setIndex(readerIndex, writerIndex);
        return isRead;
    }
}
