package dev.sluice.server.session;

import dev.sluice.media.buffer.PacketRing;
import dev.sluice.media.ice.IceCredentials;
import dev.sluice.media.ice.IceLiteAgent;
import dev.sluice.media.ice.IceSink;
import dev.sluice.media.ice.NetworkPath;
import dev.sluice.media.pacing.PacketPriority;
import dev.sluice.media.rtcp.CompoundPacker;
import dev.sluice.media.rtcp.ReportBlock;
import dev.sluice.media.rtcp.SourceDescription;
import dev.sluice.media.rtcp.WritableRtcp;
import dev.sluice.media.rtp.DatagramKind;
import dev.sluice.media.rtp.HeaderExtensionMap;
import dev.sluice.media.sdp.NegotiatedSession;
import dev.sluice.media.stream.StreamSnapshot;
import dev.sluice.media.stun.StunMessage;
import dev.sluice.media.time.Deadline;
import dev.sluice.srtp.context.SrtpReceiver;
import dev.sluice.srtp.context.SrtpSender;
import dev.sluice.srtp.keys.KeyingMaterial;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** One peer's transport: ICE, DTLS, SRTP and the chains of packets behind them. */
public final class PeerSession {

    /** RTCP compounds stay below what any path carries. */
    private static final int RTCP_MTU_BYTES = 1200;

    /** Room for a compound and its SRTCP index and tag. */
    private static final int RTCP_CAPACITY_BYTES = RTCP_MTU_BYTES + 64;

    private enum State {
        CONNECTING,
        CONNECTED,
        ENDED
    }

    private final SessionSetup setup;
    private final IceLiteAgent ice;
    private final DtlsLink dtls;
    private final IngressPath ingress;
    private final EgressPath egress;
    private final FeedbackPath feedback;
    private final ReceptionReports reports;
    private final ExtendedReports extended;
    private final CompoundPacker rtcpPacker;
    private final EarlyMedia early;
    private final FeedbackCounts said = new FeedbackCounts();
    private final long createdNanos;
    private long lastHeardNanos;
    private String srtpCipher = "";
    private long packetsSent;
    private long bytesSent;
    private long packetsReceived;
    private long bytesReceived;
    private @Nullable SendPath send;
    private State state = State.CONNECTING;
    private String remoteUfrag;

    /** Where DTLS goes before the peer has nominated: where it last came from, or could. */
    private @Nullable NetworkPath lastDtlsPath;

    private long connectDeadlineNanos;

    public PeerSession(SessionSetup setup, long nowNanos) {
        this.setup = setup;
        this.ice =
                new IceLiteAgent(
                        setup.localCredentials(),
                        setup.remoteCredentials(),
                        setup.timeouts().consentNanos(),
                        setup.allocator(),
                        nowNanos);
        this.remoteUfrag = setup.remoteCredentials().ufrag();
        this.dtls = new DtlsLink(this, setup);
        this.ingress = new IngressPath(this, setup);
        this.egress = new EgressPath(setup.counters());
        this.extended = new ExtendedReports(setup, ingress);
        this.feedback = new FeedbackPath(this, ingress, setup.counters(), extended);
        this.reports = new ReceptionReports(this, setup, ingress, extended);
        this.rtcpPacker = rtcpPacker(setup);
        this.early = new EarlyMedia(setup.allocator());
        this.connectDeadlineNanos = nowNanos + setup.timeouts().connectNanos();
        this.createdNanos = nowNanos;
        this.lastHeardNanos = nowNanos;
    }

    private static CompoundPacker rtcpPacker(SessionSetup setup) {
        return setup.negotiated().reducedSizeRtcp()
                ? CompoundPacker.reducedSize(RTCP_MTU_BYTES)
                : CompoundPacker.compound(
                        RTCP_MTU_BYTES,
                        setup.reportSsrc(),
                        SourceDescription.ofCname(setup.reportSsrc(), setup.cname()));
    }

    public String id() {
        return setup.id();
    }

    /** The name that the peer publishes or watches. */
    public String stream() {
        return setup.stream();
    }

    public NegotiatedSession negotiated() {
        return setup.negotiated();
    }

    /** The SSRC of RTCP that we send about the peer's streams. */
    public long reportSsrc() {
        return setup.reportSsrc();
    }

    public boolean isConnected() {
        return state == State.CONNECTED;
    }

    /** The local user name fragment, which changes by an ICE restart. */
    public String localUfrag() {
        return ice.localCredentials().ufrag();
    }

    /** A STUN message that names this session; answered only when it is an authentic check. */
    public void onStun(StunMessage message, NetworkPath path, long nowNanos, SessionSink out) {
        if (state == State.ENDED) {
            return;
        }
        switch (ice.onStun(message, path, nowNanos, new IceOutput(nowNanos, out))) {
            case ANSWERED -> lastHeardNanos = nowNanos;
            case ROLE_CONFLICT, UNKNOWN_ATTRIBUTE -> {}
            case WRONG_USERNAME, BAD_INTEGRITY -> drop(DropReason.STUN_NOT_AUTHENTIC);
            case MALFORMED,
                    NOT_A_REQUEST,
                    TOO_SMALL,
                    RESPONSE,
                    UNKNOWN_TRANSACTION,
                    NOT_SYMMETRIC,
                    NOT_SERVED ->
                    drop(DropReason.MALFORMED_STUN);
        }
    }

    /** Anything but STUN, from a path that the caller looked up as validated. */
    public void onDatagram(ByteBuf datagram, NetworkPath path, long nowNanos, SessionSink out) {
        if (state == State.ENDED || !ice.isValidated(path)) {
            drop(DropReason.UNVALIDATED_ADDRESS);
            return;
        }
        packetsReceived++;
        bytesReceived += datagram.readableBytes();
        switch (DatagramKind.of(datagram)) {
            case RTP -> onRtp(datagram, path, nowNanos, out);
            case RTCP -> onRtcp(datagram, nowNanos, out);
            case DTLS -> onDtls(datagram, path, nowNanos);
            default -> drop(DropReason.UNKNOWN_PROTOCOL);
        }
    }

    /** A TCP connection of the session has ended. */
    public void onPathClosed(NetworkPath path, long nowNanos, SessionSink out) {
        if (path.equals(lastDtlsPath)) {
            lastDtlsPath = null;
        }
        ice.onPathClosed(path, new IceOutput(nowNanos, out));
    }

    /** Whether the path is the peer's, by checks within the consent time. */
    public boolean holds(NetworkPath path, long nowNanos) {
        return state != State.ENDED && ice.isFresh(path, nowNanos);
    }

    private void onDtls(ByteBuf datagram, NetworkPath path, long nowNanos) {
        lastDtlsPath = path;
        dtls.onDatagram(datagram, nowNanos);
    }

    private void onRtp(ByteBuf datagram, NetworkPath path, long nowNanos, SessionSink out) {
        if (state == State.CONNECTING && early.keep(datagram, path, nowNanos)) {
            return;
        }
        if (ingress.onRtp(datagram, nowNanos, out)) {
            ice.onAuthenticMedia(path, nowNanos);
            lastHeardNanos = nowNanos;
        }
    }

    private void onRtcp(ByteBuf datagram, long nowNanos, SessionSink out) {
        if (ingress.openRtcp(datagram)) {
            lastHeardNanos = nowNanos;
            feedback.onRtcp(datagram, send, nowNanos, out);
        }
    }

    /** Sends an RTP packet when its turn has come; takes the buffer. */
    public void sendRtp(
            ByteBuf packet,
            HeaderExtensionMap extensions,
            PacketPriority priority,
            long nowNanos,
            SessionSink out) {
        SendPath path = send;
        if (path == null) {
            dropUnconnected(packet);
        } else {
            path.send(packet, extensions, priority, nowNanos, out);
        }
    }

    /**
     * As {@link #sendRtp}, and keeps the datagram that leaves in the ring for {@link #resend}.
     *
     * @param kept takes the datagram, under the number {@code keptSequence}
     */
    public void sendAndKeepRtp(
            ByteBuf packet,
            HeaderExtensionMap extensions,
            PacketPriority priority,
            PacketRing kept,
            long keptSequence,
            long nowNanos,
            SessionSink out) {
        SendPath path = send;
        if (path == null) {
            dropUnconnected(packet);
        } else {
            path.sendAndKeep(packet, extensions, priority, kept, keptSequence, nowNanos, out);
        }
    }

    /** Whether the peer's network has room for a packet that is asked for again; counted then. */
    public boolean mayRetransmit(int sizeBytes, long nowNanos) {
        return send != null && send.mayRetransmit(sizeBytes, nowNanos);
    }

    /** Sends a kept datagram again, byte for byte; borrowed. */
    public void resend(ByteBuf datagram, long nowNanos, SessionSink out) {
        if (send != null) {
            send.resend(datagram.retainedDuplicate(), nowNanos, out);
        }
    }

    /**
     * Sends padding at once, where {@link SessionSink#onPaddingWanted} asked for it; takes the
     * buffer.
     *
     * @return the bytes that it costs on the network
     */
    public int sendPadding(
            ByteBuf packet, HeaderExtensionMap extensions, int probeId, long nowNanos) {
        SendPath path = send;
        if (path == null) {
            dropUnconnected(packet);
            return 0;
        }
        return path.sendPadding(packet, extensions, probeId, nowNanos);
    }

    private void dropUnconnected(ByteBuf packet) {
        drop(DropReason.NOT_CONNECTED);
        packet.release();
    }

    /** What is known of the network to the peer. */
    public NetworkEstimate estimate() {
        return send == null ? NetworkEstimate.NONE : send.estimate();
    }

    /**
     * Tells the estimator what the media in use take and what the peer could use at most, in bit/s:
     * it looks for no more than that.
     */
    public void onDemand(long allocatedBps, long wantedBps, long nowNanos, SessionSink out) {
        if (send != null) {
            send.onDemand(allocatedBps, wantedBps, nowNanos, out);
        }
    }

    /**
     * The peer's view of a stream that we send, with what the stream knows of the round trip.
     *
     * @param rttNanos -1 when unknown
     */
    public void onReportBlock(ReportBlock block, long rttNanos, long nowNanos, SessionSink out) {
        if (send != null) {
            send.onReportBlock(block, rttNanos, nowNanos, out);
        }
    }

    /** Protects and sends RTCP packets in one datagram, or in several where they do not fit. */
    public void sendRtcp(List<? extends WritableRtcp> packets, SessionSink out) {
        packets.forEach(said::onPacket);
        for (List<WritableRtcp> datagram : rtcpPacker.pack(packets)) {
            ByteBuf compound = setup.allocator().directBuffer(RTCP_CAPACITY_BYTES);
            datagram.forEach(packet -> packet.write(compound));
            if (egress.prepareRtcp(compound)) {
                transmit(compound, out);
            }
        }
    }

    void transmit(ByteBuf datagram, SessionSink out) {
        // Before the peer has nominated, any valid pair may carry data (RFC 8445 12.1).
        NetworkPath selected = ice.selected();
        NetworkPath path = selected != null ? selected : lastDtlsPath;
        if (path == null) {
            drop(DropReason.NO_PATH);
            datagram.release();
        } else {
            packetsSent++;
            bytesSent += datagram.readableBytes();
            out.transmit(datagram, path);
        }
    }

    void onKeys(KeyingMaterial keys, long nowNanos, SessionSink out) {
        ingress.onKeys(new SrtpReceiver(keys.remote()));
        egress.onKeys(new SrtpSender(keys.local()));
        state = State.CONNECTED;
        srtpCipher = TransportStats.nameOf(keys.local().profile());
        connectDeadlineNanos = Deadline.NEVER;
        reports.onConnected(nowNanos);
        if (setup.sending() != null) {
            send = new SendPath(this, egress, setup.sending(), nowNanos);
        }
        out.onConnected(this, nowNanos);
        openEarlyMedia(out);
    }

    private void openEarlyMedia(SessionSink out) {
        for (var one = early.take(); one != null; one = early.take()) {
            onRtp(one.buffer(), one.path(), one.arrivalNanos(), out);
            one.buffer().release();
        }
    }

    public void onDeadline(long nowNanos, SessionSink out) {
        if (state == State.ENDED) {
            return;
        }
        if (Deadline.isDue(connectDeadlineNanos, nowNanos)) {
            end(EndReason.CONNECT_TIMEOUT, nowNanos, out);
        }
        ice.onDeadline(nowNanos, new IceOutput(nowNanos, out));
        dtls.onDeadline(nowNanos, out);
        if (isConnected()) {
            reports.onDeadline(nowNanos, out);
        }
        if (send != null) {
            send.onDeadline(nowNanos, out);
        }
    }

    public long nextDeadlineNanos() {
        if (state == State.ENDED) {
            return Deadline.NEVER;
        }
        long transport = Math.min(ice.nextDeadlineNanos(), dtls.nextDeadlineNanos());
        long next = Math.min(connectDeadlineNanos, transport);
        long sending = send == null ? Deadline.NEVER : send.nextDeadlineNanos();
        return isConnected()
                ? Math.min(Math.min(next, sending), reports.nextDeadlineNanos())
                : next;
    }

    /**
     * Begins an ICE restart (RFC 9725 4.3.3); the old pair serves until the new one is nominated.
     */
    public void restartIce(
            IceCredentials local, IceCredentials remote, long nowNanos, SessionSink out) {
        ice.restart(local, remote, new IceOutput(nowNanos, out));
        remoteUfrag = remote.ufrag();
    }

    /** The peer's user name fragment of the current ICE generation. */
    public String remoteUfrag() {
        return remoteUfrag;
    }

    /**
     * Ends the session: tells the peer by close_notify, frees everything, says so to the sink;
     * once.
     */
    public void end(EndReason reason, long nowNanos, SessionSink out) {
        if (state != State.ENDED) {
            state = State.ENDED;
            dtls.close(nowNanos);
            early.release();
            ingress.release(nowNanos);
            if (send != null) {
                send.release();
                send = null;
            }
            out.onEnded(this, reason, nowNanos);
        }
    }

    /** Whether an ended session's last datagrams are out. */
    public boolean hasLeft() {
        return dtls.hasEnded();
    }

    /** The peer's streams that have sent something. */
    public List<IncomingStream> incomingStreams() {
        return ingress.streams().streams();
    }

    /** What the peer's streams are and have carried so far; none of a session that has ended. */
    public List<StreamSnapshot> streamSnapshots(long nowNanos) {
        return ingress.lifecycle().snapshots(nowNanos);
    }

    /** When the session was made. */
    public long createdNanos() {
        return createdNanos;
    }

    /** When something authentic last came from the peer; at first when the session was made. */
    public long lastHeardNanos() {
        return lastHeardNanos;
    }

    /** The round trip as the peer's answers by XR tell it. */
    public RoundTrip roundTrip() {
        return extended.roundTrip();
    }

    /** What the peer asked for about a stream that we send. */
    public FeedbackTotals askedOfUs(long ssrc) {
        return feedback.asked().of(ssrc);
    }

    /** What we asked the peer for about a stream that it sends. */
    public FeedbackTotals askedOfPeer(long ssrc) {
        return said.of(ssrc);
    }

    /** The estimate of the peer's network; null where nothing is sent to the peer. */
    public @Nullable SendStats sendStats(long nowNanos) {
        return send == null ? null : send.stats(nowNanos);
    }

    /** The transport now. */
    public TransportStats transportStats() {
        return new TransportStats(
                dtls.state(),
                iceState(),
                srtpCipher,
                dtls.isClient(),
                ice.selected() == null ? lastDtlsPath : ice.selected(),
                packetsSent,
                bytesSent,
                packetsReceived,
                bytesReceived);
    }

    private TransportStats.Ice iceState() {
        if (state == State.ENDED) {
            return TransportStats.Ice.CLOSED;
        }
        if (ice.selected() != null) {
            return TransportStats.Ice.CONNECTED;
        }
        return lastDtlsPath == null ? TransportStats.Ice.NEW : TransportStats.Ice.CHECKING;
    }

    private void drop(DropReason reason) {
        setup.counters().dropped(reason).increment();
    }

    /** Leads what the ICE agent says onwards. */
    private final class IceOutput implements IceSink {

        private final long nowNanos;
        private final SessionSink out;

        IceOutput(long nowNanos, SessionSink out) {
            this.nowNanos = nowNanos;
            this.out = out;
        }

        @Override
        public void sendStun(ByteBuf answer, NetworkPath path) {
            out.transmit(answer, path);
        }

        @Override
        public void onPathValidated(NetworkPath path) {
            out.onPathValidated(PeerSession.this, path);
            if (lastDtlsPath == null) {
                lastDtlsPath = path;
            }
            dtls.onPath(nowNanos);
        }

        @Override
        public void onPathRetired(NetworkPath path) {
            out.onPathRetired(PeerSession.this, path);
        }

        @Override
        public void onPathSelected(NetworkPath path) {
            // The agent remembers it.
        }

        @Override
        public void onUfragRetired(String localUfrag) {
            out.onUfragRetired(PeerSession.this, localUfrag);
        }

        @Override
        public void onConsentExpired() {
            // Nothing may be sent to the peer any more, not even close_notify (RFC 7675 5.1).
            lastDtlsPath = null;
            end(EndReason.CONSENT_EXPIRED, nowNanos, out);
        }
    }
}
