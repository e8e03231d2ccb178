package dev.sluice.server.router;

import dev.sluice.media.buffer.PacketRing;
import dev.sluice.media.rtp.HeaderExtensionMap;
import dev.sluice.media.rtp.RtpPacket;
import dev.sluice.media.sdp.NegotiatedCodec;
import dev.sluice.media.send.RetransmissionCache;
import dev.sluice.media.send.RtxWrapper;
import dev.sluice.server.session.LoopCounters;
import dev.sluice.server.session.PeerSession;
import dev.sluice.server.session.SessionSink;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

/**
 * How a viewer's packets leave and leave again: by RTX where it is negotiated, else as the datagram
 * that was sent before.
 *
 * <p>A packet that is sent again under its own number must be the same bytes: another one sealed
 * under a used index would give the key away (RFC 7714 section 8.4). So for viewers without RTX,
 * which are few, the datagrams are kept; for all others the publisher's ring is enough.
 */
final class RepairPath {

    private final HeaderExtensionMap extensions;
    private final RtxWrapper rtx;
    private final HeaderRewriter rewriter;
    private final LoopCounters counters;
    private final RtpPacket packet = new RtpPacket();
    private @Nullable PacketRing sentDatagrams;

    RepairPath(
            HeaderExtensionMap extensions,
            RtxWrapper rtx,
            HeaderRewriter rewriter,
            LoopCounters counters) {
        this.extensions = extensions;
        this.rtx = rtx;
        this.rewriter = rewriter;
        this.counters = counters;
    }

    /** Sends a packet for the first time; takes the buffer. */
    void send(
            PeerSession session,
            ByteBuf media,
            NegotiatedCodec codec,
            long sourceSequence,
            long nowNanos,
            SessionSink out) {
        if (codec.nack() && codec.rtxPayloadType() < 0) {
            session.sendRtp(media, extensions, nowNanos, out, sentDatagrams(), sourceSequence);
        } else {
            session.sendRtp(media, extensions, nowNanos, out);
        }
    }

    private PacketRing sentDatagrams() {
        PacketRing ring = sentDatagrams;
        if (ring == null) {
            ring = new PacketRing(RetransmissionCache.VIDEO_CAPACITY_PACKETS);
            sentDatagrams = ring;
        }
        return ring;
    }

    /** Sends a retransmission of the packet as the viewer should have got it; takes the buffer. */
    void sendByRtx(
            PeerSession session,
            ByteBuf media,
            NegotiatedCodec codec,
            long nowNanos,
            SessionSink out) {
        counters.retransmittedOut.increment();
        packet.wrap(media);
        ByteBuf repair = rewriter.allocate(media.readableBytes() + RtxWrapper.OVERHEAD_BYTES);
        rtx.wrap(packet, codec.rtxPayloadType(), repair);
        packet.clear();
        media.release();
        session.sendRtp(repair, extensions, nowNanos, out);
    }

    /**
     * Sends a datagram as it was sent before.
     *
     * @return false when it is not there any more
     */
    boolean sendAgain(PeerSession session, long sourceSequence, SessionSink out) {
        ByteBuf datagram = sentDatagrams().get(sourceSequence);
        if (datagram == null) {
            return false;
        }
        counters.retransmittedOut.increment();
        session.resend(datagram, out);
        return true;
    }

    /** Lets go of the kept datagrams: the source has changed, or nobody watches any more. */
    void release() {
        if (sentDatagrams != null) {
            sentDatagrams.clear();
        }
    }
}
