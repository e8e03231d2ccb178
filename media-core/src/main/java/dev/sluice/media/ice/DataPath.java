package dev.sluice.media.ice;

import dev.sluice.media.stun.StunMessage;

import org.jspecify.annotations.Nullable;

import java.util.Objects;

/**
 * The pair that data goes by (RFC 8445, section 12.1), for as long as the peer consents to receive
 * there (RFC 7675). It is the selected pair; before there is one, the best that is valid.
 */
final class DataPath {

    private final CheckGenerations generations;
    private final ConsentFreshness consent;

    /** Of the current generation or the previous one. */
    private @Nullable CandidatePair pair;

    /** What the sink was told of; null where it must be told of the next. */
    private @Nullable CandidatePair selected;

    private boolean expired;

    DataPath(CheckGenerations generations, ConsentFreshness consent) {
        this.generations = generations;
        this.consent = consent;
    }

    /** Null where nothing may be sent. */
    @Nullable NetworkPath path() {
        return pair == null ? null : pair.path();
    }

    /** Whether consent to the selected pair has ended; then nothing is served before a restart. */
    boolean isExpired() {
        return expired;
    }

    /** Follows what the checks have found, or lost. */
    void choose(long nowNanos, IceSink out) {
        if (expired) {
            return;
        }
        CandidatePair chosen = generations.current().selected();
        if (chosen == null) {
            selected = null;
            use(generations.bestUnselected(), nowNanos);
        } else if (chosen != selected) {
            selected = chosen;
            generations.retirePrevious(out);
            generations.announcePaths(out);
            use(chosen, nowNanos);
            out.onPathSelected(Objects.requireNonNull(chosen.path()));
        }
    }

    private void use(@Nullable CandidatePair next, long nowNanos) {
        if (next == pair) {
            return;
        }
        pair = next;
        if (next == null) {
            consent.stop();
        } else {
            consent.watch(next, generations.of(next).credentials(), nowNanos);
        }
    }

    /** Takes a response; one of an unknown transaction has nothing to do with consent. */
    IceStatus onResponse(StunMessage response, NetworkPath path, long nowNanos, IceSink out) {
        IceStatus status = consent.onResponse(response, path, nowNanos);
        if (consent.isRevoked()) {
            onConsentLost(out);
        }
        return status;
    }

    void onDeadline(long nowNanos, IceSink out) {
        if (consent.isExpired(nowNanos)) {
            onConsentLost(out);
        }
        consent.askIfDue(nowNanos, out);
    }

    /** The loss of the selected pair is the end; for any other one there may be another. */
    private void onConsentLost(IceSink out) {
        CandidatePair lost = Objects.requireNonNull(pair);
        consent.stop();
        pair = null;
        IceChecks checks = generations.of(lost);
        if (checks != generations.current()) {
            generations.retirePrevious(out);
        } else if (checks.selected() == lost) {
            end(out);
        } else {
            checks.fail(lost);
        }
    }

    /** The credentials must not be used any more (RFC 7675, section 5.1). */
    private void end(IceSink out) {
        expired = true;
        generations.stop(out);
        out.onConsentExpired();
    }

    /** New credentials may give what has expired under the old ones. */
    void onRestart() {
        expired = false;
    }

    long nextDeadlineNanos() {
        return consent.nextDeadlineNanos();
    }
}
