package dev.sluice.server.router;

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
import dev.sluice.server.session.RoundTrip;
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
    private final RepairPath repairs;
    private final RtpPacket kept = new RtpPacket();
    private final RtpPacket rewritten = new RtpPacket();

    private @Nullable PublishedTrack track;
    private @Nullable IncomingStream source;
    private @Nullable NegotiatedCodec sourceCodec;
    private @Nullable NegotiatedCodec viewerCodec;
    private long nextReportNanos = Deadline.NEVER;
    private boolean hasReported;
    private LayerWish wish = LayerWish.AUTOMATIC;

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
        RtxWrapper rtx =
                new RtxWrapper(
                        local.rtxSsrc(),
                        media.codecs().getFirst().rtxPayloadType(),
                        random.nextInt(1 << 15));
        this.repairs = new RepairPath(media.extensions(), rtx, rewriter, counters);
    }

    MediaKind kind() {
        return media.kind();
    }

    long ssrc() {
        return sent.ssrc();
    }

    NegotiatedMedia media() {
        return media;
    }

    SendStream sent() {
        return sent;
    }

    /** What the viewer wants of the layers. */
    LayerWish wish() {
        return wish;
    }

    void wish(LayerWish wanted) {
        wish = wanted;
    }

    /** What it follows; null while nobody publishes. */
    @Nullable PublishedTrack track() {
        return track;
    }

    /** The stream that is forwarded; null before its first key frame. */
    @Nullable IncomingStream source() {
        return source;
    }

    /** The round trip that the viewer's reports tell. */
    RoundTrip roundTrip() {
        return sent.rttMeasurements() == 0
                ? RoundTrip.UNKNOWN
                : new RoundTrip(
                        sent.rttNanos(),
                        sent.rttSumNanos(),
                        sent.rttMeasurements(),
                        sent.lastReportNanos());
    }

    OutboundRtpStats stats(PeerSession session) {
        return new OutboundRtpStats(
                sent.ssrc(),
                media.kind(),
                media.mid(),
                viewerCodec,
                source != null,
                source == null ? "" : source.rid(),
                sent.packets().value() + repairs.rtxPackets(),
                sent.octets().value() + repairs.rtxBytes(),
                sent.resentPackets() + repairs.rtxPackets(),
                sent.resentBytes() + repairs.rtxBytes(),
                session.askedOfUs(sent.ssrc()),
                wish,
                sent.lastReport(),
                roundTrip());
    }

    void follow(@Nullable PublishedTrack published) {
        track = published;
        source = null;
        sourceCodec = null;
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
        if (stream != source) {
            if (canJoin(stream, media)) {
                join(stream, packet, media, nowNanos);
                pass(
                        session,
                        stream,
                        packet,
                        media.codec(),
                        media.extendedSequence(),
                        nowNanos,
                        out);
                catchUp(session, stream, media.extendedSequence(), nowNanos, out);
            }
        } else if (!mapping.isBeforeJoin(media.extendedSequence())) {
            pass(session, stream, packet, media.codec(), media.extendedSequence(), nowNanos, out);
        }
    }

    /** A new source can be joined at a key frame. */
    private boolean canJoin(IncomingStream stream, MediaPacket media) {
        return track != null && stream == track.layer() && media.startsKeyFrame();
    }

    private void join(IncomingStream stream, RtpPacket packet, MediaPacket media, long nowNanos) {
        source = stream;
        joins++;
        release();
        mapping.switchTo(media.extendedSequence(), packet.timestamp(), nowNanos);
        nextReportNanos = nowNanos;
    }

    /** Where the key frame's start came late, what it should have come before follows it. */
    private void catchUp(
            PeerSession session,
            IncomingStream stream,
            long joinedSequence,
            long nowNanos,
            SessionSink out) {
        long highest = stream.receive().highestSequence();
        for (long sequence = joinedSequence + 1; sequence <= highest; sequence++) {
            ByteBuf later = stream.receive().packet(sequence);
            if (later != null && kept.wrap(later)) {
                NegotiatedCodec codec = stream.codec(kept.payloadType());
                if (codec != null) {
                    pass(session, stream, kept, codec, sequence, nowNanos, out);
                }
            }
        }
        kept.clear();
    }

    private void pass(
            PeerSession session,
            IncomingStream stream,
            RtpPacket packet,
            NegotiatedCodec published,
            long extendedSequence,
            long nowNanos,
            SessionSink out) {
        NegotiatedCodec codec = viewerCodec(published);
        if (codec == null) {
            counters.dropped(DropReason.NO_COMMON_FORMAT).increment();
            return;
        }
        int sequence = mapping.map(extendedSequence, packet.timestamp(), nowNanos);
        ByteBuf rewrittenPacket = rewrite(packet, stream, codec, sequence);
        rewritten.wrap(rewrittenPacket);
        sent.onSent(rewritten, joins, extendedSequence);
        rewritten.clear();
        repairs.send(session, rewrittenPacket, codec, extendedSequence, nowNanos, out);
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

    void onNack(PeerSession session, Nack nack, long nowNanos, SessionSink out) {
        IncomingStream stream = source;
        NegotiatedCodec codec = viewerCodec;
        if (stream != null && codec != null) {
            for (int sequence : nack.lost()) {
                ByteBuf original = original(stream, sequence, nowNanos);
                if (original != null && kept.wrap(original)) {
                    repair(session, stream, codec, sequence, nowNanos, out);
                }
            }
            kept.clear();
        }
    }

    /**
     * The published packet behind a number that the viewer misses, at most once per round trip; of
     * an earlier source none is left.
     */
    private @Nullable ByteBuf original(IncomingStream stream, int sequence, long nowNanos) {
        RetransmissionCache cache = sent.retransmissions();
        return cache.find(sequence, nowNanos) == RetransmissionCache.Answer.RESEND
                        && cache.source() == joins
                ? stream.receive().packet(cache.sourceSequence())
                : null;
    }

    private void repair(
            PeerSession session,
            IncomingStream stream,
            NegotiatedCodec codec,
            int sequence,
            long nowNanos,
            SessionSink out) {
        if (codec.rtxPayloadType() >= 0) {
            ByteBuf packet = rewrite(kept, stream, codec, sequence);
            repairs.sendByRtx(session, packet, codec, nowNanos, out);
        } else if (repairs.sendAgain(
                session, sent.retransmissions().sourceSequence(), nowNanos, out)) {
            sent.onResent(kept);
        }
    }

    /**
     * Sends padding to probe the viewer's network.
     *
     * @return the bytes sent; 0 where the track has nothing to pad with
     */
    int pad(PeerSession session, int bytes, int probeId, long nowNanos) {
        NegotiatedCodec codec = viewerCodec;
        return codec == null
                ? 0
                : repairs.pad(session, codec, mapping.lastTimestamp(), bytes, probeId, nowNanos);
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

    /** Returns the round trip that the viewer's reports tell, or -1. */
    long onReportBlock(ReportBlock block, long nowNanos) {
        rewriter.onReceptionConfirmed();
        sent.onReportBlock(block, nowNanos);
        return sent.rttNanos();
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

    /** Lets go of what is kept for retransmission. */
    void release() {
        repairs.release();
    }
}
