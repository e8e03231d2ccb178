package dev.sluice.media.ice;

import dev.sluice.media.stun.StunClass;
import dev.sluice.media.stun.StunError;
import dev.sluice.media.stun.StunMessage;
import dev.sluice.media.time.Deadline;

import io.netty.buffer.ByteBufAllocator;

import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The checks of a full agent under one pair of credentials: from a restart to the next (RFC 8445,
 * sections 6 to 8). One data stream with one component, as BUNDLE and rtcp-mux make it.
 */
final class IceChecks {

    /** How long there may be nothing to check before that is a failure (RFC 8863, section 4). */
    static final long PATIENCE_NANOS = 39_500_000_000L;

    private final CheckCredentials credentials;
    private final AgentRole role;
    private final RemoteCandidates remotes = new RemoteCandidates();
    private final LocalCandidates locals;
    private final CheckList list = new CheckList();
    private final ChecksInFlight inFlight = new ChecksInFlight();
    private final Nomination nomination;
    private final CandidatePairing pairing;
    private final CheckSender sender;
    private long patienceNanos = Deadline.NEVER;

    IceChecks(
            IceCredentials local,
            AgentRole role,
            LocalCandidates locals,
            ByteBufAllocator allocator,
            RandomGenerator random) {
        this.credentials = new CheckCredentials(local);
        this.role = role;
        this.locals = locals;
        this.nomination = new Nomination(role, remotes, list, inFlight);
        this.pairing = new CandidatePairing(role, locals, remotes, list, nomination);
        this.sender = new CheckSender(credentials, role, list, inFlight, allocator, random);
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
        if (isStarted() && !remote.equals(credentials.remote())) {
            throw new IllegalStateException(
                    "New credentials of the peer (" + remote + ") need a restart of ours too");
        }
        credentials.onRemote(remote);
        if (!isStarted()) {
            sender.start(nowNanos);
            patienceNanos = nowNanos + PATIENCE_NANOS;
        }
    }

    boolean isStarted() {
        return sender.isStarted();
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

    /**
     * Takes a response, which is neither authenticated nor known to be asked for (RFC 8445, section
     * 7.2.5).
     */
    IceStatus onResponse(StunMessage response, NetworkPath path, long nowNanos) {
        ConnectivityCheck check = inFlight.byId(response.transactionId());
        if (check == null) {
            return IceStatus.UNKNOWN_TRANSACTION;
        }
        if (!response.verifyIntegrity(credentials.remoteIntegrity())) {
            return IceStatus.BAD_INTEGRITY;
        }
        inFlight.remove(check);
        if (!path.equals(check.pair().path())) {
            fail(check.pair());
            return IceStatus.NOT_SYMMETRIC;
        }
        return response.messageClass() == StunClass.ERROR_RESPONSE
                ? onError(response.errorCode(), check)
                : onSuccess(response.xorMappedAddress(), check, nowNanos);
    }

    private IceStatus onError(int code, ConnectivityCheck check) {
        if (code == StunError.ROLE_CONFLICT.code()) {
            role.onConflict(check.role());
            check.pair().nominating(false);
            list.trigger(check.pair());
        } else {
            fail(check.pair());
        }
        return IceStatus.RESPONSE;
    }

    private IceStatus onSuccess(
            @Nullable InetSocketAddress mapped, ConnectivityCheck check, long nowNanos) {
        CandidatePair pair = check.pair();
        if (mapped == null) {
            fail(pair);
            return IceStatus.MALFORMED;
        }
        locals.onMapped(pair.local(), mapped);
        // Where we nominate, the check that says so goes on.
        boolean isOvertaken = pair.isNominating() && role.isControlling() && !check.nominates();
        if (list.pairs().contains(pair) && !isOvertaken) {
            onValid(pair, check.nominates(), nowNanos);
        }
        return IceStatus.RESPONSE;
    }

    private void onValid(CandidatePair pair, boolean nominates, long nowNanos) {
        pair.onSuccess(nowNanos);
        inFlight.cancel(pair);
        list.onSuccess(pair);
        if (role.isControlling() ? nominates : pair.isNominatedByPeer()) {
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
        sender.onTcpConnected(path, nowNanos, out);
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
        for (CandidatePair unanswered = sender.repeat(nowNanos, out);
                unanswered != null;
                unanswered = sender.repeat(nowNanos, out)) {
            fail(unanswered);
        }
        nomination.onDeadline(nowNanos);
        sender.beginNext(nowNanos, out);
        if (Deadline.isDue(patienceNanos, nowNanos)) {
            patienceNanos = Deadline.NEVER;
        }
    }

    /** Nothing works and nothing is left to try (RFC 8445, section 7.2.5.4; RFC 8863). */
    boolean hasFailed() {
        return isStarted()
                && patienceNanos == Deadline.NEVER
                && list.unresolved() == 0
                && bestValid() == null;
    }

    long nextDeadlineNanos() {
        return Math.min(
                Math.min(nomination.nextDeadlineNanos(), patienceNanos),
                sender.nextDeadlineNanos());
    }

    /** No more checks, and no pair is good any more. */
    void stop() {
        patienceNanos = Deadline.NEVER;
        sender.stop();
        nomination.stop();
        list.clear();
    }

    /** Keeps the valid pairs and checks no more: a restart is under way. */
    void freeze() {
        patienceNanos = Deadline.NEVER;
        sender.stop();
        nomination.freeze();
        list.conclude();
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
