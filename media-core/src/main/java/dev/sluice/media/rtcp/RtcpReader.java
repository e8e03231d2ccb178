package dev.sluice.media.rtcp;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import java.util.function.Consumer;

/** Reads the RTCP packets of one datagram as values; {@link RtcpCursor} goes over them. */
public final class RtcpReader {

    private RtcpReader() {}

    /**
     * Hands the packets in the readable bytes to the sink, in order. The buffer's indices stay as
     * they are.
     */
    public static RtcpStatus read(ByteBuf datagram, Consumer<? super RtcpPacket> sink) {
        var cursor = new RtcpCursor();
        cursor.start(datagram);
        while (cursor.next()) {
            sink.accept(cursor.packet());
        }
        return cursor.status();
    }

    /** The packet of a type with what follows its header; null when that breaks the format. */
    static @Nullable RtcpPacket readBody(int type, int count, ByteBuf body) {
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
            case Tmmbr.FORMAT -> Tmmbr.read(body);
            case Tmmbn.FORMAT -> Tmmbn.read(body);
            case CongestionControlFeedback.FORMAT -> CongestionControlFeedback.read(body);
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
