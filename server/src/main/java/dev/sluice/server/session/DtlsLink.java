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
 * A session's DTLS: starts the endpoint at the first datagram, bounds the handshake in number and
 * time, and brings what the endpoint's thread says back to the loop.
 */
final class DtlsLink {

    private enum State {
        IDLE,
        HANDSHAKING,
        CONNECTED,
        ENDED
    }

    private final PeerSession session;
    private final SessionSetup setup;
    private State state = State.IDLE;
    private @Nullable DtlsEndpoint endpoint;
    private long handshakeDeadlineNanos = Deadline.NEVER;

    DtlsLink(PeerSession session, SessionSetup setup) {
        this.session = session;
        this.setup = setup;
    }

    void onDatagram(ByteBuf datagram, long nowNanos) {
        if (state == State.IDLE && !start(nowNanos)) {
            setup.counters().dropped(DropReason.HANDSHAKE_LIMIT).increment();
            return;
        }
        if (endpoint != null && !endpoint.onDatagram(datagram, nowNanos)) {
            setup.counters().dropped(DropReason.DTLS_INBOX_FULL).increment();
        }
    }

    private boolean start(long nowNanos) {
        if (!setup.handshakes().tryTake()) {
            return false;
        }
        state = State.HANDSHAKING;
        handshakeDeadlineNanos = nowNanos + setup.timeouts().handshakeNanos();
        endpoint =
                DtlsEndpoint.server(
                        setup.identity(),
                        setup.remoteFingerprint(),
                        setup.profiles(),
                        new Posting(),
                        nowNanos);
        return true;
    }

    void onDeadline(long nowNanos, SessionSink out) {
        if (Deadline.isDue(handshakeDeadlineNanos, nowNanos)) {
            finish(HandshakeOutcome.TIMED_OUT, State.ENDED);
            session.end(EndReason.HANDSHAKE_TIMEOUT, nowNanos, out);
        } else if (endpoint != null) {
            endpoint.onDeadline(nowNanos);
        }
    }

    long nextDeadlineNanos() {
        long endpointDeadline = endpoint == null ? Deadline.NEVER : endpoint.nextDeadlineNanos();
        return Math.min(handshakeDeadlineNanos, endpointDeadline);
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
            session.onKeys(keys, nowNanos, out);
        }
    }

    private void onFailed(long nowNanos, SessionSink out) {
        if (state == State.HANDSHAKING) {
            finish(HandshakeOutcome.FAILED, State.ENDED);
            session.end(EndReason.HANDSHAKE_FAILED, nowNanos, out);
        }
    }

    private void onPeerClosed(long nowNanos, SessionSink out) {
        if (state == State.CONNECTED) {
            session.end(EndReason.PEER_CLOSED, nowNanos, out);
        }
    }

    /** Runs on the endpoint's thread: everything it hears goes to the loop by mailbox. */
    private final class Posting implements DtlsOutput {

        @Override
        public void transmit(byte[] datagram) {
            post((now, out) -> session.transmit(Unpooled.wrappedBuffer(datagram), out));
        }

        @Override
        public void connected(KeyingMaterial keys) {
            post((now, out) -> onConnected(keys, now, out));
        }

        @Override
        public void failed(DtlsFailure failure, String detail) {
            post((now, out) -> onFailed(now, out));
        }

        @Override
        public void closed() {
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
