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
import dev.sluice.media.seq.SequenceNumbers;
import dev.sluice.media.time.Deadline;
import dev.sluice.server.session.DropReason;
import dev.sluice.server.session.IncomingStream;
import dev.sluice.server.session.LoopCounters;
import dev.sluice.server.session.NetworkEstimate;
import dev.sluice.server.session.PeerSession;
import dev.sluice.server.session.RoundTrip;
import dev.sluice.server.session.SessionSink;
import dev.sluice.video.layer.LayerSelector;
import dev.sluice.video.rewrite.PacketNumbers;
import dev.sluice.video.rewrite.StreamRewriter;

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

    /** The loss ratio from which on answers to NACKs are sent twice. */
    private static final double REPEATED_ANSWER_LOSS = 0.02;

    /** Less padding than this is sent without a payload. */
    private static final int MIN_REPEATED_BYTES = 300;

    /** The latest packets, one after the other, serve as padding. */
    private static final int REPEATED_PACKETS = 16;

    /** More than a session has, see {@code StreamTable}. */
    private static final int MAX_STREAMS = 64;

    private final PeerSession session;
    private final NegotiatedMedia media;
    private final String cname;
    private final LoopCounters counters;
    private final HeaderRewriter rewriter;
    private final LayerTarget target = new LayerTarget();
    private final LayerSelector selector = new LayerSelector();
    private final StreamRewriter numbering;
    private final PacketNumbers numbers = new PacketNumbers();
    private final SendStream sent;
    private final RepairPath repairs;
    private final TrackProtection protection;
    private final MediaPacket keptMedia = new MediaPacket();
    private final RtpPacket kept = new RtpPacket();
    private final RtpPacket rewritten = new RtpPacket();

    private @Nullable PublishedTrack track;

    /** The stream whose packets the viewer gets; null before the first, and while paused. */
    private @Nullable PublishedStream source;

    private @Nullable NegotiatedCodec sourceCodec;
    private @Nullable NegotiatedCodec viewerCodec;
    private long nextReportNanos = Deadline.NEVER;
    private boolean hasReported;
    private LayerWish wish = LayerWish.AUTOMATIC;

    private int repeated;

    /** Where the viewer's last key frame begins, without the wrap; -1 before the first. */
    private long keyFrameSequence = -1;

    /** How many tracks were followed; packets of an earlier one cannot be sent again. */
    private int followed;

    SubscribedTrack(
            PeerSession session,
            NegotiatedMedia media,
            LocalTrack local,
            HeaderRewriter rewriter,
            LoopCounters counters,
            RandomGenerator random) {
        this.session = session;
        this.media = media;
        this.cname = local.cname();
        this.counters = counters;
        this.rewriter = rewriter;
        int clockRateHz = media.codecs().getFirst().clockRateHz();
        int capacity = RetransmissionCache.VIDEO_CAPACITY_PACKETS;
        this.numbering = new StreamRewriter(clockRateHz, capacity, random);
        this.sent = new SendStream(local.ssrc(), clockRateHz, capacity);
        RtxWrapper rtx =
                new RtxWrapper(
                        local.rtxSsrc(),
                        media.codecs().getFirst().rtxPayloadType(),
                        random.nextInt(1 << 15));
        this.repairs = new RepairPath(session, media.extensions(), rtx, rewriter, counters);
        this.protection =
                new TrackProtection(
                        media, local, rewriter, () -> (int) numbering.insert() & 0xFFFF, random);
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
        return source == null ? null : source.incoming();
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

    OutboundRtpStats stats() {
        return new OutboundRtpStats(
                sent.ssrc(),
                media.kind(),
                media.mid(),
                viewerCodec,
                source != null,
                source == null ? "" : source.incoming().rid(),
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
        if (track != null) {
            track.remove(this);
        }
        if (published != null) {
            published.add(this);
        }
        track = published;
        followed++;
        source = null;
        sourceCodec = null;
        target.best();
        nextReportNanos = Deadline.NEVER;
    }

    boolean follows(PublishedTrack published) {
        return track == published;
    }

    /**
     * The layers that the viewer can be given now, from the lowest to the highest; empty where the
     * publisher sends nothing.
     */
    List<TrackLayer> layers(long nowNanos) {
        return track == null ? List.of() : track.ladder(nowNanos);
    }

    /** Of these, what the viewer wants; the lowest in any case. */
    List<TrackLayer> wishedLayers(long nowNanos) {
        List<TrackLayer> layers = layers(nowNanos);
        List<TrackLayer> wished = layers.stream().filter(layer -> layer.suits(wish)).toList();
        return wished.isEmpty() && !layers.isEmpty() ? List.of(layers.getFirst()) : wished;
    }

    /** Whether the viewer gets nothing because there is no room for it. */
    boolean isPaused() {
        return target.isNothing();
    }

    /**
     * Which of the layers the viewer gets now.
     *
     * @return its place among {@code layers}, or {@link TrackClaim#PAUSED} when he gets none
     */
    int currentLayer(List<TrackLayer> layers) {
        PublishedStream stream = source;
        if (stream == null || layers.isEmpty()) {
            return TrackClaim.PAUSED;
        }
        int current = 0;
        for (int i = 0; i < layers.size(); i++) {
            TrackLayer layer = layers.get(i);
            boolean isGot =
                    layer.stream() == stream
                            && layer.spatialId() <= selector.spatialId()
                            && layer.temporalId() <= selector.temporalId();
            current = isGot ? i : current;
        }
        return current;
    }

    /** Another encoding is to come, and what comes until then is too much: it ends now. */
    void holdBack(TrackLayer layer) {
        if (source != null && layer.stream() != source) {
            source = null;
        }
    }

    /** Gives the viewer a layer as soon as that is possible, or nothing for null. */
    void target(@Nullable TrackLayer layer, long nowNanos, SessionSink out) {
        if (layer == null) {
            target.nothing();
            source = null;
        } else {
            target.layer(layer);
        }
        aim(nowNanos, out);
    }

    /** Gives the viewer the best that the publisher sends; so it is until told otherwise. */
    void targetBest(long nowNanos, SessionSink out) {
        target.best();
        aim(nowNanos, out);
    }

    private void aim(long nowNanos, SessionSink out) {
        PublishedTrack from = track;
        PublishedStream wanted = from == null ? null : target.stream(from, nowNanos);
        if (from != null && wanted != null) {
            aim(from, wanted, nowNanos, out);
        }
    }

    /**
     * Sets the layers of the stream that the viewer is on, and asks for the key frame to change.
     */
    private void aim(PublishedTrack from, PublishedStream wanted, long nowNanos, SessionSink out) {
        if (wanted == source) {
            selector.target(target.spatialId(wanted), target.temporalId(wanted));
        } else if (source != null && from.order().rank(wanted) < from.order().rank(source)) {
            // On the way down the least of the old stream, until the new one can be joined.
            selector.target(0, 0);
        }
        if (needsKeyFrame(wanted, nowNanos) && !wanted.keyFrames().waiting()) {
            from.requestKeyFrame(wanted, nowNanos, out);
        }
    }

    /** A stream is joined at a key frame, and a spatial layer that is sent mostly so, too. */
    private boolean needsKeyFrame(PublishedStream wanted, long nowNanos) {
        if (wanted != source) {
            return true;
        }
        int next = selector.spatialId() + 1;
        return next <= target.spatialId(wanted)
                && next < wanted.rates().spatialLayers()
                && wanted.rates().isAlive(next, 0, nowNanos);
    }

    /** Whether the viewer gets the layer or is to get it. */
    boolean needs(TrackLayer layer, long nowNanos) {
        PublishedStream stream = layer.stream();
        boolean isWanted =
                track != null
                        && target.stream(track, nowNanos) == stream
                        && layer.spatialId() <= target.spatialId(stream)
                        && layer.temporalId() <= target.temporalId(stream);
        boolean isGot =
                isOn(stream)
                        && layer.spatialId() <= selector.spatialId()
                        && layer.temporalId() <= selector.temporalId();
        return isWanted || isGot;
    }

    /** Whether the viewer is given packets of the stream. */
    boolean isOn(PublishedStream stream) {
        return source == stream;
    }

    void forward(MediaPacket media, long nowNanos, SessionSink out) {
        PublishedTrack from = track;
        PublishedStream wanted = from == null ? null : target.stream(from, nowNanos);
        if (from == null || wanted == null) {
            return;
        }
        PublishedStream stream = media.stream();
        if (stream == wanted && stream != source && media.startsKeyFrame()) {
            join(media, nowNanos);
            pass(media, nowNanos, out);
            catchUp(stream, media.extendedSequence(), nowNanos, out);
        } else if (stream == source) {
            pass(media, nowNanos, out);
        }
        if (stream == wanted) {
            aim(from, wanted, nowNanos, out);
        }
    }

    private void join(MediaPacket media, long nowNanos) {
        PublishedStream stream = media.stream();
        RtpPacket packet = media.packet();
        IncomingStream before = source == null ? null : source.incoming();
        source = stream;
        numbering.begin(
                sourceId(stream),
                media.extendedSequence(),
                packet.timestamp(),
                SenderClocks.inOther(
                        packet.timestamp(), stream.incoming(), before, media.codec().clockRateHz()),
                nowNanos);
        selector.target(target.spatialId(stream), target.temporalId(stream));
        selector.begin(media.layers(), media.extendedSequence(), packet.timestamp());
        nextReportNanos = nowNanos;
    }

    private int sourceId(PublishedStream stream) {
        return followed * MAX_STREAMS + stream.id();
    }

    /** The stream behind a source's number, if it is of the track that is followed now. */
    private @Nullable PublishedStream stream(int sourceId) {
        return track != null && sourceId / MAX_STREAMS == followed
                ? track.stream(sourceId % MAX_STREAMS)
                : null;
    }

    /** Where the key frame's start came late, what it should have come before follows it. */
    private void catchUp(
            PublishedStream stream, long joinedSequence, long nowNanos, SessionSink out) {
        long highest = stream.incoming().receive().highestSequence();
        for (long sequence = joinedSequence + 1; sequence <= highest; sequence++) {
            if (readKept(stream, sequence)) {
                pass(keptMedia, nowNanos, out);
            }
        }
        kept.clear();
    }

    /** Reads a packet out of the publisher's ring; false when it is not there. */
    private boolean readKept(PublishedStream stream, long sequence) {
        ByteBuf buffer = stream.incoming().receive().packet(sequence);
        if (buffer == null || !kept.wrap(buffer)) {
            return false;
        }
        NegotiatedCodec codec = stream.incoming().codec(kept.payloadType());
        if (codec != null) {
            stream.read(codec, kept, sequence, keptMedia);
        }
        return codec != null;
    }

    /** Sends the packet with the viewer's numbers, or leaves it out of them. */
    private void pass(MediaPacket media, long nowNanos, SessionSink out) {
        NegotiatedCodec codec = viewerCodec(media.codec());
        if (codec == null) {
            counters.dropped(DropReason.NO_COMMON_FORMAT).increment();
            return;
        }
        RtpPacket packet = media.packet();
        long sequence = media.extendedSequence();
        boolean isPadding = kind() == MediaKind.VIDEO && packet.payloadSizeBytes() == 0;
        if (isPadding) {
            fill(numbering.consume(sequence), codec, nowNanos, out);
        } else if (!selector.admits(media.layers(), sequence, packet.timestamp())) {
            fill(numbering.leaveOut(media.layers(), sequence), codec, nowNanos, out);
        } else if (number(media, nowNanos)) {
            send(media, codec, nowNanos, out);
        } else {
            fill(numbering.consume(sequence), codec, nowNanos, out);
        }
    }

    private boolean number(MediaPacket media, long nowNanos) {
        return numbering.forward(
                media.layers(),
                selector,
                media.extendedSequence(),
                media.packet().timestamp(),
                media.packet().marker(),
                nowNanos,
                numbers);
    }

    private void send(MediaPacket media, NegotiatedCodec codec, long nowNanos, SessionSink out) {
        ByteBuf rewrittenPacket = rewrite(media, codec);
        rewritten.wrap(rewrittenPacket);
        sent.onSent(rewritten, numbers.source(), numbers.sourceSequence());
        noteKeyFrame(media);
        ByteBuf leaving = protection.onPacket(rewritten, rewrittenPacket);
        rewritten.clear();
        repairs.send(leaving, codec, numbers.extendedSequence(), nowNanos, out);
        for (ByteBuf repair = protection.poll(); repair != null; repair = protection.poll()) {
            repairs.sendProtection(repair, nowNanos, out);
        }
    }

    private void noteKeyFrame(MediaPacket media) {
        if (kind() == MediaKind.VIDEO && media.startsKeyFrame()) {
            keyFrameSequence = Math.max(keyFrameSequence, numbers.extendedSequence());
        }
    }

    /** Protects what is sent as the viewer's network asks for, whatever layer it is. */
    void protect(NetworkEstimate network, long mediaBps, long nowNanos) {
        protection.follow(network, mediaBps, nowNanos);
    }

    /** What protection adds to what the media takes, as a ratio. */
    double protectionOverhead() {
        return protection.overhead();
    }

    /**
     * A number that was left for a packet which the viewer does not get: an empty packet takes it,
     * so that he does not ask for it for ever.
     */
    private void fill(
            long extendedSequence, NegotiatedCodec codec, long nowNanos, SessionSink out) {
        if (extendedSequence == StreamRewriter.NONE) {
            return;
        }
        ByteBuf empty =
                rewriter.padding(
                        codec.payloadType(),
                        (int) extendedSequence & 0xFFFF,
                        numbering.lastTimestamp(),
                        sent.ssrc(),
                        1);
        rewritten.wrap(empty);
        sent.onResent(rewritten);
        rewritten.clear();
        repairs.send(empty, codec, extendedSequence, nowNanos, out);
    }

    /** A number of a stream carried nothing that viewers get, such as FEC. */
    void consume(PublishedStream stream, long extendedSequence, long nowNanos, SessionSink out) {
        NegotiatedCodec codec = viewerCodec;
        if (stream == source && codec != null) {
            fill(numbering.consume(extendedSequence), codec, nowNanos, out);
        }
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

    private ByteBuf rewrite(MediaPacket published, NegotiatedCodec codec) {
        return rewriter.rewrite(
                published.packet(),
                published.stream().incoming().media().extensions(),
                published.layers(),
                numbers,
                codec.payloadType(),
                sent.ssrc());
    }

    /**
     * Finds a packet that the viewer was sent: the published one in {@link #kept}, what was read of
     * it, and the very numbers that it was sent with. {@link #rewrite} makes it anew of these.
     *
     * @param sequence as sent, 16 bits
     * @return false when it is not there any more
     */
    private boolean find(int sequence) {
        PublishedStream stream =
                numbering.recall(sequence, numbers) ? stream(numbers.source()) : null;
        return stream != null && readKept(stream, numbers.sourceSequence());
    }

    void onNack(Nack nack, long nowNanos, SessionSink out) {
        NegotiatedCodec codec = viewerCodec;
        if (codec == null) {
            return;
        }
        for (int sequence : nack.lost()) {
            if (!isBeforeKeyFrame(sequence)
                    && sent.retransmissions().find(sequence, nowNanos)
                            == RetransmissionCache.Answer.RESEND) {
                repair(codec, sequence, nowNanos, out);
            }
        }
        kept.clear();
    }

    private boolean isLossy() {
        return session.estimate().lossRatio() > REPEATED_ANSWER_LOSS;
    }

    /** What was sent before the last key frame helps nobody any more. */
    private boolean isBeforeKeyFrame(int sequence) {
        return keyFrameSequence >= 0
                && SequenceNumbers.isNewer((int) keyFrameSequence & 0xFFFF, sequence);
    }

    private void repair(NegotiatedCodec codec, int sequence, long nowNanos, SessionSink out) {
        if (!find(sequence) || !session.mayRetransmit(kept.sizeBytes(), nowNanos)) {
            return;
        }
        if (codec.rtxPayloadType() >= 0) {
            repairs.sendByRtx(rewrite(keptMedia, codec), codec, nowNanos, out);
            if (isLossy() && session.mayRetransmit(kept.sizeBytes(), nowNanos)) {
                // The answer may be lost as well, and a third round comes too late to be seen.
                repairs.sendByRtx(rewrite(keptMedia, codec), codec, nowNanos, out);
            }
        } else if (repairs.sendAgain(numbers.extendedSequence(), nowNanos, out)) {
            sent.onResent(kept);
        }
    }

    /**
     * Sends padding to probe the viewer's network.
     *
     * @return the bytes sent; 0 where the track has nothing to pad with
     */
    int pad(int bytes, int probeId, long nowNanos) {
        NegotiatedCodec codec = viewerCodec;
        if (codec == null || codec.rtxPayloadType() < 0) {
            return 0;
        }
        int sent = bytes < MIN_REPEATED_BYTES ? 0 : repeat(codec, probeId, nowNanos);
        return sent > 0
                ? sent
                : repairs.pad(codec, numbering.lastTimestamp(), bytes, probeId, nowNanos);
    }

    /** Sends one of the latest packets again, which may fill a gap while it probes. */
    private int repeat(NegotiatedCodec codec, int probeId, long nowNanos) {
        long sequence = numbering.newestSequence() - repeated++ % REPEATED_PACKETS;
        if (!find((int) sequence & 0xFFFF)) {
            return 0;
        }
        ByteBuf packet = rewrite(keptMedia, codec);
        kept.clear();
        return repairs.padByRtx(packet, codec, probeId, nowNanos);
    }

    /** The viewer cannot go on, or begins. */
    void requestKeyFrame(long nowNanos, SessionSink out) {
        PublishedTrack from = track;
        PublishedStream wanted = from == null ? null : target.stream(from, nowNanos);
        PublishedStream stream = source == null ? wanted : source;
        if (from != null && stream != null) {
            from.requestKeyFrame(stream, nowNanos, out);
        }
    }

    /** The publisher told his clock: the viewer's first report need not wait any longer. */
    void onSenderReport(IncomingStream stream, long nowNanos) {
        if (source != null && stream == source.incoming() && !hasReported) {
            nextReportNanos = nowNanos;
        }
    }

    /** Returns the round trip that the viewer's reports tell, or -1. */
    long onReportBlock(ReportBlock block, long nowNanos) {
        rewriter.onReceptionConfirmed();
        sent.onReportBlock(block, nowNanos);
        return sent.rttNanos();
    }

    void onDeadline(long nowNanos, SessionSink out) {
        if (Deadline.isDue(nextReportNanos, nowNanos)) {
            nextReportNanos = nowNanos + REPORT_INTERVAL_NANOS;
            report(nowNanos, out);
        }
    }

    /** Nothing is said before the publisher has told his clock. */
    private void report(long nowNanos, SessionSink out) {
        if (source == null) {
            return;
        }
        ReceptionStatistics published = source.incoming().receive().statistics();
        SenderReport told = published.lastSenderReport();
        if (told != null) {
            hasReported = true;
            SenderReport report =
                    sent.senderReport(
                            told,
                            published.lastSenderReportNanos(),
                            numbering.timestampOffset(),
                            nowNanos);
            session.sendRtcp(List.of(report, SourceDescription.ofCname(sent.ssrc(), cname)), out);
        }
    }

    long nextDeadlineNanos() {
        return nextReportNanos;
    }

    /** The viewer leaves: lets go of the track and of what is kept for retransmission. */
    void release() {
        follow(null);
        repairs.release();
        protection.release();
    }
}
