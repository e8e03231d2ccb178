package dev.sluice.server.router;

import dev.sluice.media.rtcp.Bye;
import dev.sluice.media.rtcp.NackView;
import dev.sluice.media.rtcp.ReportBlock;
import dev.sluice.media.sdp.LocalTrack;
import dev.sluice.media.stats.ConnectionHealth;
import dev.sluice.server.session.MediaSource;
import dev.sluice.server.session.PeerSession;
import dev.sluice.server.session.RoundTrip;
import dev.sluice.server.session.SessionSink;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** One who watches a room: his tracks, each following one of the publisher's. */
final class Subscriber extends Peer {

    private final List<SubscribedTrack> tracks;
    private final List<LocalTrack> locals;
    private final List<ReportWatch> watches = new ArrayList<>();
    private final ViewerAllocation allocation = new ViewerAllocation();

    /**
     * @param locals what the peer was told of our streams, for each media section
     */
    Subscriber(
            PeerSession session, Room room, List<SubscribedTrack> tracks, List<LocalTrack> locals) {
        super(session, room);
        this.tracks = List.copyOf(tracks);
        this.locals = locals;
        tracks.forEach(track -> watches.add(new ReportWatch(track.sent())));
    }

    List<SubscribedTrack> tracks() {
        return tracks;
    }

    List<LocalTrack> locals() {
        return locals;
    }

    /** Pairs tracks by kind, in the order of the media sections. */
    void follow(List<PublishedTrack> published) {
        List<PublishedTrack> free = new ArrayList<>(published);
        for (SubscribedTrack track : tracks) {
            PublishedTrack match =
                    free.stream()
                            .filter(candidate -> candidate.media().kind() == track.kind())
                            .findFirst()
                            .orElse(null);
            track.follow(match);
            free.remove(match);
        }
    }

    void followNobody() {
        tracks.forEach(track -> track.follow(null));
    }

    /** Asks for the pictures that a new viewer needs to begin. */
    void onConnected(long nowNanos, SessionSink out) {
        tracks.forEach(track -> track.requestKeyFrame(nowNanos, out));
        allocation.start(nowNanos);
    }

    void forward(PublishedTrack published, MediaPacket media, long nowNanos, SessionSink out) {
        if (!session().isConnected()) {
            return;
        }
        for (int i = 0; i < tracks.size(); i++) {
            if (tracks.get(i).follows(published)) {
                tracks.get(i).forward(media, nowNanos, out);
            }
        }
    }

    /** A number of a stream carried nothing to forward. */
    void consume(
            PublishedTrack published,
            MediaSource stream,
            long extendedSequence,
            long nowNanos,
            SessionSink out) {
        for (int i = 0; i < tracks.size() && session().isConnected(); i++) {
            if (tracks.get(i).follows(published)) {
                tracks.get(i).consume(published.stream(stream), extendedSequence, nowNanos, out);
            }
        }
    }

    void onSenderReport(PublishedTrack published, MediaSource stream, long nowNanos) {
        for (SubscribedTrack track : tracks) {
            if (track.follows(published)) {
                track.onSenderReport(stream, nowNanos);
            }
        }
    }

    void onNack(NackView nack, long nowNanos, SessionSink out) {
        SubscribedTrack track = track(nack.mediaSsrc());
        if (track != null) {
            track.onNack(nack, nowNanos, out);
        }
    }

    void onReportedLost(long ssrc, int sequence, long nowNanos, SessionSink out) {
        SubscribedTrack track = track(ssrc);
        if (track != null) {
            track.onReportedLost(sequence, nowNanos, out);
        }
    }

    void onKeyFrameRequest(long ssrc, long nowNanos, SessionSink out) {
        SubscribedTrack track = track(ssrc);
        if (track != null) {
            track.requestKeyFrame(nowNanos, out);
        }
    }

    void onReportBlock(ReportBlock block, long nowNanos, SessionSink out) {
        SubscribedTrack track = track(block.ssrc());
        if (track != null) {
            long rttNanos = track.onReportBlock(block, nowNanos);
            session().sender().onReportBlock(block, rttNanos, nowNanos, out);
        }
    }

    /** What may be spent has changed. */
    void onEstimate(long targetBps, long nowNanos, SessionSink out) {
        allocation.onEstimate(tracks, session(), targetBps, nowNanos, out);
    }

    /** Sends padding by the first track that can. */
    int pad(int bytes, int probeId, long nowNanos) {
        for (int i = 0; i < tracks.size(); i++) {
            int sent = tracks.get(i).pad(bytes, probeId, nowNanos);
            if (sent > 0) {
                return sent;
            }
        }
        return 0;
    }

    private @Nullable SubscribedTrack track(long ssrc) {
        for (SubscribedTrack track : tracks) {
            if (track.ssrc() == ssrc) {
                return track;
            }
        }
        return null;
    }

    @Override
    void measure(ConnectionHealth health, long nowNanos) {
        watches.forEach(watch -> watch.measure(health, nowNanos));
    }

    @Override
    RoundTrip roundTrip() {
        RoundTrip newest = RoundTrip.UNKNOWN;
        for (SubscribedTrack track : tracks) {
            RoundTrip other = track.roundTrip();
            if (other.isKnown()
                    && (!newest.isKnown() || other.measuredNanos() - newest.measuredNanos() > 0)) {
                newest = other;
            }
        }
        return newest;
    }

    @Override
    List<InboundRtpStats> inbound(long nowNanos) {
        return List.of();
    }

    @Override
    List<OutboundRtpStats> outbound() {
        return tracks.stream().map(SubscribedTrack::stats).toList();
    }

    @Override
    void sayGoodbye(SessionSink out) {
        List<Long> ssrcs = tracks.stream().map(SubscribedTrack::ssrc).toList();
        if (session().isConnected() && !ssrcs.isEmpty()) {
            session().sendRtcp(List.of(new Bye(ssrcs, "")), out);
        }
    }

    /** Lets go of what is kept for the viewer. */
    void release() {
        tracks.forEach(SubscribedTrack::release);
    }

    @Override
    void onDeadline(long nowNanos, SessionSink out) {
        super.onDeadline(nowNanos, out);
        if (session().isConnected()) {
            for (int i = 0; i < tracks.size(); i++) {
                tracks.get(i).onDeadline(nowNanos, out);
            }
            allocation.onDeadline(tracks, session(), nowNanos, out);
        }
    }

    @Override
    long nextPeriodicNanos() {
        long next = super.nextPeriodicNanos();
        if (allocation.hasAllocated()) {
            next = Math.min(next, allocation.nextDeadlineNanos());
        }
        for (int i = 0; i < tracks.size(); i++) {
            next = Math.min(next, tracks.get(i).nextPeriodicNanos());
        }
        return next;
    }

    @Override
    long nextDeadlineNanos() {
        long next = super.nextDeadlineNanos();
        if (!allocation.hasAllocated()) {
            next = Math.min(next, allocation.nextDeadlineNanos());
        }
        for (int i = 0; i < tracks.size(); i++) {
            next = Math.min(next, tracks.get(i).nextDeadlineNanos());
        }
        return next;
    }
}
