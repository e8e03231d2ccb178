package dev.sluice.media.ice;

import dev.sluice.media.time.Deadline;

import org.jspecify.annotations.Nullable;

/** Which of the pairs that work carries data, and who says so (RFC 8445, section 8). */
final class Nomination {

    /** How long a better pair is waited for once one is valid. */
    static final long PATIENCE_NANOS = 500_000_000L;

    /** A nominated pair takes over from a better one that has been silent for so long. */
    static final long SELECTED_SILENT_NANOS = 10_000_000_000L;

    private final AgentRole role;
    private final RemoteCandidates remotes;
    private final CheckList list;
    private final ChecksInFlight inFlight;
    private @Nullable CandidatePair selected;
    private long nominateNanos = Deadline.NEVER;

    Nomination(AgentRole role, RemoteCandidates remotes, CheckList list, ChecksInFlight inFlight) {
        this.role = role;
        this.remotes = remotes;
        this.list = list;
        this.inFlight = inFlight;
    }

    @Nullable CandidatePair selected() {
        return selected;
    }

    /** The best pair that data may be sent on; null where there is none. */
    @Nullable CandidatePair bestValid() {
        return list.best(role.current(), CandidatePair::isValid);
    }

    /** A pair works that nobody has nominated yet. */
    void onValid(long nowNanos) {
        if (selected == null && nominateNanos == Deadline.NEVER) {
            nominateNanos = nowNanos + PATIENCE_NANOS;
        }
    }

    /** Selects a valid pair where it is better than what was (section 8.1.1). */
    void onNominated(CandidatePair pair, long nowNanos) {
        if (selected == null || takesOver(pair, selected, nowNanos)) {
            selected = pair;
            nominateNanos = Deadline.NEVER;
            inFlight.cancelOthers(pair);
            list.conclude();
        }
    }

    private boolean takesOver(CandidatePair pair, CandidatePair current, long nowNanos) {
        return pair.priority(role.current()) > current.priority(role.current())
                || nowNanos - current.lastHeardNanos() >= SELECTED_SILENT_NANOS;
    }

    /** A pair is of no use any more. */
    void onFailure(CandidatePair pair) {
        if (selected == pair) {
            selected = null;
        }
        if (bestValid() == null) {
            nominateNanos = Deadline.NEVER;
        }
    }

    /** The controlling agent nominates one pair: the best, or the best so far after some time. */
    void onDeadline(long nowNanos) {
        if (!role.isControlling() || selected != null || isUnderWay()) {
            return;
        }
        CandidatePair best = bestValid();
        if (best == null
                || !(Deadline.isDue(nominateNanos, nowNanos) || nothingBetterComes(best))) {
            return;
        }
        best.nominating(true);
        list.trigger(best);
    }

    private boolean isUnderWay() {
        return list.best(role.current(), CandidatePair::isNominating) != null;
    }

    private boolean nothingBetterComes(CandidatePair best) {
        return remotes.isComplete()
                && list.best(role.current(), pair -> isRival(pair, best)) == null;
    }

    private boolean isRival(CandidatePair pair, CandidatePair best) {
        return CheckList.isUnresolved(pair)
                && pair.priority(role.current()) > best.priority(role.current());
    }

    long nextDeadlineNanos() {
        if (!role.isControlling() || selected != null) {
            return Deadline.NEVER;
        }
        CandidatePair best = isUnderWay() ? null : bestValid();
        if (best == null) {
            return Deadline.NEVER;
        }
        return nothingBetterComes(best) ? best.validatedNanos() : nominateNanos;
    }

    /** Nominates no more; what is selected stays. */
    void freeze() {
        nominateNanos = Deadline.NEVER;
    }

    /** Nominates no more, and nothing is selected. */
    void stop() {
        freeze();
        selected = null;
    }
}
