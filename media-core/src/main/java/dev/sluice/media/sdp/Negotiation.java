package dev.sluice.media.sdp;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The exchange of offers and answers of one session (RFC 8829 sections 3.2 and 5): what was agreed
 * on, what is under way, and what may come next. Immutable; each step gives the next one.
 */
public final class Negotiation {

    private static final long FIRST_VERSION = 1;

    private final SignalingState state;
    private final @Nullable Agreement agreement;
    private final @Nullable SessionDescription offer;
    private final @Nullable SessionDescription provisional;

    /** What each side said last, whether it held or not: versions never go back. */
    private final @Nullable SessionDescription lastLocal;

    private final @Nullable SessionDescription lastRemote;
    private final Meanings meanings;

    private Negotiation(
            SignalingState state,
            @Nullable Agreement agreement,
            @Nullable SessionDescription offer,
            @Nullable SessionDescription provisional,
            @Nullable SessionDescription lastLocal,
            @Nullable SessionDescription lastRemote,
            Meanings meanings) {
        this.state = state;
        this.agreement = agreement;
        this.offer = offer;
        this.provisional = provisional;
        this.lastLocal = lastLocal;
        this.lastRemote = lastRemote;
        this.meanings = meanings;
    }

    /** Before the first offer. */
    public static Negotiation begin() {
        return new Negotiation(SignalingState.STABLE, null, null, null, null, null, Meanings.NONE);
    }

    public SignalingState state() {
        return state;
    }

    /** Our part of what was agreed on last. */
    public Optional<SessionDescription> currentLocal() {
        return Optional.ofNullable(agreement).map(Agreement::local);
    }

    /** The other side's part of what was agreed on last. */
    public Optional<SessionDescription> currentRemote() {
        return Optional.ofNullable(agreement).map(Agreement::remote);
    }

    /** The offer that has no final answer yet, whoever made it. */
    public Optional<SessionDescription> pendingOffer() {
        return Optional.ofNullable(offer);
    }

    /** Sets a description of ours. */
    public NegotiationStep local(DescriptionType type, SessionDescription description) {
        return step(true, type, description);
    }

    /** Sets a description of the other side's. */
    public NegotiationStep remote(DescriptionType type, SessionDescription description) {
        return step(false, type, description);
    }

    private NegotiationStep step(boolean isLocal, DescriptionType type, SessionDescription next) {
        SignalingState after = state.after(isLocal, type);
        if (after == null) {
            return new NegotiationStep.Refused(
                    "A %s %s cannot come in the state %s"
                            .formatted(isLocal ? "local" : "remote", type, state));
        }
        try {
            SessionDescription last = isLocal ? lastLocal : lastRemote;
            if (last != null) {
                VersionRules.check(last, next);
            }
            RenegotiationRules.requireDistinctMids(next);
            return type == DescriptionType.OFFER
                    ? offered(isLocal, after, next)
                    : answered(isLocal, type, after, next);
        } catch (IllegalDescription broken) {
            return new NegotiationStep.Refused(broken.why());
        }
    }

    private NegotiationStep offered(boolean isLocal, SignalingState after, SessionDescription next)
            throws IllegalDescription {
        if (agreement != null) {
            RenegotiationRules.checkOffer(agreement, meanings, isLocal, next);
        }
        Negotiation taken =
                new Negotiation(
                        after,
                        agreement,
                        next,
                        null,
                        isLocal ? next : lastLocal,
                        isLocal ? lastRemote : next,
                        meanings);
        return new NegotiationStep.Taken(taken, proposed(isLocal, next));
    }

    private SessionChange proposed(boolean isOfferLocal, SessionDescription next) {
        List<SectionView> used = SectionView.of(next).stream().filter(SectionView::isUsed).toList();
        return Agreement.change(
                agreement == null ? Map.of() : agreement.facts(isOfferLocal),
                Agreement.facts(used));
    }

    private NegotiationStep answered(
            boolean isLocal, DescriptionType type, SignalingState after, SessionDescription next)
            throws IllegalDescription {
        SessionDescription answeredOffer = requireOffer();
        AnswerRules.check(answeredOffer, next);
        if (agreement != null) {
            List<String> restarted = proposed(!isLocal, answeredOffer).restarted();
            RenegotiationRules.checkAnswer(agreement, meanings, isLocal, next, restarted);
        }
        Agreement agreed = new Agreement(answeredOffer, next, !isLocal);
        SessionChange change =
                Agreement.change(agreement == null ? Map.of() : agreement.facts(), agreed.facts());
        boolean isFinal = type == DescriptionType.ANSWER;
        Negotiation taken =
                new Negotiation(
                        after,
                        isFinal ? agreed : agreement,
                        isFinal ? null : answeredOffer,
                        isFinal ? null : next,
                        isLocal ? next : lastLocal,
                        isLocal ? lastRemote : next,
                        isFinal ? meanings.after(agreed) : meanings);
        return new NegotiationStep.Taken(taken, change);
    }

    private SessionDescription requireOffer() {
        if (offer == null) {
            throw new IllegalStateException("There is no offer in the state " + state);
        }
        return offer;
    }

    /** The provisional answer, while it is one. */
    public Optional<SessionDescription> provisionalAnswer() {
        return Optional.ofNullable(provisional);
    }

    /**
     * Drops an offer that has no answer yet (RFC 8829 section 5.7); what was agreed on before holds
     * on.
     */
    public NegotiationStep rollback() {
        if (state != SignalingState.HAVE_LOCAL_OFFER && state != SignalingState.HAVE_REMOTE_OFFER) {
            return new NegotiationStep.Refused("There is nothing to roll back in " + state);
        }
        Negotiation back =
                new Negotiation(
                        SignalingState.STABLE,
                        agreement,
                        null,
                        null,
                        lastLocal,
                        lastRemote,
                        meanings);
        return new NegotiationStep.Taken(
                back, new SessionChange(List.of(), List.of(), List.of(), List.of()));
    }

    /** After this nothing is taken any more. */
    public Negotiation close() {
        return new Negotiation(
                SignalingState.CLOSED, agreement, null, null, lastLocal, lastRemote, meanings);
    }

    /** A mid that no section of the session has or had in the descriptions last seen. */
    public String freshMid() {
        Set<String> taken = new HashSet<>();
        for (SessionDescription known : known()) {
            SectionView.of(known).forEach(section -> taken.add(section.mid()));
        }
        int number = 0;
        while (taken.contains(Integer.toString(number))) {
            number++;
        }
        return Integer.toString(number);
    }

    private List<SessionDescription> known() {
        List<SessionDescription> known = new ArrayList<>();
        currentLocal().ifPresent(known::add);
        for (SessionDescription last :
                new @Nullable SessionDescription[] {lastLocal, lastRemote, offer}) {
            if (last != null) {
                known.add(last);
            }
        }
        return known;
    }

    /**
     * Our next offer (RFC 8829 sections 5.2.1 and 5.2.2). Sections in use keep their places; those
     * of which no transceiver is given are stopped; new ones take the places of sections that are
     * over, then new places. The version grows by one where the offer differs from what we said
     * last.
     *
     * @param transceivers all that are to go on or to begin, known by their mids
     * @throws IllegalArgumentException for two transceivers of one mid, or one whose mid belongs to
     *     a section that is over or of another kind
     * @throws IllegalStateException when the exchange is closed
     */
    public SessionDescription createOffer(OfferPolicy policy, List<Transceiver> transceivers) {
        if (state == SignalingState.CLOSED) {
            throw new IllegalStateException("The exchange is closed");
        }
        Origin origin =
                lastLocal == null
                        ? Origin.of(policy.sessionId(), FIRST_VERSION)
                        : lastLocal.origin();
        return numbered(OfferWriter.write(policy, origin, OfferSlots.of(agreement, transceivers)));
    }

    private SessionDescription numbered(SessionDescription next) {
        SessionDescription last = lastLocal;
        if (last == null) {
            return next;
        }
        SessionDescription same = next.withOrigin(last.origin());
        return same.equals(last)
                ? last
                : same.withOrigin(last.origin().withVersion(last.origin().version() + 1));
    }

    /**
     * Our answer to the offer of the other side, with the session id and the version of what we
     * said before.
     *
     * @throws IllegalStateException when there is no such offer
     */
    public NegotiationResult createAnswer(AnswerPolicy policy) {
        if (state != SignalingState.HAVE_REMOTE_OFFER
                && state != SignalingState.HAVE_LOCAL_PRANSWER) {
            throw new IllegalStateException("There is no remote offer in the state " + state);
        }
        return switch (OfferAnswer.negotiate(requireOffer(), policy)) {
            case NegotiationResult.Refused refused -> refused;
            case NegotiationResult.Negotiated(
                            SessionDescription answer,
                            NegotiatedSession session) ->
                    new NegotiationResult.Negotiated(numbered(answer), session);
        };
    }
}
