package dev.sluice.server.router;

import dev.sluice.media.rtcp.PictureLossIndication;
import dev.sluice.media.rtp.RtpPacket;
import dev.sluice.media.sdp.NegotiatedCodec;
import dev.sluice.media.sdp.NegotiatedMedia;
import dev.sluice.media.stats.ConnectionHealth;
import dev.sluice.media.stream.StreamSnapshot;
import dev.sluice.media.stream.StreamState;
import dev.sluice.server.session.IncomingStream;
import dev.sluice.server.session.LoopCounters;
import dev.sluice.server.session.PeerSession;
import dev.sluice.server.session.RoundTrip;
import dev.sluice.server.session.SessionSink;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** The one who publishes into a room. */
final class Publisher extends Peer {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final List<PublishedTrack> tracks = new ArrayList<>();
    private final List<StreamWatch> watches = new ArrayList<>();
    private final FanOut fanOut;
    private long rttRatedNanos;

    Publisher(PeerSession session, Room room, LoopCounters counters) {
        super(session, room);
        this.fanOut = new FanOut(room, counters);
        for (NegotiatedMedia media : session.negotiated().media()) {
            tracks.add(
                    new PublishedTrack(media, (ssrc, out) -> requestPicture(ssrc, counters, out)));
        }
    }

    private void requestPicture(long ssrc, LoopCounters counters, SessionSink out) {
        counters.keyFrameRequestsOut.increment();
        session().sendRtcp(List.of(new PictureLossIndication(session().reportSsrc(), ssrc)), out);
    }

    List<PublishedTrack> tracks() {
        return tracks;
    }

    /** The way to all who watch. */
    FanOut fanOut() {
        return fanOut;
    }

    /** Takes a new packet; it is forwarded when it is the {@link #fanOut}'s turn. */
    void onMedia(
            IncomingStream stream,
            RtpPacket packet,
            long extendedSequence,
            long nowNanos,
            SessionSink out) {
        PublishedTrack track = track(stream);
        NegotiatedCodec codec = stream.codec(packet.payloadType());
        if (track != null && codec != null) {
            long openedNanos = openedNanos(nowNanos);
            fanOut.take(track, codec, stream, packet, extendedSequence, openedNanos, out);
        }
    }

    /** What came before the keys has waited for them, which does not make it late here. */
    private long openedNanos(long arrivalNanos) {
        return arrivalNanos + Math.max(0, session().connectedNanos() - arrivalNanos);
    }

    /**
     * A mirror needs a key frame of a stream. It asks until one comes, as we do; so while we ask we
     * need not listen.
     */
    void onPictureWanted(long ssrc, long nowNanos, SessionSink out) {
        for (PublishedTrack track : tracks) {
            for (PublishedStream stream : track.order().streams()) {
                if (stream.incoming().ssrc() == ssrc && !stream.keyFrames().waiting()) {
                    track.requestKeyFrame(stream, nowNanos, out);
                }
            }
        }
    }

    /** A number of a stream carried nothing that is forwarded, such as FEC. */
    void onConsumed(IncomingStream stream, long extendedSequence, long nowNanos, SessionSink out) {
        PublishedTrack track = track(stream);
        if (track != null) {
            fanOut.consume(track, stream, extendedSequence, openedNanos(nowNanos));
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
    void measure(ConnectionHealth health, long nowNanos) {
        for (IncomingStream stream : session().view().incomingStreams()) {
            watch(stream, nowNanos).measure(health, nowNanos);
        }
        RoundTrip roundTrip = roundTrip();
        if (roundTrip.isKnown() && roundTrip.measuredNanos() != rttRatedNanos) {
            rttRatedNanos = roundTrip.measuredNanos();
            health.onRtt(roundTrip.rttNanos(), nowNanos);
        }
    }

    private StreamWatch watch(IncomingStream stream, long nowNanos) {
        for (StreamWatch watch : watches) {
            if (watch.stream() == stream) {
                return watch;
            }
        }
        StreamWatch added = new StreamWatch(stream, nowNanos);
        watches.add(added);
        return added;
    }

    /** By XR where the publisher answers; else the last that a retransmission told. */
    @Override
    RoundTrip roundTrip() {
        RoundTrip best = session().view().roundTrip();
        for (IncomingStream stream : session().view().incomingStreams()) {
            var receive = stream.receive();
            boolean isNewer =
                    !best.isKnown() || receive.rttMeasuredNanos() - best.measuredNanos() > 0;
            if (receive.rttNanos() >= 0 && isNewer) {
                best =
                        new RoundTrip(
                                receive.rttNanos(),
                                best.sumNanos(),
                                best.measurements(),
                                receive.rttMeasuredNanos());
            }
        }
        return best;
    }

    @Override
    List<InboundRtpStats> inbound(long nowNanos) {
        List<StreamSnapshot> snapshots = session().view().streamSnapshots(nowNanos);
        return session().view().incomingStreams().stream()
                .map(stream -> inbound(stream, snapshot(stream, snapshots), nowNanos))
                .toList();
    }

    private InboundRtpStats inbound(
            IncomingStream stream, @Nullable StreamSnapshot life, long nowNanos) {
        var statistics = stream.receive().statistics();
        return new InboundRtpStats(
                stream.ssrc(),
                stream.media().kind(),
                stream.media().mid(),
                stream.rid(),
                life == null ? null : stream.codec(life.payloadType()),
                isActive(life),
                stream.receive().totals(),
                statistics.cumulativeLost(),
                statistics.jitterTicks() * NANOS_PER_SECOND / statistics.clockRateHz(),
                watch(stream, nowNanos).bitrateBps(),
                session().view().askedOfPeer(stream.ssrc()),
                statistics.lastSenderReport());
    }

    private static @Nullable StreamSnapshot snapshot(
            IncomingStream stream, List<StreamSnapshot> snapshots) {
        return snapshots.stream()
                .filter(snapshot -> snapshot.ssrc() == stream.ssrc())
                .findFirst()
                .orElse(null);
    }

    private static boolean isActive(@Nullable StreamSnapshot life) {
        return life != null && life.state() instanceof StreamState.Active;
    }

    @Override
    List<OutboundRtpStats> outbound() {
        return List.of();
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
