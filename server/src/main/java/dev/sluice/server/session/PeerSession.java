package dev.sluice.server.session;

import dev.sluice.media.ice.IceCredentials;
import dev.sluice.media.ice.IceLiteAgent;
import dev.sluice.media.ice.NetworkPath;
import dev.sluice.media.rtcp.WritableRtcp;
import dev.sluice.media.rtp.DatagramKind;
import dev.sluice.media.sdp.NegotiatedSession;
import dev.sluice.media.stun.StunMessage;
import dev.sluice.media.time.Deadline;
import dev.sluice.srtp.context.SrtpReceiver;
import dev.sluice.srtp.context.SrtpSender;
import dev.sluice.srtp.keys.KeyingMaterial;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * One peer from its first check to its end: the transport beneath, and the chains of packets above.
 */
public final class PeerSession {

    private enum State {
        CONNECTING,
        CONNECTED,
        ENDED
    }

    /** Whom the router finds by the session, without a look into a table. */
    public interface Owner {}

    private final SessionSetup setup;
    private final PeerTransport transport;
    private final IngressPath ingress;
    private final EgressPath egress;
    private final FeedbackPath feedback;
    private final ReceptionReports reports;
    private final ExtendedReports extended;
    private final RtcpSender rtcp;
    private final MediaSender sender;
    private final EarlyMedia early;
    private final SessionView view;
    private State state = State.CONNECTING;
    private long connectDeadlineNanos;
    private long connectedNanos;
    private @Nullable Owner owner;

    public PeerSession(SessionSetup setup, long nowNanos) {
        this(
                setup,
                PeerTransport.newAgent(setup, nowNanos),
                setup.remoteCredentials().ufrag(),
                nowNanos);
    }

    /** A session that comes from another loop. */
    public PeerSession(SessionMove move, LoopTools tools) {
        this(move.setup().on(tools), move.ice(), move.remoteUfrag(), move.createdNanos());
    }

    private PeerSession(SessionSetup setup, IceLiteAgent ice, String remoteUfrag, long nowNanos) {
        this.setup = setup;
        this.transport = new PeerTransport(this, setup, ice, remoteUfrag, nowNanos);
        this.ingress = new IngressPath(this, setup);
        this.egress = new EgressPath(setup.counters());
        this.rtcp = new RtcpSender(setup, transport, egress);
        this.sender = new MediaSender(this, setup, transport, egress);
        this.extended = new ExtendedReports(setup, ingress);
        this.feedback = new FeedbackPath(this, setup, ingress, extended);
        this.reports = new ReceptionReports(this, setup, ingress, extended);
        this.early = new EarlyMedia(setup.allocator());
        this.connectedNanos = nowNanos;
        this.connectDeadlineNanos = nowNanos + setup.timeouts().connectNanos();
        this.view =
                new SessionView(
                        nowNanos,
                        transport,
                        ingress,
                        sender,
                        extended,
                        feedback.asked(),
                        rtcp.asked());
    }

    public String id() {
        return setup.id();
    }

    /** Whom the session belongs to; null for nobody. */
    public @Nullable Owner owner() {
        return owner;
    }

    /** Gives the session to somebody, or to nobody. */
    public void owner(@Nullable Owner somebody) {
        owner = somebody;
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

    /**
     * When the keys came, before which no media could be opened, whenever it had arrived; when the
     * session was made, where they have not come yet.
     */
    public long connectedNanos() {
        return connectedNanos;
    }

    /** The local user name fragment, which changes by an ICE restart. */
    public String localUfrag() {
        return transport.localUfrag();
    }

    /** Whether nothing but connectivity checks has come, so that the session can still go. */
    public boolean isUntouched() {
        return state == State.CONNECTING && transport.isUntouched();
    }

    /** Whether a check of the peer has validated a path. */
    public boolean hasPath() {
        return transport.hasPath();
    }

    /** Whether a STUN message is a check of the peer; changes nothing. */
    public boolean isAuthentic(StunMessage message) {
        return transport.isAuthentic(message);
    }

    /** Takes the untouched session off this loop; this object is of no use any more. */
    public SessionMove leave() {
        state = State.ENDED;
        early.release();
        return new SessionMove(setup, transport.giveUpAgent(), remoteUfrag(), view.createdNanos());
    }

    /** A STUN message that names this session; answered only when it is an authentic check. */
    public void onStun(StunMessage message, NetworkPath path, long nowNanos, SessionSink out) {
        transport.onStun(message, path, nowNanos, out);
    }

    /** Anything but STUN, from a path that the caller looked up as validated. */
    public void onDatagram(ByteBuf datagram, NetworkPath path, long nowNanos, SessionSink out) {
        if (!transport.admits(datagram, path)) {
            return;
        }
        switch (DatagramKind.of(datagram)) {
            case RTP -> onRtp(datagram, path, nowNanos, out);
            case RTCP -> onRtcp(datagram, nowNanos, out);
            case DTLS -> transport.onDtls(datagram, path, nowNanos);
            default -> drop(DropReason.UNKNOWN_PROTOCOL);
        }
    }

    /** A TCP connection of the session has ended. */
    public void onPathClosed(NetworkPath path, long nowNanos, SessionSink out) {
        transport.onPathClosed(path, nowNanos, out);
    }

    /** Whether the path is the peer's, by checks within the consent time. */
    public boolean holds(NetworkPath path, long nowNanos) {
        return transport.holds(path, nowNanos);
    }

    private void onRtp(ByteBuf datagram, NetworkPath path, long nowNanos, SessionSink out) {
        boolean isEarly = state == State.CONNECTING && setup.takesMedia();
        if (isEarly && early.keep(datagram, path, nowNanos)) {
            return;
        }
        if (ingress.onRtp(datagram, nowNanos, out)) {
            transport.onAuthenticMedia(path, nowNanos);
        }
    }

    private void onRtcp(ByteBuf datagram, long nowNanos, SessionSink out) {
        if (ingress.openRtcp(datagram)) {
            transport.onHeard(nowNanos);
            feedback.onRtcp(datagram, sender.rate(), nowNanos, out);
        }
    }

    /** What can be seen of the session from without. */
    public SessionView view() {
        return view;
    }

    /** The way of RTP to the peer. */
    public MediaSender sender() {
        return sender;
    }

    /** Protects and sends RTCP packets in one datagram, or in several where they do not fit. */
    public void sendRtcp(List<? extends WritableRtcp> packets, SessionSink out) {
        rtcp.send(packets, out);
    }

    void onKeys(KeyingMaterial keys, long nowNanos, SessionSink out) {
        ingress.onKeys(new SrtpReceiver(keys.remote(), setup.ciphers()));
        egress.onKeys(new SrtpSender(keys.local(), setup.ciphers()));
        state = State.CONNECTED;
        connectedNanos = nowNanos;
        connectDeadlineNanos = Deadline.NEVER;
        reports.onConnected(nowNanos);
        sender.onConnected(nowNanos);
        out.onConnected(this, nowNanos);
        openEarlyMedia(out);
    }

    private void openEarlyMedia(SessionSink out) {
        for (var one = early.take(); one != null; one = early.take()) {
            try {
                onRtp(one.buffer(), one.path(), one.arrivalNanos(), out);
            } finally {
                one.buffer().release();
            }
        }
    }

    public void onDeadline(long nowNanos, SessionSink out) {
        if (state == State.ENDED) {
            return;
        }
        if (Deadline.isDue(connectDeadlineNanos, nowNanos)) {
            end(EndReason.CONNECT_TIMEOUT, nowNanos, out);
        }
        transport.onDeadline(nowNanos, out);
        if (isConnected()) {
            reports.onDeadline(nowNanos, out);
        }
        sender.onDeadline(nowNanos, out);
    }

    public long nextDeadlineNanos() {
        if (state == State.ENDED) {
            return Deadline.NEVER;
        }
        long next = Math.min(connectDeadlineNanos, transport.nextDeadlineNanos());
        return isConnected()
                ? Math.min(next, Math.min(sender.nextDeadlineNanos(), reports.nextDeadlineNanos()))
                : next;
    }

    /**
     * Begins an ICE restart (RFC 9725 4.3.3); the old pair serves until the new one is nominated.
     */
    public void restartIce(
            IceCredentials local, IceCredentials remote, long nowNanos, SessionSink out) {
        transport.restartIce(local, remote, nowNanos, out);
    }

    /** The peer's user name fragment of the current ICE generation. */
    public String remoteUfrag() {
        return transport.remoteUfrag();
    }

    /**
     * Ends the session: tells the peer by close_notify, frees everything, says so to the sink;
     * once.
     */
    public void end(EndReason reason, long nowNanos, SessionSink out) {
        if (state != State.ENDED) {
            state = State.ENDED;
            transport.close(nowNanos);
            early.release();
            ingress.release(nowNanos);
            sender.release();
            egress.release();
            out.onEnded(this, reason, nowNanos);
        }
    }

    /** Whether an ended session's last datagrams are out. */
    public boolean hasLeft() {
        return transport.hasLeft();
    }

    private void drop(DropReason reason) {
        setup.counters().dropped(reason).increment();
    }
}
