package dev.sluice.media.ice;

import io.netty.buffer.ByteBufAllocator;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * The checks under the credentials of now, and from an ICE restart on, until a pair is selected
 * under these, those under the credentials of before (RFC 8445, section 9).
 */
final class CheckGenerations {

    private final AgentRole role;
    private final LocalCandidates locals;
    private final ByteBufAllocator allocator;
    private final RandomGenerator random;
    private final AnnouncedPaths announced = new AnnouncedPaths();
    private IceChecks current;

    /** Checks no more, but what it has found may carry data. */
    private @Nullable IceChecks previous;

    CheckGenerations(
            IceCredentials first,
            AgentRole role,
            LocalCandidates locals,
            ByteBufAllocator allocator,
            RandomGenerator random) {
        this.role = role;
        this.locals = locals;
        this.allocator = allocator;
        this.random = random;
        this.current = checks(first);
    }

    private IceChecks checks(IceCredentials local) {
        return new IceChecks(local, role, locals, allocator, random);
    }

    IceChecks current() {
        return current;
    }

    /** Whose credentials a request names; null where they are nobody's. */
    @Nullable IceChecks addressedBy(@Nullable String username) {
        if (username == null) {
            return null;
        }
        if (current.credentials().isAddressedBy(username)) {
            return current;
        }
        return previous != null && previous.credentials().isAddressedBy(username) ? previous : null;
    }

    /** The checks that have made a pair, which is of one generation or the other. */
    IceChecks of(CandidatePair pair) {
        return previous != null && previous.pairs().contains(pair) ? previous : current;
    }

    /** What may carry data while nothing is selected: what did before goes first. */
    @Nullable CandidatePair bestUnselected() {
        CandidatePair old = previous == null ? null : previous.selectedOrBest();
        return old != null ? old : current.bestValid();
    }

    /**
     * Begins a new generation.
     *
     * @param isInUse whether data goes by a pair of now, which stays until it is replaced; of two
     *     restarts in a row, the pair of before the first one stays
     */
    void restart(IceCredentials local, boolean isInUse, IceSink out) {
        if (isInUse && previous == null) {
            previous = current;
            previous.freeze();
        } else {
            out.onUfragRetired(current.credentials().local().ufrag());
        }
        current = checks(local);
    }

    /** The restart has completed, or what was kept for it is of no use any more. */
    void retirePrevious(IceSink out) {
        if (previous != null) {
            out.onUfragRetired(previous.credentials().local().ufrag());
            previous = null;
        }
    }

    /** No pair is good any more. */
    void stop(IceSink out) {
        current.stop();
        retirePrevious(out);
        announcePaths(out);
    }

    void onTcpClosed(NetworkPath connection) {
        current.onTcpClosed(connection);
        if (previous != null) {
            previous.onTcpClosed(connection);
        }
    }

    /** Tells which paths have become valid, and which are no more. */
    void announcePaths(IceSink out) {
        Set<NetworkPath> known = new LinkedHashSet<>(current.knownPaths());
        if (previous != null) {
            known.addAll(previous.knownPaths());
        }
        announced.announce(known, out);
    }

    /** Whether a path has been told of as valid. */
    boolean isAnnounced(NetworkPath path) {
        return announced.contains(path);
    }
}
