package dev.sluice.media.ice;

import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/**
 * The pairs of one data stream and which is checked next (RFC 8445, sections 6.1.2 and 6.1.4.2).
 */
final class CheckList {

    /** RFC 8445, section 6.1.2.5. */
    static final int MAX_PAIRS = 100;

    private final List<CandidatePair> pairs = new ArrayList<>();
    private final Deque<CandidatePair> triggered = new ArrayDeque<>();

    List<CandidatePair> pairs() {
        return pairs;
    }

    /**
     * Adds a pair, unless its path is taken by one of no lower priority (section 6.1.2.4), or the
     * list is full of better ones.
     */
    boolean add(CandidatePair pair, IceRole role) {
        CandidatePair same = sameAs(pair);
        if (same != null) {
            if (!isUntouched(same) || same.priority(role) >= pair.priority(role)) {
                return false;
            }
            pairs.remove(same);
        }
        if (pairs.size() == MAX_PAIRS && !makeRoom(pair.priority(role), role)) {
            return false;
        }
        pairs.add(pair);
        pair.state(initialState(pair));
        return true;
    }

    /** Adds the pair of a check that the peer has sent; the least useful one makes room. */
    boolean addTriggered(CandidatePair pair, IceRole role) {
        if (pairs.size() == MAX_PAIRS && !makeRoom(Long.MAX_VALUE, role)) {
            return false;
        }
        pairs.add(pair);
        return true;
    }

    private @Nullable CandidatePair sameAs(CandidatePair pair) {
        NetworkPath path = pair.path();
        return path != null
                ? byPath(path)
                : find(
                        other ->
                                other.local().equals(pair.local())
                                        && other.remote()
                                                .address()
                                                .equals(pair.remote().address()));
    }

    private boolean makeRoom(long priority, IceRole role) {
        CandidatePair least = null;
        for (CandidatePair pair : pairs) {
            if (isIdle(pair) && (least == null || pair.priority(role) < least.priority(role))) {
                least = pair;
            }
        }
        if (least == null || least.priority(role) >= priority) {
            return false;
        }
        pairs.remove(least);
        triggered.remove(least);
        return true;
    }

    private static boolean isUntouched(CandidatePair pair) {
        return !pair.isKnown()
                && (pair.state() == CandidatePair.State.FROZEN
                        || pair.state() == CandidatePair.State.WAITING);
    }

    private static boolean isIdle(CandidatePair pair) {
        return !pair.isValid() && pair.state() != CandidatePair.State.IN_PROGRESS;
    }

    /** One pair of each foundation waits, the others are frozen (section 6.1.2.6). */
    private CandidatePair.State initialState(CandidatePair pair) {
        CandidatePair.State state = CandidatePair.State.WAITING;
        for (CandidatePair other : pairs) {
            if (other != pair && other.isOfFoundation(pair)) {
                if (other.state() == CandidatePair.State.SUCCEEDED) {
                    return CandidatePair.State.WAITING;
                }
                state = CandidatePair.State.FROZEN;
            }
        }
        return state;
    }

    @Nullable CandidatePair byPath(NetworkPath path) {
        return find(pair -> path.equals(pair.path()));
    }

    /** The pair whose connection was asked for and is not there yet. */
    @Nullable CandidatePair connecting(InetSocketAddress remote) {
        return find(
                pair ->
                        pair.path() == null
                                && pair.state() == CandidatePair.State.IN_PROGRESS
                                && pair.remote().address().equals(remote));
    }

    private @Nullable CandidatePair find(Predicate<CandidatePair> wanted) {
        for (CandidatePair pair : pairs) {
            if (wanted.test(pair)) {
                return pair;
            }
        }
        return null;
    }

    /** Puts a pair into the triggered-check queue. */
    void trigger(CandidatePair pair) {
        pair.state(CandidatePair.State.WAITING);
        if (!triggered.contains(pair)) {
            triggered.add(pair);
        }
    }

    /** The pair to check now, taken from the queue; null where there is none. */
    @Nullable CandidatePair next(IceRole role) {
        CandidatePair first = triggered.poll();
        if (first != null) {
            return first;
        }
        thaw();
        return best(role, pair -> pair.state() == CandidatePair.State.WAITING);
    }

    /** Whether {@link #next} has one. */
    boolean hasNext() {
        if (!triggered.isEmpty()) {
            return true;
        }
        thaw();
        return find(pair -> pair.state() == CandidatePair.State.WAITING) != null;
    }

    /** With none waiting, each foundation without a running check lets one pair wait. */
    private void thaw() {
        if (find(pair -> pair.state() == CandidatePair.State.WAITING) != null) {
            return;
        }
        for (CandidatePair frozen : pairs) {
            if (frozen.state() == CandidatePair.State.FROZEN && !isUnderWay(frozen)) {
                frozen.state(CandidatePair.State.WAITING);
            }
        }
    }

    private boolean isUnderWay(CandidatePair frozen) {
        return find(
                        pair ->
                                pair.isOfFoundation(frozen)
                                        && (pair.state() == CandidatePair.State.WAITING
                                                || pair.state() == CandidatePair.State.IN_PROGRESS))
                != null;
    }

    /** A pair has worked: the pairs of its foundation may be checked (section 7.2.5.3.3). */
    void onSuccess(CandidatePair succeeded) {
        // Without this, two agents whose checks cross would answer check with check for ever.
        triggered.remove(succeeded);
        for (CandidatePair pair : pairs) {
            if (pair.state() == CandidatePair.State.FROZEN && pair.isOfFoundation(succeeded)) {
                pair.state(CandidatePair.State.WAITING);
            }
        }
    }

    /** The best of those that are so; null where there is none. */
    @Nullable CandidatePair best(IceRole role, Predicate<CandidatePair> wanted) {
        CandidatePair best = null;
        for (CandidatePair pair : pairs) {
            if (wanted.test(pair) && (best == null || pair.priority(role) > best.priority(role))) {
                best = pair;
            }
        }
        return best;
    }

    /** Pairs whose check is still to come or to be answered. */
    int unresolved() {
        int count = 0;
        for (CandidatePair pair : pairs) {
            count += isUnresolved(pair) ? 1 : 0;
        }
        return count;
    }

    static boolean isUnresolved(CandidatePair pair) {
        return switch (pair.state()) {
            case FROZEN, WAITING, IN_PROGRESS -> true;
            case SUCCEEDED, FAILED -> false;
        };
    }

    /** A pair is selected: what was not checked yet is not checked any more (section 8.1.2). */
    void conclude() {
        triggered.clear();
        pairs.removeIf(pair -> !pair.isKnown() && pair.state() != CandidatePair.State.IN_PROGRESS);
    }

    void clear() {
        pairs.clear();
        triggered.clear();
    }
}
