package dev.sluice.server.session;

import dev.sluice.media.ice.IceCredentials;
import dev.sluice.media.ice.IceLiteAgent;
import dev.sluice.media.ice.IceSink;
import dev.sluice.media.ice.NetworkPath;
import dev.sluice.media.stun.StunMessage;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;

/**
 * What is beneath a session's media: the paths that ICE has proven, DTLS over them, and which of
 * them datagrams take.
 */
final class PeerTransport {

    private final PeerSession session;
    private final SessionSetup setup;
    private final IceLiteAgent ice;
    private final DtlsLink dtls;
    private String remoteUfrag;
    private boolean closed;

    /** Where DTLS goes before the peer has nominated: where it last came from, or could. */
    private @Nullable NetworkPath lastDtlsPath;

    private long lastHeardNanos;
    private long packetsSent;
    private long bytesSent;
    private long packetsReceived;
    private long bytesReceived;

    PeerTransport(
            PeerSession session,
            SessionSetup setup,
            IceLiteAgent ice,
            String remoteUfrag,
            long nowNanos) {
        this.session = session;
        this.setup = setup;
        this.ice = ice;
        this.dtls = new DtlsLink(session, this, setup);
        this.remoteUfrag = remoteUfrag;
        this.lastHeardNanos = nowNanos;
    }

    static IceLiteAgent newAgent(SessionSetup setup, long nowNanos) {
        return new IceLiteAgent(
                setup.localCredentials(),
                setup.remoteCredentials(),
                setup.timeouts().consentNanos(),
                setup.allocator(),
                nowNanos);
    }

    /** Whether a message is a check of the peer; changes nothing. */
    boolean isAuthentic(StunMessage message) {
        return !closed && ice.isAuthentic(message);
    }

    boolean hasPath() {
        return ice.hasValidated();
    }

    /** Whether nothing of DTLS has begun. */
    boolean isUntouched() {
        return !closed && dtls.isUntouched();
    }

    /** Gives up the agent for good; the peer hears nothing of it. */
    IceLiteAgent giveUpAgent() {
        closed = true;
        return ice;
    }

    /** A STUN message that names the session; answered only when it is an authentic check. */
    void onStun(StunMessage message, NetworkPath path, long nowNanos, SessionSink out) {
        if (closed) {
            return;
        }
        switch (ice.onStun(message, path, nowNanos, new IceOutput(nowNanos, out))) {
            case ANSWERED -> onHeard(nowNanos);
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

    /** Whether a datagram came by a path that is the peer's; it is counted then. */
    boolean admits(ByteBuf datagram, NetworkPath path) {
        if (closed || !ice.isValidated(path)) {
            drop(DropReason.UNVALIDATED_ADDRESS);
            return false;
        }
        packetsReceived++;
        bytesReceived += datagram.readableBytes();
        return true;
    }

    void onDtls(ByteBuf datagram, NetworkPath path, long nowNanos) {
        lastDtlsPath = path;
        dtls.onDatagram(datagram, nowNanos);
    }

    /** RTP from the path was authentic, which renews the peer's consent as a check does. */
    void onAuthenticMedia(NetworkPath path, long nowNanos) {
        ice.onAuthenticMedia(path, nowNanos);
        onHeard(nowNanos);
    }

    /** Something authentic came from the peer; media that was kept has come a while ago. */
    void onHeard(long nowNanos) {
        if (nowNanos - lastHeardNanos > 0) {
            lastHeardNanos = nowNanos;
        }
    }

    /** When something authentic last came from the peer; at first when the session was made. */
    long lastHeardNanos() {
        return lastHeardNanos;
    }

    /** A TCP connection of the session has ended. */
    void onPathClosed(NetworkPath path, long nowNanos, SessionSink out) {
        ice.onPathClosed(path, new IceOutput(nowNanos, out));
    }

    /** Whether the path is the peer's, by checks within the consent time. */
    boolean holds(NetworkPath path, long nowNanos) {
        return !closed && ice.isFresh(path, nowNanos);
    }

    /** Sends a datagram; takes the buffer. */
    void transmit(ByteBuf datagram, SessionSink out) {
        NetworkPath path = path();
        if (path == null) {
            drop(DropReason.NO_PATH);
            datagram.release();
        } else {
            packetsSent++;
            bytesSent += datagram.readableBytes();
            out.transmit(datagram, path);
        }
    }

    /** Whether datagrams can leave to the peer together. */
    boolean takesRuns(SessionSink out) {
        NetworkPath path = path();
        return path != null && out.takesRuns(path);
    }

    /** Sends datagrams, if there are any; takes the buffers out of the run. */
    void transmitRun(DatagramRun run, SessionSink out) {
        NetworkPath path = path();
        if (path == null) {
            setup.counters().dropped(DropReason.NO_PATH).add(run.size());
            run.release();
        } else if (run.size() > 0) {
            packetsSent += run.size();
            bytesSent += run.bytes();
            out.transmitRun(run, path);
        }
    }

    /** Where datagrams go to; null before that is known. */
    private @Nullable NetworkPath path() {
        // Before the peer has nominated, any valid pair may carry data (RFC 8445 12.1).
        NetworkPath selected = ice.selected();
        return selected != null ? selected : lastDtlsPath;
    }

    void onDeadline(long nowNanos, SessionSink out) {
        ice.onDeadline(nowNanos, new IceOutput(nowNanos, out));
        dtls.onDeadline(nowNanos, out);
    }

    long nextDeadlineNanos() {
        return Math.min(ice.nextDeadlineNanos(), dtls.nextDeadlineNanos());
    }

    void restartIce(IceCredentials local, IceCredentials remote, long nowNanos, SessionSink out) {
        ice.restart(local, remote, new IceOutput(nowNanos, out));
        remoteUfrag = remote.ufrag();
    }

    String localUfrag() {
        return ice.localCredentials().ufrag();
    }

    String remoteUfrag() {
        return remoteUfrag;
    }

    /** Says close_notify to the peer, and takes nothing from it any more. */
    void close(long nowNanos) {
        closed = true;
        dtls.close(nowNanos);
    }

    /** Whether the last datagrams are out. */
    boolean hasLeft() {
        return dtls.hasEnded();
    }

    TransportStats stats() {
        return new TransportStats(
                dtls.state(),
                iceState(),
                dtls.srtpCipher(),
                dtls.isClient(),
                path(),
                packetsSent,
                bytesSent,
                packetsReceived,
                bytesReceived);
    }

    private TransportStats.Ice iceState() {
        if (closed) {
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
            out.onPathValidated(session, path);
            if (lastDtlsPath == null) {
                lastDtlsPath = path;
            }
            dtls.onPath(nowNanos);
        }

        @Override
        public void onPathRetired(NetworkPath path) {
            if (path.equals(lastDtlsPath)) {
                lastDtlsPath = null;
            }
            out.onPathRetired(session, path);
        }

        @Override
        public void onPathSelected(NetworkPath path) {
            // The agent remembers it.
        }

        @Override
        public void onUfragRetired(String localUfrag) {
            out.onUfragRetired(session, localUfrag);
        }

        @Override
        public void onConsentExpired() {
            // Nothing may be sent to the peer any more, not even close_notify (RFC 7675 5.1).
            lastDtlsPath = null;
            session.end(EndReason.CONSENT_EXPIRED, nowNanos, out);
        }
    }
}
