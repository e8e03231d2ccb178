package dev.sluice.media.ice;

import dev.sluice.media.stun.StunClass;
import dev.sluice.media.stun.StunError;
import dev.sluice.media.stun.StunMessage;
import dev.sluice.media.time.Deadline;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * The checks of a full agent under one pair of credentials: from a restart to the next (RFC 8445,
 * sections 6 to 8). One data stream with one component, as BUNDLE and rtcp-mux make it.
 */
final class IceChecks {

    /** How long there may be nothing to check before that is a failure (RFC 8863, section 4). */
    static final long PATIENCE_NANOS = 39_500_000_000L;

    private static final int CHECK_CAPACITY_BYTES = 256;

    private final CheckCredentials credentials;
    private final AgentRole role;
    private final ByteBufAllocator allocator;
    private final RandomGenerator random;
    private final RemoteCandidates remotes = new RemoteCandidates();
    private final LocalCandidates locals;
    private final CheckList list = new CheckList();
    private final ChecksInFlight inFlight = new ChecksInFlight();
    private final Nomination nomination;
    private final CandidatePairing pairing;
    private long nextCheckNanos;
    private long patienceNanos = Deadline.NEVER;
    private boolean started;

    IceChecks(
            IceCredentials local,
            AgentRole role,
            LocalCandidates locals,
            ByteBufAllocator allocator,
            RandomGenerator random) {
        this.credentials = new CheckCredentials(local);
        this.role = role;
        this.locals = locals;
        this.allocator = allocator;
        this.random = random;
        this.nomination = new Nomination(role, remotes, list, inFlight);
        this.pairing = new CandidatePairing(role, locals, remotes, list, nomination);
    }

    CheckCredentials credentials() {
        return credentials;
    }

    CandidatePairing pairing() {
        return pairing;
    }

    List<CandidatePair> pairs() {
        return list.pairs();
    }

    @Nullable CandidatePair selected() {
        return nomination.selected();
    }

    /** The best pair that data may be sent on; null where there is none. */
    @Nullable CandidatePair bestValid() {
        return nomination.bestValid();
    }

    /** What carries data now. */
    @Nullable CandidatePair selectedOrBest() {
        return selected() != null ? selected() : bestValid();
    }

    /** Checks begin: the peer's credentials are here. */
    void start(IceCredentials remote, long nowNanos) {
        if (started && !remote.equals(credentials.remote())) {
            throw new IllegalStateException(
                    "New credentials of the peer (" + remote + ") need a restart of ours too");
        }
        credentials.onRemote(remote);
        if (!started) {
            started = true;
            nextCheckNanos = nowNanos;
            patienceNanos = nowNanos + PATIENCE_NANOS;
        }
    }

    boolean isStarted() {
        return started;
    }

    /** Takes an authentic request that has been answered (RFC 8445, section 7.3.1). */
    void onRequest(StunMessage request, LocalCandidate own, NetworkPath path, long nowNanos) {
        CandidatePair pair = pairing.ofRequest(own, path, request.priority());
        if (pair == null) {
            return;
        }
        pair.onRequest(request.useCandidate() && !role.isControlling(), nowNanos);
        if (pair.state() != CandidatePair.State.SUCCEEDED) {
            inFlight.cancel(pair);
            list.trigger(pair);
        } else if (!role.isControlling() && pair.isNominatedByPeer()) {
            nomination.onNominated(pair, nowNanos);
        }
    }

    /** Takes a response; it is neither authenticated nor known to be asked for. */
    IceStatus onResponse(StunMessage response, NetworkPath path, long nowNanos, IceSink out) {
        ConnectivityCheck check = inFlight.byId(response.transactionId());
        if (check == null) {
            return IceStatus.UNKNOWN_TRANSACTION;
        }
        if (!response.verifyIntegrity(credentials.remoteIntegrity())) {
            return IceStatus.BAD_INTEGRITY;
        }
        inFlight.remove(check);
        CandidatePair pair = check.pair();
        if (!path.equals(pair.path())) {
            fail(pair);
            return IceStatus.NOT_SYMMETRIC;
        }
        if (response.messageClass() == StunClass.ERROR_RESPONSE) {
            onError(response.errorCode(), check);
            return IceStatus.RESPONSE;
        }
        InetSocketAddress mapped = response.xorMappedAddress();
        if (mapped == null) {
            fail(pair);
            return IceStatus.MALFORMED;
        }
        locals.onMapped(pair.local(), mapped);
        onSuccess(check, nowNanos);
        return IceStatus.RESPONSE;
    }

    private void onError(int code, ConnectivityCheck check) {
        if (code == StunError.ROLE_CONFLICT.code()) {
            role.onConflict(check.role());
            check.pair().nominating(false);
            list.trigger(check.pair());
        } else {
            fail(check.pair());
        }
    }

    private void onSuccess(ConnectivityCheck check, long nowNanos) {
        CandidatePair pair = check.pair();
        if (!list.pairs().contains(pair)) {
            return;
        }
        if (pair.isNominating() && role.isControlling() && !check.nominates()) {
            // The check that nominates goes on.
            return;
        }
        pair.onSuccess(nowNanos);
        inFlight.cancel(pair);
        list.onSuccess(pair);
        if (role.isControlling() ? check.nominates() : pair.isNominatedByPeer()) {
            nomination.onNominated(pair, nowNanos);
        } else {
            nomination.onValid(nowNanos);
        }
    }

    /** The pair is of no use any more. */
    void fail(CandidatePair pair) {
        pair.onFailure();
        inFlight.forget(pair);
        remotes.forget(pair.remote());
        nomination.onFailure(pair);
    }

    void onTcpConnected(NetworkPath path, long nowNanos, IceSink out) {
        CandidatePair pair = list.connecting(path.remote());
        ConnectivityCheck check = pair == null ? null : inFlight.of(pair);
        if (pair != null && check != null) {
            pair.onConnected(path);
            transmit(check, nowNanos, out);
        }
    }

    void onTcpRefused(InetSocketAddress remote) {
        CandidatePair pair = list.connecting(remote);
        if (pair != null) {
            fail(pair);
        }
    }

    void onTcpClosed(NetworkPath path) {
        CandidatePair pair = list.byPath(path);
        if (pair != null) {
            fail(pair);
        }
    }

    void onDeadline(long nowNanos, IceAgentSink out) {
        repeatChecks(nowNanos, out);
        nomination.onDeadline(nowNanos);
        if (mayCheck() && nextCheckNanos - nowNanos <= 0) {
            CandidatePair pair = list.next(role.current());
            if (pair != null) {
                nextCheckNanos = nowNanos + IcePacing.TA_NANOS;
                check(pair, nowNanos, out);
            }
        }
        if (Deadline.isDue(patienceNanos, nowNanos)) {
            patienceNanos = Deadline.NEVER;
        }
    }

    private void repeatChecks(long nowNanos, IceSink out) {
        for (ConnectivityCheck due = inFlight.due(nowNanos);
                due != null;
                due = inFlight.due(nowNanos)) {
            if (!due.isOver()) {
                transmit(due, nowNanos, out);
            } else {
                inFlight.remove(due);
                if (!due.isCancelled()) {
                    fail(due.pair());
                }
            }
        }
    }

    private void check(CandidatePair pair, long nowNanos, IceAgentSink out) {
        pair.state(CandidatePair.State.IN_PROGRESS);
        boolean nominates = pair.isNominating() && role.isControlling();
        long rtoNanos = IcePacing.rtoNanos(list.unresolved());
        var check = new ConnectivityCheck(pair, role, nominates, rtoNanos, random, nowNanos);
        inFlight.add(check);
        if (pair.path() == null) {
            out.connect(pair.local(), pair.remote().address());
        } else {
            transmit(check, nowNanos, out);
        }
    }

    private void transmit(ConnectivityCheck check, long nowNanos, IceSink out) {
        ByteBuf request = allocator.buffer(CHECK_CAPACITY_BYTES);
        check.write(request, credentials);
        check.onSent(nowNanos);
        out.sendStun(request, Objects.requireNonNull(check.pair().path()));
    }

    private boolean mayCheck() {
        return started && list.hasNext();
    }

    /** Nothing works and nothing is left to try (RFC 8445, section 7.2.5.4; RFC 8863). */
    boolean hasFailed() {
        return started
                && patienceNanos == Deadline.NEVER
                && list.unresolved() == 0
                && bestValid() == null;
    }

    long nextDeadlineNanos() {
        long next = mayCheck() ? nextCheckNanos : Deadline.NEVER;
        return Math.min(
                Math.min(nomination.nextDeadlineNanos(), patienceNanos),
                Math.min(next, inFlight.nextDeadlineNanos()));
    }

    /** No more checks, and no pair is good any more. */
    void stop() {
        started = false;
        patienceNanos = Deadline.NEVER;
        nomination.stop();
        inFlight.clear();
        list.clear();
    }

    /** Keeps the valid pairs and checks no more: a restart is under way. */
    void freeze() {
        patienceNanos = Deadline.NEVER;
        nomination.freeze();
        inFlight.clear();
        list.conclude();
        started = false;
    }

    List<NetworkPath> knownPaths() {
        List<NetworkPath> paths = new ArrayList<>();
        for (CandidatePair pair : list.pairs()) {
            NetworkPath path = pair.path();
            if (pair.isKnown() && path != null) {
                paths.add(path);
            }
        }
        return paths;
    }
}
