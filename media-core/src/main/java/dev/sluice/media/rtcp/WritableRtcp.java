package dev.sluice.media.rtcp;

import io.netty.buffer.ByteBuf;

/** An RTCP packet that can be sent as well as read. SSRCs are unsigned 32 bits throughout. */
public sealed interface WritableRtcp extends RtcpPacket
        permits SplittableRtcp,
                Bye,
                ApplicationDefined,
                Tmmbr,
                Tmmbn,
                TransportFeedback,
                PictureLossIndication,
                SliceLossIndication,
                ReferencePictureSelection,
                Remb,
                ApplicationLayerFeedback {

    /** On the wire, common header included; a multiple of 4. */
    int sizeBytes();

    /** Appends the packet, common header included. */
    void write(ByteBuf out);
}
