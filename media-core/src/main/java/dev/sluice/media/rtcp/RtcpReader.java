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
            int size = RtcpHeader.packetSizeBytes(datagram, at, end);
            RtcpPacket packet = size < 0 ? null : readPacket(datagram, at, size);
            if (packet == null) {
                return RtcpStatus.MALFORMED;
            }
            sink.accept(packet);
            at += size;
        }
        return RtcpStatus.OK;
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
            case RtcpHeader.APPLICATION_DEFINED -> ApplicationDefined.read(body, count);
            case RtcpHeader.TRANSPORT_LAYER_FEEDBACK -> readTransportLayer(count, body);
            case RtcpHeader.PAYLOAD_SPECIFIC_FEEDBACK -> readPayloadSpecific(count, body);
            case RtcpHeader.EXTENDED_REPORT -> ExtendedReport.read(body);
            default -> new UnknownRtcp(type, count);
        };
    }

    private static @Nullable RtcpPacket readTransportLayer(int format, ByteBuf body) {
        return switch (format) {
            case Nack.FORMAT -> Nack.read(body);
            case Tmmbr.FORMAT -> Tmmbr.read(body);
            case Tmmbn.FORMAT -> Tmmbn.read(body);
            case CongestionControlFeedback.FORMAT -> CongestionControlFeedback.read(body);
            case TransportFeedback.FORMAT -> TransportFeedback.read(body);
            default -> new UnknownRtcp(RtcpHeader.TRANSPORT_LAYER_FEEDBACK, format);
        };
    }

    private static @Nullable RtcpPacket readPayloadSpecific(int format, ByteBuf body) {
        return switch (format) {
            case PictureLossIndication.FORMAT -> PictureLossIndication.read(body);
            case SliceLossIndication.FORMAT -> SliceLossIndication.read(body);
            case ReferencePictureSelection.FORMAT -> ReferencePictureSelection.read(body);
            case FullIntraRequest.FORMAT -> FullIntraRequest.read(body);
            case ApplicationLayerFeedback.FORMAT ->
                    Remb.isRemb(body) ? Remb.read(body) : ApplicationLayerFeedback.read(body);
            default -> new UnknownRtcp(RtcpHeader.PAYLOAD_SPECIFIC_FEEDBACK, format);
        };
    }
}
