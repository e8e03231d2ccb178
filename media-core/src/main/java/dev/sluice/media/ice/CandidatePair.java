package dev.sluice.media.ice;

import org.jspecify.annotations.Nullable;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/**
 * A local and a remote candidate (RFC 8445, section 6.1.2). The local one stands for its base, so
 * that one pair is one {@link NetworkPath}.
 */
final class CandidatePair {

    /** RFC 8445, section 6.1.2.6. */
    enum State {
        FROZEN,
        WAITING,
        IN_PROGRESS,
        SUCCEEDED,
        FAILED
    }

    private final LocalCandidate local;
    private RemoteCandidate remote;
    private @Nullable NetworkPath path;
    private State state = State.FROZEN;
    private boolean known;
    private boolean valid;
    private boolean nominating;
    private boolean nominatedByPeer;
    private long validatedNanos;
    private long lastHeardNanos;

    private CandidatePair(
            LocalCandidate local, RemoteCandidate remote, @Nullable NetworkPath path) {
        this.local = local;
        this.remote = remote;
        this.path = path;
    }

    /** A pair that the candidates alone make. */
    static CandidatePair of(LocalCandidate local, RemoteCandidate remote) {
        NetworkPath path =
                local.transport().isTcp()
                        ? null
                        : new NetworkPath(local.socket(), scoped(remote.address(), local.base()));
        return new CandidatePair(local, remote, path);
    }

    /** The pair of a path that a check of the peer came by. */
    static CandidatePair ofRequest(LocalCandidate local, RemoteCandidate remote, NetworkPath path) {
        return new CandidatePair(local, remote, path);
    }

    /** A link-local address means something on one link alone: that of our own. */
    private static InetSocketAddress scoped(InetSocketAddress remote, InetSocketAddress base) {
        if (remote.getAddress().isLinkLocalAddress()
                && base.getAddress() instanceof Inet6Address own
                && own.getScopeId() != 0) {
            try {
                byte[] address = remote.getAddress().getAddress();
                return new InetSocketAddress(
                        Inet6Address.getByAddress(null, address, own.getScopeId()),
                        remote.getPort());
            } catch (UnknownHostException e) {
                throw new IllegalStateException("Not an IPv6 address: " + remote, e);
            }
        }
        return remote;
    }

    /** Whether checks may run between the two (RFC 8445 section 6.1.2.2, RFC 6544 section 6.2). */
    static boolean canPair(LocalCandidate local, RemoteCandidate remote) {
        boolean localIsIpv6 = local.base().getAddress() instanceof Inet6Address;
        boolean remoteIsIpv6 = remote.address().getAddress() instanceof Inet6Address;
        return local.transport().pairsWith(remote.transport())
                && local.transport() != CandidateTransport.TCP_PASSIVE
                && localIsIpv6 == remoteIsIpv6
                && (!localIsIpv6 || local.isLinkLocal() == remote.isLinkLocal());
    }

    /** RFC 8445, section 6.1.2.3: G is of the controlling agent. */
    long priority(IceRole role) {
        long ours = local.priority();
        long theirs = remote.priority();
        long controlling = role == IceRole.CONTROLLING ? ours : theirs;
        long controlled = role == IceRole.CONTROLLING ? theirs : ours;
        return (Math.min(controlling, controlled) << 32)
                + 2 * Math.max(controlling, controlled)
                + (controlling > controlled ? 1 : 0);
    }

    boolean isOfFoundation(CandidatePair other) {
        return local.foundation().equals(other.local.foundation())
                && remote.foundation().equals(other.remote.foundation());
    }

    LocalCandidate local() {
        return local;
    }

    RemoteCandidate remote() {
        return remote;
    }

    /** The peer has told of a candidate that a check had shown before. */
    void onRemoteTold(RemoteCandidate told) {
        remote = told;
    }

    /** Null for TCP before the connection is there. */
    @Nullable NetworkPath path() {
        return path;
    }

    void onConnected(NetworkPath connection) {
        path = connection;
    }

    State state() {
        return state;
    }

    void state(State next) {
        state = next;
    }

    /** Whether data of the peer may come by it: one of us has checked it with success. */
    boolean isKnown() {
        return known;
    }

    /** Whether our own check has succeeded, so that data may be sent. */
    boolean isValid() {
        return valid;
    }

    /** Whether we, controlling, are about to nominate it. */
    boolean isNominating() {
        return nominating;
    }

    void nominating(boolean is) {
        nominating = is;
    }

    /** Whether the controlling peer has nominated it, be it valid yet or not. */
    boolean isNominatedByPeer() {
        return nominatedByPeer;
    }

    void onRequest(boolean useCandidate, long nowNanos) {
        known = true;
        nominatedByPeer |= useCandidate;
        lastHeardNanos = nowNanos;
    }

    void onSuccess(long nowNanos) {
        known = true;
        valid = true;
        validatedNanos = nowNanos;
        lastHeardNanos = nowNanos;
        state = State.SUCCEEDED;
    }

    void onFailure() {
        known = false;
        valid = false;
        nominating = false;
        nominatedByPeer = false;
        state = State.FAILED;
    }

    /** When consent was given last by a check that is no consent check. */
    long validatedNanos() {
        return validatedNanos;
    }

    long lastHeardNanos() {
        return lastHeardNanos;
    }
}
