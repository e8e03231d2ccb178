package dev.sluice.server.session;

import dev.sluice.media.rtcp.RtcpDatagrams;
import dev.sluice.media.rtcp.WritableRtcp;

import io.netty.buffer.ByteBuf;

import java.util.List;

/** The way of RTCP to a peer: packed, protected and sent, and counted by what it asks for. */
final class RtcpSender {

    private final PeerTransport transport;
    private final EgressPath egress;
    private final RtcpDatagrams datagrams;
    private final FeedbackCounts asked = new FeedbackCounts();

    RtcpSender(SessionSetup setup, PeerTransport transport, EgressPath egress) {
        this.transport = transport;
        this.egress = egress;
        this.datagrams =
                new RtcpDatagrams(
                        setup.allocator(),
                        setup.negotiated().reducedSizeRtcp(),
                        setup.reportSsrc(),
                        setup.cname());
    }

    /** Sends the packets in one datagram, or in several where they do not fit. */
    void send(List<? extends WritableRtcp> packets, SessionSink out) {
        packets.forEach(asked::onPacket);
        datagrams.write(packets, datagram -> protectAndSend(datagram, out));
    }

    private void protectAndSend(ByteBuf datagram, SessionSink out) {
        if (egress.prepareRtcp(datagram)) {
            transport.transmit(datagram, out);
        }
    }

    /** What the peer was asked for. */
    FeedbackCounts asked() {
        return asked;
    }
}
