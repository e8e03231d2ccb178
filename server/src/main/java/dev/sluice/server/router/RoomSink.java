package dev.sluice.server.router;

import dev.sluice.media.ice.NetworkPath;
import dev.sluice.media.rtcp.NackView;
import dev.sluice.media.rtcp.ReportBlock;
import dev.sluice.media.rtp.RtpPacket;
import dev.sluice.media.stats.HealthChange;
import dev.sluice.server.session.DatagramRun;
import dev.sluice.server.session.EndReason;
import dev.sluice.server.session.IncomingStream;
import dev.sluice.server.session.PeerSession;
import dev.sluice.server.session.SessionSink;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import java.util.Objects;

/** Takes what sessions give and leads it to the rooms; datagrams go through to the edge. */
final class RoomSink implements SessionSink {

    private final MediaEngine engine;
    private @Nullable EngineOutput out;

    RoomSink(MediaEngine engine) {
        this.engine = engine;
    }

    /** Sets where datagrams and events go during the call that has begun. */
    void over(EngineOutput output) {
        out = output;
    }

    void event(SessionEvent.Kind kind, Peer peer, String detail) {
        PeerSession session = peer.session();
        output().onEvent(
                        new SessionEvent(
                                kind,
                                peer.role(),
                                session.id(),
                                peer.publicId(),
                                session.stream(),
                                detail));
    }

    /** Tells of the peer's health where it has changed. */
    void tellHealth(Peer peer) {
        HealthChange change = peer.takeHealthChange();
        if (change != null) {
            String detail = change.from() + " to " + change.to();
            event(SessionEvent.Kind.HEALTH_CHANGED, peer, detail);
        }
    }

    void closeConnection(NetworkPath connection) {
        if (engine.strays().isElsewhere(connection)) {
            engine.strays().close(connection);
        } else {
            output().closeConnection(connection);
        }
    }

    @Override
    public void transmit(ByteBuf datagram, NetworkPath path) {
        if (engine.strays().isElsewhere(path)) {
            engine.strays().sendBy(path, datagram);
        } else {
            output().transmit(datagram, path);
        }
    }

    @Override
    public boolean takesRuns(NetworkPath path) {
        return output().takesRuns(path);
    }

    @Override
    public void transmitRun(DatagramRun run, NetworkPath path) {
        if (engine.strays().isElsewhere(path)) {
            run.drainTo(datagram -> engine.strays().sendBy(path, datagram));
        } else {
            output().transmitRun(run, path);
        }
    }

    @Override
    public void onPathValidated(PeerSession session, NetworkPath path) {
        engine.demultiplexer().onPathValidated(session, path);
    }

    @Override
    public void onPathRetired(PeerSession session, NetworkPath path) {
        engine.demultiplexer().onPathRetired(session, path);
        if (path.isTcp()) {
            closeConnection(path);
        }
    }

    @Override
    public void onUfragRetired(PeerSession session, String localUfrag) {
        engine.sessions().removeUfrag(localUfrag);
    }

    @Override
    public void onConnected(PeerSession session, long nowNanos) {
        Peer peer = engine.sessions().of(session);
        if (peer == null) {
            return;
        }
        event(SessionEvent.Kind.CONNECTED, peer, "");
        peer.watchHealth(nowNanos);
        if (peer instanceof Subscriber subscriber) {
            subscriber.onConnected(nowNanos, this);
            armSource(peer.room());
        }
        engine.arm(peer);
    }

    @Override
    public void onDeadlineMoved(PeerSession session) {
        Peer peer = engine.sessions().of(session);
        if (peer != null) {
            engine.arm(peer);
        }
    }

    @Override
    public void onEnded(PeerSession session, EndReason reason, long nowNanos) {
        Peer peer = engine.sessions().of(session);
        if (peer != null) {
            engine.departures().onEnded(peer, reason, nowNanos);
        }
    }

    @Override
    public void onMedia(
            PeerSession session,
            IncomingStream stream,
            RtpPacket packet,
            long extendedSequence,
            long nowNanos) {
        if (engine.sessions().of(session) instanceof Publisher publisher) {
            boolean hadMedia = publisher.fanOut().hasMedia();
            publisher.onMedia(stream, packet, extendedSequence, nowNanos, this);
            engine.openWork().note(publisher.fanOut(), hadMedia);
        }
    }

    @Override
    public void onConsumed(
            PeerSession session, IncomingStream stream, long extendedSequence, long nowNanos) {
        if (engine.sessions().of(session) instanceof Publisher publisher) {
            boolean hadMedia = publisher.fanOut().hasMedia();
            publisher.onConsumed(stream, extendedSequence, nowNanos, this);
            engine.openWork().note(publisher.fanOut(), hadMedia);
        }
    }

    @Override
    public void onPacketsReleased(PeerSession session) {
        engine.openWork().add(session);
    }

    @Override
    public void onRepairGivenUp(PeerSession session, IncomingStream stream, long nowNanos) {
        if (engine.sessions().of(session) instanceof Publisher publisher) {
            PublishedTrack track = publisher.track(stream);
            if (track != null) {
                track.onRepairGivenUp(stream, nowNanos, this);
                publisher.room().relays().forEach(relay -> relay.giveUpRepair(track, stream));
            }
        }
    }

    @Override
    public void onSenderReport(PeerSession session, IncomingStream stream, long nowNanos) {
        if (!(engine.sessions().of(session) instanceof Publisher publisher)) {
            return;
        }
        PublishedTrack track = publisher.track(stream);
        if (track != null) {
            publisher.room().onSenderReport(track, stream, nowNanos, this);
        }
    }

    @Override
    public void onReportBlock(PeerSession session, ReportBlock block, long nowNanos) {
        if (engine.sessions().of(session) instanceof Subscriber subscriber) {
            subscriber.onReportBlock(block, nowNanos, this);
        }
    }

    @Override
    public void onEstimate(PeerSession session, long targetBps, long nowNanos) {
        if (engine.sessions().of(session) instanceof Subscriber subscriber) {
            subscriber.onEstimate(targetBps, nowNanos, this);
        }
    }

    @Override
    public int onPaddingWanted(PeerSession session, int bytes, int probeId, long nowNanos) {
        return engine.sessions().of(session) instanceof Subscriber subscriber
                ? subscriber.pad(bytes, probeId, nowNanos)
                : 0;
    }

    @Override
    public void onNack(PeerSession session, NackView nack, long nowNanos) {
        if (engine.sessions().of(session) instanceof Subscriber subscriber) {
            subscriber.onNack(nack, nowNanos, this);
        }
    }

    @Override
    public void onReportedLost(PeerSession session, long ssrc, int sequence, long nowNanos) {
        if (engine.sessions().of(session) instanceof Subscriber subscriber) {
            subscriber.onReportedLost(ssrc, sequence, nowNanos, this);
        }
    }

    @Override
    public void onKeyFrameRequest(PeerSession session, long ssrc, long nowNanos) {
        if (engine.sessions().of(session) instanceof Subscriber subscriber) {
            subscriber.onKeyFrameRequest(ssrc, nowNanos, this);
            armSource(subscriber.room());
        }
    }

    private void armSource(Room room) {
        Publisher publisher = room.publisher();
        if (publisher != null) {
            engine.arm(publisher);
        }
        PublisherMirror mirror = room.mirror();
        if (mirror != null) {
            engine.deadlines().arm(mirror);
        }
    }

    private EngineOutput output() {
        return Objects.requireNonNull(out, "called outside of an engine call");
    }
}
