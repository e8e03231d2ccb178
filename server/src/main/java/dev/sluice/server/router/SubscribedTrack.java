package dev.sluice.server.router;

import dev.sluice.media.rtcp.NackView;
import dev.sluice.media.rtcp.ReportBlock;
import dev.sluice.media.rtp.MediaKind;
import dev.sluice.media.sdp.LocalTrack;
import dev.sluice.media.sdp.NegotiatedMedia;
import dev.sluice.media.send.SendStream;
import dev.sluice.server.session.LoopCounters;
import dev.sluice.server.session.MediaSource;
import dev.sluice.server.session.NetworkEstimate;
import dev.sluice.server.session.PeerSession;
import dev.sluice.server.session.RoundTrip;
import dev.sluice.server.session.SessionSink;
import dev.sluice.video.rewrite.PacketNumbers;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * One media section of a viewer: follows a published track, and leads what comes of it, and what
 * the viewer says, to the parts.
 */
final class SubscribedTrack {

    private final PeerSession session;
    private final NegotiatedMedia media;
    private final LayerSwitch layers = new LayerSwitch();
    private final ViewerStream stream;
    private final Retransmissions retransmissions;
    private final ViewerPadding padding;
    private final TrackReports reports;
    private final KeptPacket kept = new KeptPacket();
    private LayerWish wish = LayerWish.AUTOMATIC;

    /**
     * @param numbers see {@link ViewerStream}
     */
    SubscribedTrack(
            PeerSession session,
            NegotiatedMedia media,
            LocalTrack local,
            HeaderRewriter rewriter,
            LoopCounters counters,
            PacketNumbers numbers,
            RandomGenerator random) {
        this.session = session;
        this.media = media;
        this.stream =
                new ViewerStream(
                        session, media, local, layers, rewriter, counters, numbers, random);
        this.retransmissions = new Retransmissions(session, layers, stream);
        this.padding = new ViewerPadding(layers, stream);
        this.reports = new TrackReports(session, local.cname(), layers, stream);
    }

    MediaKind kind() {
        return media.kind();
    }

    long ssrc() {
        return sent().ssrc();
    }

    NegotiatedMedia media() {
        return media;
    }

    SendStream sent() {
        return stream.sent();
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
        return layers.track();
    }

    boolean follows(PublishedTrack published) {
        return layers.track() == published;
    }

    void follow(@Nullable PublishedTrack published) {
        PublishedTrack before = layers.track();
        if (before != null) {
            before.remove(this);
        }
        if (published != null) {
            published.add(this);
        }
        layers.follow(published);
        stream.onFollow();
        reports.stop();
    }

    /** Which stream and layers of the track the viewer is on. */
    LayerSwitch layers() {
        return layers;
    }

    /**
     * Of the layers that there are now, what the viewer wants; where it is none of them the lowest,
     * unless the one that he wants may still come.
     */
    List<TrackLayer> wishedLayers(long nowNanos) {
        List<TrackLayer> all = layers.available(nowNanos);
        if (!hasWish()) {
            return all;
        }
        List<TrackLayer> wished = all.stream().filter(layer -> layer.suits(wish)).toList();
        PublishedTrack track = layers.track();
        boolean isSettled = track != null && !track.hasJustBegun(nowNanos);
        return wished.isEmpty() && !all.isEmpty() && isSettled ? List.of(all.getFirst()) : wished;
    }

    /** There is nothing to choose of sound. */
    private boolean hasWish() {
        return kind() == MediaKind.VIDEO && !wish.equals(LayerWish.AUTOMATIC);
    }

    /** The viewer cannot go on, or begins. */
    void requestKeyFrame(long nowNanos, SessionSink out) {
        layers.requestKeyFrame(nowNanos, out);
    }

    /** Protects what is sent as the viewer's network asks for, whatever layer it is. */
    void protect(NetworkEstimate network, long mediaBps, long nowNanos) {
        stream.protection().follow(network, mediaBps, nowNanos);
    }

    /** What protection adds to what the media takes, as a ratio. */
    double protectionOverhead() {
        return stream.protection().overhead();
    }

    /** A new packet of the followed track; those of the stream that the viewer is on pass. */
    void forward(MediaPacket packet, long nowNanos, SessionSink out) {
        PublishedStream wanted = layers.wanted(nowNanos);
        if (wanted == null || awaitsChoice()) {
            return;
        }
        PublishedStream from = packet.stream();
        if (from == wanted && !layers.isOn(from) && packet.startsKeyFrame()) {
            join(packet, nowNanos);
            stream.pass(packet, nowNanos, out);
            catchUp(packet, nowNanos, out);
        } else if (layers.isOn(from)) {
            stream.pass(packet, nowNanos, out);
        }
        if (from == wanted && packet.isVideo()) {
            layers.aim(wanted, nowNanos, out);
        }
    }

    /** Who wishes for certain layers gets none before his wish was looked at. */
    private boolean awaitsChoice() {
        return !layers.isChosen() && hasWish();
    }

    private void join(MediaPacket packet, long nowNanos) {
        // First the numbers, which go on from those of the stream before.
        stream.begin(packet, nowNanos);
        layers.join(packet);
        reports.start(nowNanos);
    }

    /** Where the key frame's start came late, what it should have come before follows it. */
    private void catchUp(MediaPacket joined, long nowNanos, SessionSink out) {
        PublishedStream from = joined.stream();
        long last = joined.highestSequence();
        for (long next = joined.extendedSequence() + 1; next <= last; next++) {
            MediaPacket packet = joined.precedes(next) ? null : kept.read(from, next);
            if (packet != null) {
                stream.pass(packet, nowNanos, out);
            }
        }
        kept.clear();
    }

    /** A number of a stream carried nothing that viewers get, such as FEC. */
    void consume(PublishedStream of, long extendedSequence, long nowNanos, SessionSink out) {
        if (layers.isOn(of)) {
            stream.consume(extendedSequence, nowNanos, out);
        }
    }

    void onNack(NackView nack, long nowNanos, SessionSink out) {
        retransmissions.onNack(nack, nowNanos, out);
    }

    /**
     * The viewer's feedback tells that a packet did not arrive.
     *
     * @param sequence as sent, 16 bits
     */
    void onReportedLost(int sequence, long nowNanos, SessionSink out) {
        retransmissions.onReportedLost(sequence, nowNanos, out);
    }

    /**
     * Sends padding to probe the viewer's network.
     *
     * @return the bytes sent; 0 where the track has nothing to pad with
     */
    int pad(int bytes, int probeId, long nowNanos) {
        return padding.pad(bytes, probeId, nowNanos);
    }

    /** The publisher told his clock. */
    void onSenderReport(MediaSource of, long nowNanos) {
        reports.onSenderReport(of, nowNanos);
    }

    /** Returns the round trip that the viewer's reports tell, or -1. */
    long onReportBlock(ReportBlock block, long nowNanos) {
        return stream.onReportBlock(block, nowNanos);
    }

    void onDeadline(long nowNanos, SessionSink out) {
        reports.onDeadline(nowNanos, out);
    }

    long nextDeadlineNanos() {
        return reports.nextDeadlineNanos();
    }

    /** When something is due that is done at intervals. */
    long nextPeriodicNanos() {
        return reports.nextPeriodicNanos();
    }

    /** The round trip that the viewer's reports tell. */
    RoundTrip roundTrip() {
        SendStream sent = sent();
        return sent.rttMeasurements() == 0
                ? RoundTrip.UNKNOWN
                : new RoundTrip(
                        sent.rttNanos(),
                        sent.rttSumNanos(),
                        sent.rttMeasurements(),
                        sent.lastReportNanos());
    }

    OutboundRtpStats stats() {
        SendStream sent = sent();
        RepairPath repairs = stream.repairs();
        MediaSource source = layers.source();
        return new OutboundRtpStats(
                sent.ssrc(),
                media.kind(),
                media.mid(),
                stream.codec(),
                source != null,
                source == null ? "" : source.rid(),
                sent.packets() + repairs.rtxPackets(),
                sent.octets() + repairs.rtxBytes(),
                sent.resentPackets() + repairs.rtxPackets(),
                sent.resentBytes() + repairs.rtxBytes(),
                session.view().askedOfUs(sent.ssrc()),
                wish,
                sent.lastReport(),
                roundTrip());
    }

    /** The viewer leaves: lets go of the track and of what is kept for retransmission. */
    void release() {
        follow(null);
        stream.release();
    }
}
