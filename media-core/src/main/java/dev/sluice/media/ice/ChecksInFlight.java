package dev.sluice.media.ice;

import dev.sluice.media.time.Deadline;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** The transactions of checks that may still be answered. */
final class ChecksInFlight {

    /** One for each pair, and as many that were cancelled; older ones of these make room. */
    static final int MAX_CHECKS = 2 * CheckList.MAX_PAIRS;

    private final List<ConnectivityCheck> checks = new ArrayList<>();

    void add(ConnectivityCheck check) {
        if (checks.size() == MAX_CHECKS) {
            checks.removeFirst();
        }
        checks.add(check);
    }

    @Nullable ConnectivityCheck byId(byte[] transactionId) {
        for (ConnectivityCheck check : checks) {
            if (check.hasId(transactionId)) {
                return check;
            }
        }
        return null;
    }

    /** The check of a pair that was not cancelled. */
    @Nullable ConnectivityCheck of(CandidatePair pair) {
        for (ConnectivityCheck check : checks) {
            if (check.pair() == pair && !check.isCancelled()) {
                return check;
            }
        }
        return null;
    }

    @Nullable ConnectivityCheck due(long nowNanos) {
        for (ConnectivityCheck check : checks) {
            if (check.isDue(nowNanos)) {
                return check;
            }
        }
        return null;
    }

    void remove(ConnectivityCheck check) {
        checks.remove(check);
    }

    /** Those of a pair are not sent again; answers still count (RFC 8445, section 7.3.1.4). */
    void cancel(CandidatePair pair) {
        for (ConnectivityCheck check : checks) {
            if (check.pair() == pair) {
                check.cancel();
            }
        }
    }

    void forget(CandidatePair pair) {
        checks.removeIf(check -> check.pair() == pair);
    }

    /** All but the checks of one pair are not sent again. */
    void cancelOthers(CandidatePair kept) {
        for (ConnectivityCheck check : checks) {
            if (check.pair() != kept && !check.pair().isNominatedByPeer()) {
                check.cancel();
            }
        }
    }

    void clear() {
        checks.clear();
    }

    long nextDeadlineNanos() {
        long next = Deadline.NEVER;
        for (ConnectivityCheck check : checks) {
            next = Math.min(next, check.dueNanos());
        }
        return next;
    }
}
