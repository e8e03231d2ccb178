package dev.sluice.server.session;

import dev.sluice.media.stream.StreamSnapshot;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** What can be seen of a session, by who rates it or tells of it; looking changes nothing. */
public final class SessionView {

    private final long createdNanos;
    private final PeerTransport transport;
    private final IngressPath ingress;
    private final MediaSender sender;
    private final ExtendedReports extended;
    private final FeedbackCounts askedOfUs;
    private final FeedbackCounts askedOfPeer;

    SessionView(
            long createdNanos,
            PeerTransport transport,
            IngressPath ingress,
            MediaSender sender,
            ExtendedReports extended,
            FeedbackCounts askedOfUs,
            FeedbackCounts askedOfPeer) {
        this.createdNanos = createdNanos;
        this.transport = transport;
        this.ingress = ingress;
        this.sender = sender;
        this.extended = extended;
        this.askedOfUs = askedOfUs;
        this.askedOfPeer = askedOfPeer;
    }

    /** When the session was made. */
    public long createdNanos() {
        return createdNanos;
    }

    /** When something authentic last came from the peer; at first when the session was made. */
    public long lastHeardNanos() {
        return transport.lastHeardNanos();
    }

    /** The transport now. */
    public TransportStats transport() {
        return transport.stats();
    }

    /** The peer's streams that have sent something. */
    public List<IncomingStream> incomingStreams() {
        return ingress.streams().streams();
    }

    /** What the peer's streams are and have carried so far; none of a session that has ended. */
    public List<StreamSnapshot> streamSnapshots(long nowNanos) {
        return ingress.lifecycle().snapshots(nowNanos);
    }

    /**
     * The estimate of the peer's network, and what waits; null where nothing is sent to the peer.
     */
    public @Nullable SendStats sending(long nowNanos) {
        return sender.stats(nowNanos);
    }

    /** The round trip as the peer's answers by XR tell it. */
    public RoundTrip roundTrip() {
        return extended.roundTrip();
    }

    /** What the peer asked for about a stream that we send. */
    public FeedbackTotals askedOfUs(long ssrc) {
        return askedOfUs.of(ssrc);
    }

    /** What we asked the peer for about a stream that it sends. */
    public FeedbackTotals askedOfPeer(long ssrc) {
        return askedOfPeer.of(ssrc);
    }
}
