package dev.sluice.server.session;

import dev.sluice.media.time.Deadline;
import dev.sluice.srtp.dtls.DtlsEndpoint;
import dev.sluice.srtp.dtls.DtlsFailure;
import dev.sluice.srtp.dtls.DtlsOutput;
import dev.sluice.srtp.keys.KeyingMaterial;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.jspecify.annotations.Nullable;

/**
 * A session's DTLS: starts the endpoint - a server at the peer's first datagram, a client when
 * there is a path to the peer -, bounds the handshake in number and time, and brings what the
 * endpoint's thread says back to the loop.
 */
final class DtlsLink {

    private enum State {
        IDLE,
        HANDSHAKING,
        CONNECTED,
        ENDED
    }

    /** How soon a client asks again that found too many handshakes under way. */
    private static final long START_RETRY_NANOS = 100_000_000;

    private final PeerSession session;
    private final PeerTransport transport;
    private final SessionSetup setup;
    private State state = State.IDLE;
    private @Nullable DtlsEndpoint endpoint;
    private String srtpCipher = "";
    private long startDeadlineNanos = Deadline.NEVER;
    private long handshakeDeadlineNanos = Deadline.NEVER;

    DtlsLink(PeerSession session, PeerTransport transport, SessionSetup setup) {
        this.session = session;
        this.transport = transport;
        this.setup = setup;
    }

    /** There is a path to the peer: whoever begins the handshake begins. */
    void onPath(long nowNanos) {
        if (isClient() && state == State.IDLE) {
            startDeadlineNanos = start(nowNanos) ? Deadline.NEVER : nowNanos + START_RETRY_NANOS;
        }
    }

    void onDatagram(ByteBuf datagram, long nowNanos) {
        if (state == State.IDLE && (isClient() || !start(nowNanos))) {
            drop(DropReason.HANDSHAKE_LIMIT);
        } else if (endpoint != null) {
            switch (endpoint.onDatagram(datagram, nowNanos)) {
                case OK -> {}
                case MALFORMED -> drop(DropReason.MALFORMED_DTLS);
                case INBOX_FULL, ENDED -> drop(DropReason.DTLS_INBOX_FULL);
            }
        }
    }

    /** Whether nothing has begun, nor waits to. */
    boolean isUntouched() {
        return state == State.IDLE && startDeadlineNanos == Deadline.NEVER;
    }

    boolean isClient() {
        return setup.negotiated().isDtlsClient();
    }

    private boolean start(long nowNanos) {
        if (!setup.handshakes().tryTake()) {
            return false;
        }
        state = State.HANDSHAKING;
        handshakeDeadlineNanos = nowNanos + setup.timeouts().handshakeNanos();
        endpoint = isClient() ? client(nowNanos) : server(nowNanos);
        return true;
    }

    private DtlsEndpoint client(long nowNanos) {
        return DtlsEndpoint.client(
                setup.identity(),
                setup.remoteFingerprint(),
                setup.profiles(),
                setup.timeouts().handshakeNanos(),
                new Posting(),
                nowNanos);
    }

    private DtlsEndpoint server(long nowNanos) {
        return DtlsEndpoint.server(
                setup.identity(),
                setup.remoteFingerprint(),
                setup.profiles(),
                setup.timeouts().handshakeNanos(),
                new Posting(),
                nowNanos);
    }

    void onDeadline(long nowNanos, SessionSink out) {
        if (Deadline.isDue(handshakeDeadlineNanos, nowNanos)) {
            finish(HandshakeOutcome.TIMED_OUT, State.ENDED);
            session.end(EndReason.HANDSHAKE_TIMEOUT, nowNanos, out);
        } else if (Deadline.isDue(startDeadlineNanos, nowNanos)) {
            onPath(nowNanos);
        } else if (endpoint != null && state != State.CONNECTED) {
            endpoint.onDeadline(nowNanos);
        }
    }

    long nextDeadlineNanos() {
        // Once connected, the endpoint acts on datagrams alone.
        long endpointDeadline =
                endpoint != null && state != State.CONNECTED
                        ? endpoint.nextDeadlineNanos()
                        : Deadline.NEVER;
        return Math.min(startDeadlineNanos, Math.min(handshakeDeadlineNanos, endpointDeadline));
    }

    TransportStats.Dtls state() {
        return switch (state) {
            case IDLE -> TransportStats.Dtls.NEW;
            case HANDSHAKING -> TransportStats.Dtls.CONNECTING;
            case CONNECTED -> TransportStats.Dtls.CONNECTED;
            case ENDED -> TransportStats.Dtls.CLOSED;
        };
    }

    /** The name of the profile that was agreed on; empty before there are keys. */
    String srtpCipher() {
        return srtpCipher;
    }

    boolean hasEnded() {
        return endpoint == null || endpoint.isEnded();
    }

    /** Says close_notify to the peer, if there is one, and ends the endpoint's thread. */
    void close(long nowNanos) {
        if (state == State.HANDSHAKING) {
            finish(HandshakeOutcome.FAILED, State.ENDED);
        }
        state = State.ENDED;
        startDeadlineNanos = Deadline.NEVER;
        if (endpoint != null) {
            endpoint.close(nowNanos);
        }
    }

    private void finish(HandshakeOutcome outcome, State next) {
        handshakeDeadlineNanos = Deadline.NEVER;
        setup.handshakes().giveBack();
        setup.counters().handshake(outcome).increment();
        state = next;
    }

    private void onConnected(KeyingMaterial keys, long nowNanos, SessionSink out) {
        if (state == State.HANDSHAKING) {
            finish(HandshakeOutcome.CONNECTED, State.CONNECTED);
            srtpCipher = TransportStats.nameOf(keys.local().profile());
            session.onKeys(keys, nowNanos, out);
        }
    }

    private void onFailed(DtlsFailure failure, long nowNanos, SessionSink out) {
        if (state == State.HANDSHAKING) {
            boolean isTimeout = failure == DtlsFailure.TIMED_OUT;
            finish(isTimeout ? HandshakeOutcome.TIMED_OUT : HandshakeOutcome.FAILED, State.ENDED);
            session.end(reasonOf(failure), nowNanos, out);
        }
    }

    private static EndReason reasonOf(DtlsFailure failure) {
        return switch (failure) {
            case PEER_NOT_AUTHENTICATED -> EndReason.WRONG_CERTIFICATE;
            case TIMED_OUT -> EndReason.HANDSHAKE_TIMEOUT;
            case NO_COMMON_PROFILE, REFUSED_BY_PEER, PROTOCOL_ERROR, CLOSED ->
                    EndReason.HANDSHAKE_FAILED;
        };
    }

    private void onPeerClosed(long nowNanos, SessionSink out) {
        if (state == State.CONNECTED) {
            session.end(EndReason.PEER_CLOSED, nowNanos, out);
        }
    }

    private void drop(DropReason reason) {
        setup.counters().dropped(reason).increment();
    }

    /** Runs on the endpoint's thread: everything it hears goes to the loop by mailbox. */
    private final class Posting implements DtlsOutput {

        @Override
        public void transmit(byte[] datagram) {
            post((now, out) -> transport.transmit(Unpooled.wrappedBuffer(datagram), out));
        }

        @Override
        public void connected(KeyingMaterial keys) {
            post((now, out) -> onConnected(keys, now, out));
        }

        @Override
        public void failed(DtlsFailure failure, String detail) {
            post((now, out) -> onFailed(failure, now, out));
        }

        @Override
        public void closed(String reason) {
            post(DtlsLink.this::onPeerClosed);
        }

        private void post(Mailbox.Letter letter) {
            setup.mailbox()
                    .post(
                            (now, out) -> {
                                letter.open(now, out);
                                out.onDeadlineMoved(session);
                            });
        }
    }
}
