package dev.sluice.server.session;

import dev.sluice.media.ice.NetworkPath;
import dev.sluice.media.rtcp.NackView;
import dev.sluice.media.rtcp.ReportBlock;
import dev.sluice.media.rtp.RtpPacket;

import io.netty.buffer.ByteBuf;

/** What comes out of a {@link PeerSession}; the router takes it. */
public interface SessionSink {

    /** A datagram leaves; the buffer's ownership passes. */
    void transmit(ByteBuf datagram, NetworkPath path);

    /** Whether datagrams to the path can leave together, as one send that the kernel cuts. */
    boolean takesRuns(NetworkPath path);

    /** Datagrams leave together; the buffers are taken out of the run. */
    void transmitRun(DatagramRun run, NetworkPath path);

    /** The pacer has let go of packets; {@link MediaSender#flush} seals and sends them. */
    void onPacketsReleased(PeerSession session);

    /** A connectivity check proved that the peer can be reached on the path. */
    void onPathValidated(PeerSession session, NetworkPath path);

    /** Datagrams from the path are not the peer's any more. */
    void onPathRetired(PeerSession session, NetworkPath path);

    /** Checks that name the fragment are not answered any more. */
    void onUfragRetired(PeerSession session, String localUfrag);

    /** DTLS is done: media flows from now on. */
    void onConnected(PeerSession session, long nowNanos);

    /** The session has to be asked for its next deadline anew. */
    void onDeadlineMoved(PeerSession session);

    /** The session is over; nothing comes from it any more. */
    void onEnded(PeerSession session, EndReason reason, long nowNanos);

    /**
     * A media packet that is authentic, no duplicate and, if it was a retransmission, unwrapped;
     * borrowed.
     *
     * @param extendedSequence the packet's sequence number without the wrap
     */
    void onMedia(
            PeerSession session,
            IncomingStream stream,
            RtpPacket packet,
            long extendedSequence,
            long nowNanos);

    /**
     * A sequence number of a stream was used for something that is not forwarded, such as FEC:
     * viewers' numbers close up over it.
     */
    void onConsumed(
            PeerSession session, IncomingStream stream, long extendedSequence, long nowNanos);

    /** Loss on the publisher's way cannot be repaired: only a key frame helps. */
    void onRepairGivenUp(PeerSession session, IncomingStream stream, long nowNanos);

    /** The peer told its clock for a stream that it sends; the stream's statistics have it. */
    void onSenderReport(PeerSession session, IncomingStream stream, long nowNanos);

    /** The peer's view of a stream that we send. */
    void onReportBlock(PeerSession session, ReportBlock block, long nowNanos);

    /** What may be spent on media to the peer has changed; in bit/s. */
    void onEstimate(PeerSession session, long targetBps, long nowNanos);

    /**
     * The peer's network is to be probed and there is too little media for it: send about so many
     * bytes of padding by {@link MediaSender#sendPadding}, now.
     *
     * @return the bytes that were sent; 0 when there is nothing to pad with
     */
    int onPaddingWanted(PeerSession session, int bytes, int probeId, long nowNanos);

    /** The peer misses packets of a stream that we send. */
    void onNack(PeerSession session, NackView nack, long nowNanos);

    /**
     * The peer's feedback tells that a packet did not arrive; it may be late only.
     *
     * @param sequence as sent, 16 bits
     */
    void onReportedLost(PeerSession session, long ssrc, int sequence, long nowNanos);

    /** The peer wants a key frame of a stream that we send (PLI or FIR). */
    void onKeyFrameRequest(PeerSession session, long ssrc, long nowNanos);
}
