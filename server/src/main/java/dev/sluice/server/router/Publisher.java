package dev.sluice.server.router;

import dev.sluice.media.rtp.RtpPacket;
import dev.sluice.media.sdp.NegotiatedCodec;
import dev.sluice.media.sdp.NegotiatedMedia;
import dev.sluice.server.session.IncomingStream;
import dev.sluice.server.session.LoopCounters;
import dev.sluice.server.session.PeerSession;
import dev.sluice.server.session.SessionSink;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** The one who publishes into a room. */
final class Publisher extends Peer {

    private final List<PublishedTrack> tracks = new ArrayList<>();

    Publisher(PeerSession session, Room room, LoopCounters counters) {
        super(session, room);
        for (NegotiatedMedia media : session.negotiated().media()) {
            tracks.add(new PublishedTrack(session, media, counters));
        }
    }

    List<PublishedTrack> tracks() {
        return tracks;
    }

    /** Takes a new packet and forwards it to all who watch. */
    void onMedia(
            IncomingStream stream,
            RtpPacket packet,
            long extendedSequence,
            long nowNanos,
            SessionSink out) {
        PublishedTrack track = track(stream);
        NegotiatedCodec codec = stream.codec(packet.payloadType());
        if (track != null && codec != null) {
            MediaPacket media = track.onPacket(codec, stream, packet, extendedSequence, nowNanos);
            room().forward(track, stream, packet, media, nowNanos, out);
        }
    }

    /** A number of a stream carried nothing that is forwarded, such as FEC. */
    void onConsumed(
            IncomingStream stream, long extendedSequence, long nowNanos, SessionSink out) {
        PublishedTrack track = track(stream);
        if (track != null) {
            room().consume(track, stream, extendedSequence, nowNanos, out);
        }
    }

    @Nullable PublishedTrack track(IncomingStream stream) {
        for (int i = 0; i < tracks.size(); i++) {
            if (tracks.get(i).media().index() == stream.media().index()) {
                return tracks.get(i);
            }
        }
        return null;
    }

    @Override
    void onDeadline(long nowNanos, SessionSink out) {
        super.onDeadline(nowNanos, out);
        tracks.forEach(track -> track.onDeadline(nowNanos, out));
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
