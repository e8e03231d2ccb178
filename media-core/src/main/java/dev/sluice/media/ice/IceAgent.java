package dev.sluice.media.ice;

import dev.sluice.media.stun.StunMessage;

import io.netty.buffer.ByteBufAllocator;

import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A full agent of one session (RFC 8445), controlling or controlled: checks its candidates against
 * the peer's, nominates or follows the nomination, and asks for consent (RFC 7675). Candidates may
 * come at any time (RFC 8838); after each call {@link #nextDeadlineNanos()} may have moved.
 *
 * <p>Nothing of a message changes anything here before its MESSAGE-INTEGRITY has been found right.
 */
public final class IceAgent {

    private final AgentRole role;
    private final LocalCandidates locals = new LocalCandidates();
    private final CheckGenerations generations;
    private final CheckResponder responder;
    private final DataPath dataPath;
    private IceState state = IceState.NEW;
    private int ignoredNames;

    /**
     * @param role the offerer is controlling, the answerer is controlled, unless one is lite (RFC
     *     8445, section 6.1.1); a conflict settles itself
     * @param random of transaction ids and the tie-breaker: a secure source in production
     */
    public IceAgent(
            IceRole role,
            IceCredentials local,
            ByteBufAllocator allocator,
            RandomGenerator random) {
        this.role = new AgentRole(role, random);
        this.generations = new CheckGenerations(local, this.role, locals, allocator, random);
        this.responder = new CheckResponder(this.role, locals, generations, allocator);
        this.dataPath =
                new DataPath(generations, new ConsentFreshness(this.role, allocator, random));
    }

    /** Offers a candidate to checks; false where it is known already or there are enough. */
    public boolean addLocalCandidate(LocalCandidate candidate) {
        if (!locals.add(candidate)) {
            return false;
        }
        generations.current().pairing().onLocalCandidate(candidate);
        return true;
    }

    /**
     * The peer's credentials are known: checks begin. After the consent has expired they do not,
     * before a restart.
     */
    public void onRemoteCredentials(
            IceCredentials remote, boolean lite, long nowNanos, IceAgentSink out) {
        if (dataPath.isExpired()) {
            return;
        }
        if (lite) {
            role.onLitePeer();
        }
        generations.current().start(remote, nowNanos);
        settle(nowNanos, out);
    }

    /** The peer tells of a candidate, with its credentials or later. */
    public RemoteCandidateStatus addRemoteCandidate(IceCandidate candidate) {
        if (candidate.isNamed()) {
            ignoredNames++;
            return RemoteCandidateStatus.NAME;
        }
        RemoteCandidate usable = RemoteCandidate.of(candidate);
        return usable == null
                ? RemoteCandidateStatus.UNSUPPORTED
                : generations.current().pairing().onRemoteCandidate(usable);
    }

    /** The peer will tell of no more candidates before a restart. */
    public void onEndOfCandidates() {
        generations.current().pairing().onEndOfCandidates();
    }

    /** Handles a STUN message that came in on the path; its buffer is only borrowed. */
    public IceStatus onStun(
            StunMessage message, NetworkPath path, long nowNanos, IceAgentSink out) {
        if (dataPath.isExpired()) {
            return IceStatus.NOT_SERVED;
        }
        if (message.method() != StunMessage.BINDING) {
            return IceStatus.NOT_A_REQUEST;
        }
        IceStatus status =
                switch (message.messageClass()) {
                    case REQUEST -> responder.onRequest(message, path, nowNanos, out);
                    case SUCCESS_RESPONSE, ERROR_RESPONSE ->
                            onResponse(message, path, nowNanos, out);
                    case INDICATION -> IceStatus.NOT_A_REQUEST;
                };
        settle(nowNanos, out);
        return status;
    }

    private IceStatus onResponse(
            StunMessage response, NetworkPath path, long nowNanos, IceAgentSink out) {
        IceStatus status = dataPath.onResponse(response, path, nowNanos, out);
        return status == IceStatus.UNKNOWN_TRANSACTION
                ? generations.current().onResponse(response, path, nowNanos)
                : status;
    }

    /** Called at {@link #nextDeadlineNanos()} or later. */
    public void onDeadline(long nowNanos, IceAgentSink out) {
        if (dataPath.isExpired()) {
            return;
        }
        dataPath.onDeadline(nowNanos, out);
        generations.current().onDeadline(nowNanos, out);
        settle(nowNanos, out);
    }

    /**
     * Begins an ICE restart (RFC 8445, section 9); the peer's new credentials and candidates
     * follow. The path in use stays, consent included, until a pair is selected under the new
     * credentials. The role stays too.
     */
    public void restart(IceCredentials local, long nowNanos, IceAgentSink out) {
        generations.restart(local, dataPath.path() != null, out);
        dataPath.onRestart();
        settle(nowNanos, out);
    }

    /** A connection that the sink was asked for is open. */
    public void onTcpConnected(NetworkPath connection, long nowNanos, IceAgentSink out) {
        generations.current().onTcpConnected(connection, nowNanos, out);
        settle(nowNanos, out);
    }

    /** A connection that the sink was asked for cannot be had. */
    public void onTcpRefused(InetSocketAddress remote, long nowNanos, IceAgentSink out) {
        generations.current().onTcpRefused(remote);
        settle(nowNanos, out);
    }

    /** A connection has ended, whoever had opened it. */
    public void onTcpClosed(NetworkPath connection, long nowNanos, IceAgentSink out) {
        generations.onTcpClosed(connection);
        settle(nowNanos, out);
    }

    /** Draws the consequences of what a call has changed. */
    private void settle(long nowNanos, IceAgentSink out) {
        dataPath.choose(nowNanos, out);
        generations.announcePaths(out);
        IceState now = currentState();
        if (now != state) {
            state = now;
            out.onState(now);
        }
    }

    private IceState currentState() {
        if (dataPath.isExpired()
                || (generations.current().hasFailed() && dataPath.path() == null)) {
            return IceState.FAILED;
        }
        if (generations.current().selected() != null) {
            return IceState.COMPLETED;
        }
        if (dataPath.path() != null) {
            return IceState.CONNECTED;
        }
        return generations.current().isStarted() ? IceState.CHECKING : IceState.NEW;
    }

    /** How far the agent has come. */
    public IceState state() {
        return state;
    }

    /** Our role now; a conflict or a lite peer may have changed it. */
    public IceRole role() {
        return role.current();
    }

    /** Our credentials, those of the restart where one is under way. */
    public IceCredentials localCredentials() {
        return generations.current().credentials().local();
    }

    /**
     * Where to send data: the selected pair's path, before that the best valid one's (RFC 8445,
     * section 12.1); null where nothing may be sent.
     */
    public @Nullable NetworkPath path() {
        return dataPath.path();
    }

    /** Whether data from this path may be the peer's. */
    public boolean isValidated(NetworkPath path) {
        return generations.isAnnounced(path);
    }

    /** Our own addresses that the peer's answers have shown. */
    public List<LocalCandidate> peerReflexiveCandidates() {
        return List.copyOf(locals.learned());
    }

    /** Candidates of the peer that were names and could not be checked. */
    public int ignoredNames() {
        return ignoredNames;
    }

    public long nextDeadlineNanos() {
        return Math.min(dataPath.nextDeadlineNanos(), generations.current().nextDeadlineNanos());
    }
}
