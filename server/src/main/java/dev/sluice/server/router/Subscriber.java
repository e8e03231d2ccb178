package dev.sluice.server.router;

import dev.sluice.media.rtcp.Bye;
import dev.sluice.media.rtcp.Nack;
import dev.sluice.media.rtcp.ReportBlock;
import dev.sluice.media.rtp.RtpPacket;
import dev.sluice.server.session.IncomingStream;
import dev.sluice.server.session.PeerSession;
import dev.sluice.server.session.SessionSink;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** One who watches a room: his tracks, each following one of the publisher's. */
final class Subscriber extends Peer {

    private final List<SubscribedTrack> tracks;

    Subscriber(PeerSession session, Room room, List<SubscribedTrack> tracks) {
        super(session, room);
        this.tracks = tracks;
    }

    List<SubscribedTrack> tracks() {
        return tracks;
    }

    /** Pairs tracks by kind, in the order of the media sections. */
    void follow(Publisher publisher) {
        List<PublishedTrack> free = new ArrayList<>(publisher.tracks());
        for (SubscribedTrack track : tracks) {
            PublishedTrack match =
                    free.stream()
                            .filter(published -> published.media().kind() == track.kind())
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
    }

    void forward(
            PublishedTrack published,
            IncomingStream stream,
            RtpPacket packet,
            MediaPacket media,
            long nowNanos,
            SessionSink out) {
        if (!session().isConnected()) {
            return;
        }
        for (int i = 0; i < tracks.size(); i++) {
            if (tracks.get(i).follows(published)) {
                tracks.get(i).forward(session(), stream, packet, media, nowNanos, out);
            }
        }
    }

    /** A number of a stream carried nothing to forward. */
    void consume(
            PublishedTrack published,
            IncomingStream stream,
            long extendedSequence,
            long nowNanos,
            SessionSink out) {
        for (int i = 0; i < tracks.size() && session().isConnected(); i++) {
            if (tracks.get(i).follows(published)) {
                tracks.get(i)
                        .consume(
                                session(),
                                published.stream(stream),
                                extendedSequence,
                                nowNanos,
                                out);
            }
        }
    }

    void onSenderReport(PublishedTrack published, IncomingStream stream, long nowNanos) {
        for (SubscribedTrack track : tracks) {
            if (track.follows(published)) {
                track.onSenderReport(stream, nowNanos);
            }
        }
    }

    void onNack(Nack nack, long nowNanos, SessionSink out) {
        SubscribedTrack track = track(nack.mediaSsrc());
        if (track != null) {
            track.onNack(session(), nack, nowNanos, out);
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
            session().onReportBlock(block, rttNanos, nowNanos, out);
        }
    }

    /** What may be spent has changed. */
    void onEstimate(long targetBps, long nowNanos, SessionSink out) {}

    /** Sends padding by the first track that can. */
    int pad(int bytes, int probeId, long nowNanos) {
        for (int i = 0; i < tracks.size(); i++) {
            int sent = tracks.get(i).pad(session(), bytes, probeId, nowNanos);
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
            tracks.forEach(track -> track.onDeadline(session(), nowNanos, out));
        }
    }

    @Override
    long nextDeadlineNanos() {
        long next = super.nextDeadlineNanos();
        for (int i = 0; i < tracks.size(); i++) {
            next = Math.min(next, tracks.get(i).nextDeadlineNanos());
        }
        return next;
    }
}
