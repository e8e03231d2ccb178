package dev.sluice.load.client;

import dev.sluice.media.ice.IceAgent;
import dev.sluice.media.ice.IceAgentSink;
import dev.sluice.media.ice.IceCandidate;
import dev.sluice.media.ice.IceCredentials;
import dev.sluice.media.ice.IceRole;
import dev.sluice.media.ice.IceState;
import dev.sluice.media.ice.LocalCandidate;
import dev.sluice.media.ice.NetworkPath;
import dev.sluice.media.ice.RemoteCandidateStatus;
import dev.sluice.media.sdp.AnswerResult;
import dev.sluice.media.stun.StunMessage;
import dev.sluice.media.time.Deadline;
import dev.sluice.srtp.dtls.DtlsEndpoint;
import dev.sluice.srtp.dtls.DtlsFailure;
import dev.sluice.srtp.dtls.DtlsOutput;
import dev.sluice.srtp.keys.DtlsFingerprint;
import dev.sluice.srtp.keys.KeyingMaterial;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.util.List;

/** A client's path to the server: a full, controlling ICE agent with one socket, and DTLS. */
final class ClientTransport {

    /** The only socket of a client. */
    private static final int SOCKET = 0;

    private static final int LOCAL_PREFERENCE = 65_535;

    /** What the client wants to hear of its transport. */
    interface Owner {

        void onKeys(KeyingMaterial keys, long nowNanos);

        void onFailed(FailureReason reason, String detail);
    }

    private final ClientWorld world;
    private final ClientWire wire;
    private final Owner owner;
    private final IceAgent ice;
    private final LocalCandidate candidate;
    private final StunMessage stun = new StunMessage();
    private final Sink sink = new Sink();
    private @Nullable DtlsFingerprint fingerprint;
    private @Nullable DtlsEndpoint dtls;
    private @Nullable InetSocketAddress remote;
    private boolean isDtlsClient;
    private boolean isClosed;
    private boolean isConnected;
    private long deadlineNanos = Deadline.NEVER;

    ClientTransport(
            ClientWorld world, ClientWire wire, Owner owner, InetSocketAddress localAddress) {
        this.world = world;
        this.wire = wire;
        this.owner = owner;
        this.ice =
                new IceAgent(
                        IceRole.CONTROLLING,
                        IceCredentials.random(world.secureRandom()),
                        world.allocator(),
                        world.secureRandom());
        this.candidate = LocalCandidate.host(SOCKET, localAddress, LOCAL_PREFERENCE);
        ice.addLocalCandidate(candidate);
    }

    IceCredentials localCredentials() {
        return ice.localCredentials();
    }

    IceCandidate localCandidate() {
        return candidate.toCandidate();
    }

    void onAnswer(AnswerResult.Applied answer, List<IceCandidate> candidates, long nowNanos) {
        var session = answer.session();
        fingerprint = DtlsFingerprint.parse(session.remoteFingerprint());
        isDtlsClient = session.isDtlsClient();
        if (!takes(candidates) && answer.remoteIsLite()) {
            // A full agent's own checks may still show where it is; a lite one never sends any.
            owner.onFailed(
                    FailureReason.ICE,
                    "the answer has no UDP candidate that this client can use: "
                            + candidates.stream().map(IceCandidate::toAttribute).toList());
            return;
        }
        ice.onEndOfCandidates();
        ice.onRemoteCredentials(
                new IceCredentials(session.remoteUfrag(), session.remotePwd()),
                answer.remoteIsLite(),
                nowNanos,
                sink);
        settle(nowNanos);
    }

    /** Takes those of UDP that have an address; whether there is one. */
    private boolean takes(List<IceCandidate> candidates) {
        boolean isAnyTaken = false;
        for (IceCandidate told : candidates) {
            isAnyTaken |=
                    told.transport().equals("udp")
                            && ice.addRemoteCandidate(told) == RemoteCandidateStatus.ADDED;
        }
        return isAnyTaken;
    }

    boolean isHandshaking() {
        return dtls != null;
    }

    void onStun(ByteBuf datagram, InetSocketAddress from, long nowNanos) {
        if (stun.wrap(datagram)) {
            ice.onStun(stun, new NetworkPath(SOCKET, from), nowNanos, sink);
            settle(nowNanos);
        }
    }

    void onDtls(ByteBuf datagram, long nowNanos) {
        if (dtls != null) {
            dtls.onDatagram(datagram, nowNanos);
            settle(nowNanos);
        }
    }

    void onDeadline(long nowNanos) {
        if (!Deadline.isDue(deadlineNanos, nowNanos)) {
            return;
        }
        ice.onDeadline(nowNanos, sink);
        if (dtls != null) {
            dtls.onDeadline(nowNanos);
        }
        settle(nowNanos);
    }

    long nextDeadlineNanos() {
        return deadlineNanos;
    }

    /** Begins DTLS where there is a path now, and asks again for the deadlines. */
    private void settle(long nowNanos) {
        NetworkPath path = ice.path();
        remote = path == null ? remote : path.remote();
        if (path != null && dtls == null && !isClosed) {
            startDtls(nowNanos);
        }
        long handshake = dtls == null || dtls.isEnded() ? Deadline.NEVER : dtls.nextDeadlineNanos();
        deadlineNanos = isClosed ? Deadline.NEVER : Math.min(ice.nextDeadlineNanos(), handshake);
    }

    private void startDtls(long nowNanos) {
        DtlsFingerprint expected = fingerprint;
        if (expected == null) {
            return;
        }
        Posting output = new Posting();
        dtls =
                isDtlsClient
                        ? DtlsEndpoint.client(
                                world.identity(), expected, world.profiles(), output, nowNanos)
                        : DtlsEndpoint.server(
                                world.identity(), expected, world.profiles(), output, nowNanos);
    }

    /** Sends on the path in use; takes the buffer. */
    void send(ByteBuf datagram) {
        if (remote == null || isClosed) {
            datagram.release();
        } else {
            wire.send(datagram, remote);
        }
    }

    /** Says goodbye by DTLS; nothing leaves but that. */
    void close(long nowNanos) {
        if (dtls != null) {
            dtls.close(nowNanos);
        }
        isClosed = true;
        deadlineNanos = Deadline.NEVER;
    }

    private final class Sink implements IceAgentSink {

        @Override
        public void sendStun(ByteBuf message, NetworkPath path) {
            wire.send(message, path.remote());
        }

        @Override
        public void onPathValidated(NetworkPath path) {}

        @Override
        public void onPathRetired(NetworkPath path) {}

        @Override
        public void onPathSelected(NetworkPath path) {}

        @Override
        public void onUfragRetired(String localUfrag) {}

        @Override
        public void onConsentExpired() {
            owner.onFailed(FailureReason.ICE, "the server stopped answering on the path");
        }

        @Override
        public void onState(IceState state) {
            if (state == IceState.FAILED) {
                owner.onFailed(FailureReason.ICE, "no candidate of the server answers");
            }
        }

        @Override
        public void connect(LocalCandidate from, InetSocketAddress to) {
            // No candidate of ours opens connections.
        }
    }

    /** Runs on the endpoint's thread. */
    private final class Posting implements DtlsOutput {

        @Override
        public void transmit(byte[] datagram) {
            wire.post(
                    now -> {
                        if (remote != null) {
                            wire.send(Unpooled.wrappedBuffer(datagram), remote);
                        }
                        settle(now);
                    });
        }

        @Override
        public void connected(KeyingMaterial keys) {
            wire.post(
                    now -> {
                        isConnected = true;
                        owner.onKeys(keys, now);
                        settle(now);
                    });
        }

        @Override
        public void failed(DtlsFailure failure, String detail) {
            wire.post(_ -> owner.onFailed(FailureReason.DTLS, failure + ": " + detail));
        }

        @Override
        public void closed(String reason) {
            wire.post(
                    _ -> {
                        if (isConnected) {
                            owner.onFailed(FailureReason.ENDED_BY_SERVER, reason);
                        }
                    });
        }
    }
}
