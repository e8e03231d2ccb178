package dev.sluice.server.router;

import dev.sluice.media.buffer.PacketRing;
import dev.sluice.media.receive.ReceptionStatistics;
import dev.sluice.media.rtcp.Nack;
import dev.sluice.media.rtcp.ReportBlock;
import dev.sluice.media.rtcp.SenderReport;
import dev.sluice.media.rtcp.SourceDescription;
import dev.sluice.media.rtp.MediaKind;
import dev.sluice.media.rtp.RtpPacket;
import dev.sluice.media.sdp.FormatMatch;
import dev.sluice.media.sdp.LocalTrack;
import dev.sluice.media.sdp.NegotiatedCodec;
import dev.sluice.media.sdp.NegotiatedMedia;
import dev.sluice.media.send.RetransmissionCache;
import dev.sluice.media.send.RtxWrapper;
import dev.sluice.media.send.SendStream;
import dev.sluice.media.time.Deadline;
import dev.sluice.server.session.DropReason;
import dev.sluice.server.session.IncomingStream;
import dev.sluice.server.session.LoopCounters;
import dev.sluice.server.session.PeerSession;
import dev.sluice.server.session.SessionSink;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * One media section of a viewer: follows a published track, gives its packets the viewer's numbers,
 * and answers what the viewer misses from the publisher's ring.
 */
final class SubscribedTrack {

    private static final long REPORT_INTERVAL_NANOS = 1_000_000_000L;

    private final NegotiatedMedia media;
    private final String cname;
    private final LoopCounters counters;
    private final HeaderRewriter rewriter;
    private final SourceMapping mapping;
    private final SendStream sent;
    private final RtxWrapper rtx;

    /** Datagrams as they went out, for viewers without RTX only. */
    private final PacketRing sealed = new PacketRing(RetransmissionCache.VIDEO_CAPACITY_PACKETS);

    private final RtpPacket kept = new RtpPacket();
    private final RtpPacket rewritten = new RtpPacket();

    private @Nullable PublishedTrack track;
    private @Nullable IncomingStream source;
    private @Nullable NegotiatedCodec sourceCodec;
    private @Nullable NegotiatedCodec viewerCodec;
    private long nextReportNanos = Deadline.NEVER;
    private boolean hasReported;

    /** How often the source has changed; packets of an earlier one cannot be sent again. */
    private int joins;

    SubscribedTrack(
            NegotiatedMedia media,
            LocalTrack local,
            HeaderRewriter rewriter,
            LoopCounters counters,
            RandomGenerator random) {
        this.media = media;
        this.cname = local.cname();
        this.counters = counters;
        this.rewriter = rewriter;
        int clockRateHz = media.codecs().getFirst().clockRateHz();
        this.mapping = new SourceMapping(clockRateHz, random);
        this.sent =
                new SendStream(
                        local.ssrc(), clockRateHz, RetransmissionCache.VIDEO_CAPACITY_PACKETS);
        this.rtx =
                new RtxWrapper(
                        local.rtxSsrc(),
                        media.codecs().getFirst().rtxPayloadType(),
                        random.nextInt(1 << 15));
    }

    MediaKind kind() {
        return media.kind();
    }

    long ssrc() {
        return sent.ssrc();
    }

    void follow(@Nullable PublishedTrack published) {
        track = published;
        source = null;
        sourceCodec = null;
        sealed.clear();
        nextReportNanos = Deadline.NEVER;
    }

    boolean follows(PublishedTrack published) {
        return track == published;
    }

    void forward(
            PeerSession session,
            IncomingStream stream,
            RtpPacket packet,
            MediaPacket media,
            long nowNanos,
            SessionSink out) {
        if (!selects(stream, packet, media, nowNanos)) {
            return;
        }
        NegotiatedCodec codec = viewerCodec(media.codec());
        if (codec == null) {
            counters.dropped(DropReason.NO_COMMON_FORMAT).increment();
            return;
        }
        int sequence = mapping.map(media.extendedSequence(), packet.timestamp(), nowNanos);
        ByteBuf rewrittenPacket = rewrite(packet, stream, codec, sequence);
        rewritten.wrap(rewrittenPacket);
        sent.onSent(rewritten, joins, media.extendedSequence());
        rewritten.clear();
        send(session, rewrittenPacket, codec, media.extendedSequence(), nowNanos, out);
    }

    private void send(
            PeerSession session,
            ByteBuf packet,
            NegotiatedCodec codec,
            long sourceSequence,
            long nowNanos,
            SessionSink out) {
        ByteBuf datagram = session.sealRtp(packet, media.extensions(), nowNanos);
        if (datagram != null) {
            if (isRepairedPlainly(codec)) {
                sealed.put(sourceSequence, datagram.retainedDuplicate());
            }
            session.sendSealed(datagram, out);
        }
    }

    /**
     * Without RTX the same datagram goes out again. It cannot be sealed anew: other stamps under
     * the same SRTP index would use a nonce twice, which gives the AES-GCM authentication key away.
     */
    private static boolean isRepairedPlainly(NegotiatedCodec codec) {
        return codec.nack() && codec.rtxPayloadType() < 0;
    }

    /**
     * Whether the packet is of the source that this viewer gets; joins a new one at a key frame.
     */
    private boolean selects(
            IncomingStream stream, RtpPacket packet, MediaPacket media, long nowNanos) {
        if (stream == source) {
            return !mapping.isBeforeJoin(media.extendedSequence());
        }
        if (track == null || stream != track.layer() || !media.startsKeyFrame()) {
            return false;
        }
        source = stream;
        joins++;
        sealed.clear();
        mapping.switchTo(media.extendedSequence(), packet.timestamp(), nowNanos);
        nextReportNanos = nowNanos;
        return true;
    }

    private @Nullable NegotiatedCodec viewerCodec(NegotiatedCodec published) {
        if (sourceCodec == null || published.payloadType() != sourceCodec.payloadType()) {
            sourceCodec = published;
            viewerCodec =
                    media.codecs().stream()
                            .filter(codec -> FormatMatch.same(published, codec))
                            .findFirst()
                            .orElse(null);
        }
        return viewerCodec;
    }

    private ByteBuf rewrite(
            RtpPacket packet, IncomingStream stream, NegotiatedCodec codec, int sequence) {
        return rewriter.rewrite(
                packet,
                stream.media().extensions(),
                codec.payloadType(),
                sequence,
                mapping.timestamp(packet.timestamp()),
                sent.ssrc());
    }

    /** Answers missing packets from the publisher's ring, each at most once per round trip. */
    void onNack(PeerSession session, Nack nack, long nowNanos, SessionSink out) {
        IncomingStream stream = source;
        NegotiatedCodec codec = viewerCodec;
        if (stream == null || codec == null) {
            return;
        }
        for (int sequence : nack.lost()) {
            if (isInCache(sequence, nowNanos)) {
                repair(session, stream, codec, sequence, nowNanos, out);
            }
        }
        kept.clear();
    }

    /** Places the cache on the packet with the number; of an earlier source none is left. */
    private boolean isInCache(int sequence, long nowNanos) {
        RetransmissionCache cache = sent.retransmissions();
        return cache.find(sequence, nowNanos) == RetransmissionCache.Answer.RESEND
                && cache.source() == joins;
    }

    private void repair(
            PeerSession session,
            IncomingStream stream,
            NegotiatedCodec codec,
            int sequence,
            long nowNanos,
            SessionSink out) {
        if (isRepairedPlainly(codec)) {
            resendSealed(session, out);
        } else if (codec.rtxPayloadType() >= 0) {
            resendWrapped(session, stream, codec, sequence, nowNanos, out);
        }
    }

    private void resendSealed(PeerSession session, SessionSink out) {
        ByteBuf datagram = sealed.get(sent.retransmissions().sourceSequence());
        if (datagram != null) {
            counters.retransmittedOut.increment();
            session.sendSealed(datagram.retainedDuplicate(), out);
        }
    }

    /** Makes the packet again from the publisher's ring and sends it as RTX. */
    private void resendWrapped(
            PeerSession session,
            IncomingStream stream,
            NegotiatedCodec codec,
            int sequence,
            long nowNanos,
            SessionSink out) {
        ByteBuf original = stream.receive().packet(sent.retransmissions().sourceSequence());
        if (original == null || !kept.wrap(original)) {
            return;
        }
        ByteBuf packet = rewrite(kept, stream, codec, sequence);
        rewritten.wrap(packet);
        ByteBuf repair = wrap(packet, codec.rtxPayloadType());
        rewritten.clear();
        counters.retransmittedOut.increment();
        session.sendRtp(repair, media.extensions(), nowNanos, out);
    }

    private ByteBuf wrap(ByteBuf packet, int rtxPayloadType) {
        ByteBuf wrapped = rewriter.allocate(packet.readableBytes() + RtxWrapper.OVERHEAD_BYTES);
        rtx.wrap(rewritten, rtxPayloadType, wrapped);
        packet.release();
        return wrapped;
    }

    /** Frees what is kept; the viewer has left. */
    void release() {
        sealed.clear();
    }

    void requestKeyFrame(long nowNanos, SessionSink out) {
        if (track != null) {
            track.requestKeyFrame(nowNanos, out);
        }
    }

    /** The publisher told his clock: the viewer's first report need not wait any longer. */
    void onSenderReport(IncomingStream stream, long nowNanos) {
        if (stream == source && !hasReported) {
            nextReportNanos = nowNanos;
        }
    }

    void onReportBlock(ReportBlock block, long nowNanos) {
        rewriter.onReceptionConfirmed();
        sent.onReportBlock(block, nowNanos);
    }

    void onDeadline(PeerSession session, long nowNanos, SessionSink out) {
        if (Deadline.isDue(nextReportNanos, nowNanos)) {
            nextReportNanos = nowNanos + REPORT_INTERVAL_NANOS;
            report(session, nowNanos, out);
        }
    }

    /** Nothing is said before the publisher has told his clock. */
    private void report(PeerSession session, long nowNanos, SessionSink out) {
        if (source == null) {
            return;
        }
        ReceptionStatistics published = source.receive().statistics();
        SenderReport told = published.lastSenderReport();
        if (told != null) {
            hasReported = true;
            SenderReport report =
                    sent.senderReport(
                            told,
                            published.lastSenderReportNanos(),
                            mapping.timestampOffset(),
                            nowNanos);
            session.sendRtcp(List.of(report, SourceDescription.ofCname(sent.ssrc(), cname)), out);
        }
    }

    long nextDeadlineNanos() {
        return nextReportNanos;
    }
}
