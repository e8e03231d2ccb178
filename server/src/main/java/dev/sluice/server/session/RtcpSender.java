package dev.sluice.server.session;

import dev.sluice.media.rtcp.CompoundPacker;
import dev.sluice.media.rtcp.SourceDescription;
import dev.sluice.media.rtcp.WritableRtcp;

import io.netty.buffer.ByteBuf;

import java.util.List;

/** The way of RTCP to a peer: packed, protected and sent, and counted by what it asks for. */
final class RtcpSender {

    /** RTCP compounds stay below what any path carries. */
    private static final int MTU_BYTES = 1200;

    /** Room for a compound and its SRTCP index and tag. */
    private static final int CAPACITY_BYTES = MTU_BYTES + 64;

    private final SessionSetup setup;
    private final PeerTransport transport;
    private final EgressPath egress;
    private final CompoundPacker packer;
    private final FeedbackCounts asked = new FeedbackCounts();

    RtcpSender(SessionSetup setup, PeerTransport transport, EgressPath egress) {
        this.setup = setup;
        this.transport = transport;
        this.egress = egress;
        this.packer = packer(setup);
    }

    private static CompoundPacker packer(SessionSetup setup) {
        return setup.negotiated().reducedSizeRtcp()
                ? CompoundPacker.reducedSize(MTU_BYTES)
                : CompoundPacker.compound(
                        MTU_BYTES,
                        setup.reportSsrc(),
                        SourceDescription.ofCname(setup.reportSsrc(), setup.cname()));
    }

    /** Sends the packets in one datagram, or in several where they do not fit. */
    void send(List<? extends WritableRtcp> packets, SessionSink out) {
        packets.forEach(asked::onPacket);
        for (List<WritableRtcp> datagram : packer.pack(packets)) {
            ByteBuf compound = setup.allocator().directBuffer(CAPACITY_BYTES);
            datagram.forEach(packet -> packet.write(compound));
            if (egress.prepareRtcp(compound)) {
                transport.transmit(compound, out);
            }
        }
    }

    /** What the peer was asked for. */
    FeedbackCounts asked() {
        return asked;
    }
}
