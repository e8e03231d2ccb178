package dev.sluice.media.rtcp;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import java.util.function.Consumer;

/**
 * Reads the RTCP packets of one datagram: compound packets (RFC 3550 section 6.1) and reduced-size
 * ones (RFC 5506), which may begin with any packet.
 */
public final class RtcpReader {

    private RtcpReader() {}

    /**
     * Hands the packets in the readable bytes to the sink, in order. The buffer's indices stay as
     * they are.
     */
    public static RtcpStatus read(ByteBuf datagram, Consumer<? super RtcpPacket> sink) {
        int at = datagram.readerIndex();
        int end = datagram.writerIndex();
        if (at == end) {
            return RtcpStatus.MALFORMED;
        }
        while (at < end) {
            int size = packetSizeBytes(datagram, at, end);
            RtcpPacket packet = size < 0 ? null : readPacket(datagram, at, size);
            if (packet == null) {
                return RtcpStatus.MALFORMED;
            }
            sink.accept(packet);
            at += size;
        }
        return RtcpStatus.OK;
    }

    /** The size of the packet at an index by its header, or -1 when it has none or does not fit. */
    private static int packetSizeBytes(ByteBuf datagram, int at, int end) {
        if (end - at < RtcpHeader.SIZE_BYTES
                || (datagram.getByte(at) & RtcpHeader.VERSION_MASK) != RtcpHeader.VERSION_BITS) {
            return -1;
        }
        int size = 4 * (datagram.getUnsignedShort(at + RtcpHeader.LENGTH_OFFSET) + 1);
        return size > end - at ? -1 : size;
    }

    private static @Nullable RtcpPacket readPacket(ByteBuf datagram, int at, int size) {
        int first = datagram.getUnsignedByte(at);
        int type = datagram.getUnsignedByte(at + RtcpHeader.TYPE_OFFSET);
        int bodySize = size - RtcpHeader.SIZE_BYTES;
        if ((first & RtcpHeader.PADDING_BIT) != 0) {
            int padding = bodySize == 0 ? 0 : datagram.getUnsignedByte(at + size - 1);
            // RFC 3550 6.4.1 wants a multiple of four; libwebrtc pads transport feedback by 1 to 3.
            if (padding == 0 || padding > bodySize) {
                return null;
            }
            bodySize -= padding;
        }
        ByteBuf body = datagram.slice(at + RtcpHeader.SIZE_BYTES, bodySize);
        return readBody(type, first & RtcpHeader.COUNT_MASK, body);
    }

    private static @Nullable RtcpPacket readBody(int type, int count, ByteBuf body) {
        return switch (type) {
            case RtcpHeader.SENDER_REPORT -> SenderReport.read(body, count);
            case RtcpHeader.RECEIVER_REPORT -> ReceiverReport.read(body, count);
            case RtcpHeader.SOURCE_DESCRIPTION -> SourceDescription.read(body, count);
            case RtcpHeader.BYE -> Bye.read(body, count);
            case RtcpHeader.TRANSPORT_LAYER_FEEDBACK -> readTransportLayer(count, body);
            case RtcpHeader.PAYLOAD_SPECIFIC_FEEDBACK -> readPayloadSpecific(count, body);
            default -> new UnknownRtcp(type, count);
        };
    }

    private static @Nullable RtcpPacket readTransportLayer(int format, ByteBuf body) {
        return switch (format) {
            case Nack.FORMAT -> Nack.read(body);
            case TransportFeedback.FORMAT -> TransportFeedback.read(body);
            default -> new UnknownRtcp(RtcpHeader.TRANSPORT_LAYER_FEEDBACK, format);
        };
    }

    private static @Nullable RtcpPacket readPayloadSpecific(int format, ByteBuf body) {
        return switch (format) {
            case PictureLossIndication.FORMAT -> PictureLossIndication.read(body);
            case FullIntraRequest.FORMAT -> FullIntraRequest.read(body);
            case Remb.FORMAT ->
                    Remb.isRemb(body) ? Remb.read(body) : unknownPayloadSpecific(format);
            default -> unknownPayloadSpecific(format);
        };
    }

    private static RtcpPacket unknownPayloadSpecific(int format) {
        return new UnknownRtcp(RtcpHeader.PAYLOAD_SPECIFIC_FEEDBACK, format);
    }
}
