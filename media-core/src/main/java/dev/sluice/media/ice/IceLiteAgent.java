package dev.sluice.media.ice;

import dev.sluice.media.stun.StunMessage;
import dev.sluice.media.time.Deadline;

import io.netty.buffer.ByteBufAllocator;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * One session's lite agent (RFC 8445, section 2.5): answers the peer's checks, follows its
 * nomination and watches its consent. It never sends a check and is always the controlled one; so
 * it has no use for a check's PRIORITY, which ffmpeg 8.0 leaves out.
 *
 * <p>Nothing changes here before a message's MESSAGE-INTEGRITY has been found right.
 */
public final class IceLiteAgent {

    private final BindingAnswers answers;
    private final long consentTimeoutNanos;
    private final ValidatedPaths paths = new ValidatedPaths();
    private IceGeneration current;

    /**
     * The generation before a restart, until the peer has nominated a path under the current one.
     */
    private @Nullable IceGeneration previous;

    private long consentDeadlineNanos;

    /**
     * @param consentTimeoutNanos how long the peer may be silent, before its first check too; RFC
     *     7675 says 30 s
     */
    public IceLiteAgent(
            IceCredentials local,
            IceCredentials remote,
            long consentTimeoutNanos,
            ByteBufAllocator allocator,
            long nowNanos) {
        this.current = IceGeneration.first(local, remote);
        this.consentTimeoutNanos = consentTimeoutNanos;
        this.answers = new BindingAnswers(allocator);
        this.consentDeadlineNanos = nowNanos + consentTimeoutNanos;
    }

    /** Handles a STUN message that came in on the path; its buffer is only borrowed. */
    public IceStatus onStun(StunMessage message, NetworkPath path, long nowNanos, IceSink out) {
        if (!message.isBindingRequest()) {
            return IceStatus.NOT_A_REQUEST;
        }
        IceGeneration generation = generationOf(message.username());
        if (generation == null) {
            return IceStatus.WRONG_USERNAME;
        }
        if (!message.verifyIntegrity(generation.integrity())) {
            return IceStatus.BAD_INTEGRITY;
        }
        return onAuthenticated(message, generation, path, nowNanos, out);
    }

    /** Whether a message is a check of the peer; changes nothing. */
    public boolean isAuthentic(StunMessage message) {
        IceGeneration generation =
                message.isBindingRequest() ? generationOf(message.username()) : null;
        return generation != null && message.verifyIntegrity(generation.integrity());
    }

    private @Nullable IceGeneration generationOf(@Nullable String username) {
        if (username == null) {
            return null;
        }
        if (current.isAddressedBy(username)) {
            return current;
        }
        return previous != null && previous.isAddressedBy(username) ? previous : null;
    }

    private IceStatus onAuthenticated(
            StunMessage request,
            IceGeneration generation,
            NetworkPath path,
            long nowNanos,
            IceSink out) {
        List<Integer> unknown = request.unknownRequiredAttributes();
        if (!unknown.isEmpty()) {
            return answers.refuseUnknown(request, unknown, generation.integrity(), path, out);
        }
        if (request.isFromControlled()) {
            return answers.refuseRole(request, generation.integrity(), path, out);
        }
        IceStatus status = answers.accept(request, generation.integrity(), path, out);
        if (status == IceStatus.ANSWERED) {
            onValidCheck(request.useCandidate(), generation, path, nowNanos, out);
        }
        return status;
    }

    private void onValidCheck(
            boolean nominates,
            IceGeneration generation,
            NetworkPath path,
            long nowNanos,
            IceSink out) {
        consentDeadlineNanos = nowNanos + consentTimeoutNanos;
        boolean selects = nominates && generation == current;
        paths.onCheck(path, generation, selects, nowNanos, out);
        if (selects && previous != null) {
            out.onUfragRetired(previous.local().ufrag());
            previous = null;
            paths.retireOtherThan(current, out);
        }
    }

    /**
     * Begins an ICE restart (RFC 8445, section 9). The old credentials and the selected path stay
     * good until the peer nominates a path under the new ones; the consent deadline is not moved.
     */
    public void restart(IceCredentials local, IceCredentials remote, IceSink out) {
        if (previous != null) {
            out.onUfragRetired(current.local().ufrag());
        } else {
            previous = current;
        }
        current = current.next(local, remote);
    }

    /**
     * Media that authenticates and is no replay came by the path: the peer is there, and takes part
     * as much as by a check. Keeps the session of a client that only ever checks once, as ffmpeg
     * 8.0.
     */
    public void onAuthenticMedia(NetworkPath path, long nowNanos) {
        if (paths.onMedia(path, nowNanos)) {
            consentDeadlineNanos = nowNanos + consentTimeoutNanos;
        }
    }

    /** A TCP connection has ended: nothing comes or goes by it any more. */
    public void onPathClosed(NetworkPath path, IceSink out) {
        paths.close(path, out);
    }

    /** Whether the peer has shown within the consent time that it is at the end of the path. */
    public boolean isFresh(NetworkPath path, long nowNanos) {
        return paths.isHeardSince(path, nowNanos - consentTimeoutNanos);
    }

    /** Whether DTLS and SRTP from this path may be the peer's. */
    public boolean isValidated(NetworkPath path) {
        return paths.contains(path);
    }

    /** Whether any check of the peer has been answered by a path that is still good. */
    public boolean hasValidated() {
        return !paths.isEmpty();
    }

    /** The path the peer has nominated; null before it has. */
    public @Nullable NetworkPath selected() {
        return paths.selected();
    }

    /** Our credentials, those of the restart where one is under way. */
    public IceCredentials localCredentials() {
        return current.local();
    }

    public long nextDeadlineNanos() {
        return consentDeadlineNanos;
    }

    /** Says once that consent has expired, when it has. */
    public void onDeadline(long nowNanos, IceSink out) {
        if (Deadline.isDue(consentDeadlineNanos, nowNanos)) {
            consentDeadlineNanos = Deadline.NEVER;
            paths.retireAll(out);
            out.onConsentExpired();
        }
    }
}
