package dev.sluice.server.router;

import dev.sluice.media.buffer.PacketRing;
import dev.sluice.media.pacing.PacketPriority;
import dev.sluice.media.rtp.MediaKind;
import dev.sluice.media.rtp.RtpPacket;
import dev.sluice.media.sdp.NegotiatedCodec;
import dev.sluice.media.send.RtxWrapper;
import dev.sluice.server.session.IncomingStream;
import dev.sluice.server.session.LoopCounters;
import dev.sluice.server.session.MediaSender;
import dev.sluice.server.session.PacketLayout;
import dev.sluice.server.session.SessionSink;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

/**
 * How a viewer's packets leave and leave again: by RTX where it is negotiated, else as the datagram
 * that was sent before.
 *
 * <p>A packet that is sent again under its own number must be the same bytes: another one sealed
 * under a used index would give the key away (RFC 7714 section 8.4). So for viewers without RTX,
 * which are few, copies of the datagrams are kept, from the last key frame on; for all others the
 * publisher's ring is enough.
 */
final class RepairPath {

    /** One byte tells the size of the padding (RFC 3550 section 5.1). */
    private static final int MAX_PADDING_BYTES = 255;

    private final MediaSender sender;
    private final PacketLayout layout;
    private final RtxWrapper rtx;
    private final HeaderRewriter rewriter;
    private final LoopCounters counters;
    private final RtpPacket packet = new RtpPacket();
    private @Nullable PacketRing sentDatagrams;
    private long rtxPackets;
    private long rtxBytes;

    RepairPath(MediaSender sender, RtxWrapper rtx, HeaderRewriter rewriter, LoopCounters counters) {
        this.sender = sender;
        this.layout = rewriter.unknownLayout();
        this.rtx = rtx;
        this.rewriter = rewriter;
        this.counters = counters;
    }

    /**
     * Sends a packet for the first time; takes the buffer.
     *
     * @param stamps where its stamps stand
     * @param isProtected whether repair packets cover it
     */
    void send(
            ByteBuf media,
            PacketLayout stamps,
            NegotiatedCodec codec,
            boolean isProtected,
            long sourceSequence,
            long nowNanos,
            SessionSink out) {
        PacketPriority priority = priority(codec);
        boolean exact = isProtected || priority == PacketPriority.AUDIO;
        if (codec.nack() && codec.rtxPayloadType() < 0) {
            sender.sendAndKeep(
                    media,
                    stamps,
                    exact,
                    priority,
                    sentDatagrams(codec),
                    sourceSequence,
                    nowNanos,
                    out);
        } else {
            sender.send(media, stamps, exact, priority, nowNanos, out);
        }
    }

    private static PacketPriority priority(NegotiatedCodec codec) {
        return codec.codec().kind() == MediaKind.AUDIO
                ? PacketPriority.AUDIO
                : PacketPriority.VIDEO;
    }

    /** As many as are kept of the publisher's: what that ring has lost is not sent again. */
    private PacketRing sentDatagrams(NegotiatedCodec codec) {
        PacketRing ring = sentDatagrams;
        if (ring == null) {
            ring = new PacketRing(IncomingStream.ringPackets(codec.codec().kind()));
            sentDatagrams = ring;
        }
        return ring;
    }

    /** Sends a retransmission of the packet as the viewer should have got it; takes the buffer. */
    void sendByRtx(ByteBuf media, NegotiatedCodec codec, long nowNanos, SessionSink out) {
        counters.retransmittedOut.increment();
        ByteBuf repair = rtx(media, codec);
        sender.send(repair, layout, false, PacketPriority.RETRANSMISSION, nowNanos, out);
    }

    /** As {@link #sendByRtx}, at once and to probe the network; returns what it costs. */
    int padByRtx(ByteBuf media, NegotiatedCodec codec, int probeId, long nowNanos) {
        return sender.sendPadding(rtx(media, codec), layout, probeId, nowNanos);
    }

    private ByteBuf rtx(ByteBuf media, NegotiatedCodec codec) {
        packet.wrap(media);
        rtxPackets++;
        rtxBytes += packet.payloadSizeBytes();
        ByteBuf repair = rewriter.allocate(media.readableBytes() + RtxWrapper.OVERHEAD_BYTES);
        rtx.wrap(packet, codec.rtxPayloadType(), repair);
        packet.clear();
        media.release();
        return repair;
    }

    /** Sends a packet that protects others; takes the buffer. */
    void sendProtection(ByteBuf repair, long nowNanos, SessionSink out) {
        counters.fecPacketsOut.increment();
        sender.send(repair, layout, true, PacketPriority.VIDEO, nowNanos, out);
    }

    /**
     * Sends a datagram as it was sent before.
     *
     * @return false when it is not there any more
     */
    boolean sendAgain(long sourceSequence, long nowNanos, SessionSink out) {
        ByteBuf datagram = sentDatagrams == null ? null : sentDatagrams.get(sourceSequence);
        if (datagram == null) {
            return false;
        }
        counters.retransmittedOut.increment();
        sender.resend(datagram, nowNanos, out);
        return true;
    }

    /**
     * Sends padding on the SSRC of retransmissions, which nobody decodes.
     *
     * @return the bytes sent; 0 without such an SSRC
     */
    int pad(NegotiatedCodec codec, long timestamp, int bytes, int probeId, long nowNanos) {
        int sent = 0;
        while (codec.rtxPayloadType() >= 0 && sent < bytes) {
            ByteBuf padding =
                    rewriter.padding(
                            codec.rtxPayloadType(),
                            rtx.takeSequenceNumber(),
                            timestamp,
                            rtx.rtxSsrc(),
                            MAX_PADDING_BYTES);
            int cost = sender.sendPadding(padding, layout, probeId, nowNanos);
            if (cost == 0) {
                break;
            }
            sent += cost;
        }
        return sent;
    }

    /** Packets that were sent again by RTX. */
    long rtxPackets() {
        return rtxPackets;
    }

    /** The payloads of these, as they were sent first. */
    long rtxBytes() {
        return rtxBytes;
    }

    /** A key frame starts here: what was sent before it is asked for in vain. */
    void onKeyFrame(long sourceSequence) {
        if (sentDatagrams != null) {
            sentDatagrams.forgetBefore(sourceSequence);
        }
    }

    /** Lets go of the kept datagrams: the source has changed, or nobody watches any more. */
    void release() {
        if (sentDatagrams != null) {
            sentDatagrams.clear();
        }
    }
}
