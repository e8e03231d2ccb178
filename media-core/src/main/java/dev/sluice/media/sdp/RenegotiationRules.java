package dev.sluice.media.sdp;

import static dev.sluice.media.sdp.IllegalDescription.require;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What one side may say after something was agreed on (RFC 3264 section 8, RFC 8829 sections 5.2.2
 * and 5.3.2): sections in use stay where they are, those that are over may be taken by others.
 */
final class RenegotiationRules {

    private final Agreement before;
    private final Meanings meanings;
    private final boolean isLocal;
    private final List<SectionView> next;

    private RenegotiationRules(
            Agreement before, Meanings meanings, boolean isLocal, SessionDescription next) {
        this.before = before;
        this.meanings = meanings;
        this.isLocal = isLocal;
        this.next = SectionView.of(next);
    }

    static void checkOffer(
            Agreement before, Meanings meanings, boolean isLocal, SessionDescription next)
            throws IllegalDescription {
        new RenegotiationRules(before, meanings, isLocal, next).checkSections(next);
    }

    /**
     * @param restarted the sections whose restart the offer asks for
     */
    static void checkAnswer(
            Agreement before,
            Meanings meanings,
            boolean isLocal,
            SessionDescription next,
            List<String> restarted)
            throws IllegalDescription {
        RenegotiationRules rules = new RenegotiationRules(before, meanings, isLocal, next);
        rules.checkSections(next);
        for (SectionView then : before.live(isLocal)) {
            SectionView now = rules.next.get(then.index());
            if (now.media().port() != 0) {
                rules.checkRestart(then, now, restarted.contains(now.mid()));
                rules.checkRole(then, now);
            }
        }
    }

    private void checkSections(SessionDescription whole) throws IllegalDescription {
        int count = before.side(isLocal).media().size();
        require(
                next.size() >= count,
                "There were %d media sections and are %d: a section that is over keeps its place,"
                        + " with port 0",
                count,
                next.size());
        boolean restartsAll = true;
        for (SectionView then : before.live(isLocal)) {
            SectionView now = next.get(then.index());
            checkPlace(then, now);
            if (now.isUsed()) {
                checkUse(then, now);
                restartsAll &= isRestart(then, now);
            }
        }
        boolean wasLite = before.side(isLocal).attributes().has(AttributeType.ICE_LITE);
        require(
                restartsAll || wasLite == whole.attributes().has(AttributeType.ICE_LITE),
                "a=ice-lite %s without an ICE restart",
                wasLite ? "goes" : "comes");
    }

    private static void checkPlace(SectionView then, SectionView now) throws IllegalDescription {
        require(
                now.mid().equals(then.mid()),
                "%s stands where the mid %s is in use: sections are not removed or reordered",
                now.name(),
                Quoted.of(then.mid()));
        require(
                now.media().type().equals(then.media().type()),
                "%s was a section of %s",
                now.name(),
                Quoted.of(then.media().type()));
    }

    private void checkUse(SectionView then, SectionView now) throws IllegalDescription {
        require(
                now.media().protocol().equals(then.media().protocol()),
                "%s changes the transport from %s to %s",
                now.name(),
                Quoted.of(then.media().protocol()),
                Quoted.of(now.media().protocol()));
        require(
                now.isBundled() || !then.isBundled(),
                "%s leaves the bundle while it is in use",
                now.name());
        require(
                isRestart(then, now)
                        || !now.tlsId().equals(then.tlsId())
                        || now.fingerprints().equals(then.fingerprints()),
                "%s changes a=fingerprint without an ICE restart or another a=tls-id",
                now.name());
        meanings.check(now);
    }

    private static boolean isRestart(SectionView then, SectionView now) {
        return !now.ufrag().equals(then.ufrag()) || !now.pwd().equals(then.pwd());
    }

    /** Only an offer restarts ICE, and its answer has to follow (RFC 8839 section 4.4.1.1.1). */
    private void checkRestart(SectionView then, SectionView now, boolean isAsked)
            throws IllegalDescription {
        boolean isRestart = isRestart(then, now);
        require(
                isRestart || !isAsked,
                "%s keeps its a=ice-ufrag and a=ice-pwd while the offer restarts ICE",
                now.name());
        require(
                isAsked || !isRestart,
                "%s changes a=ice-ufrag or a=ice-pwd, which only an offer may begin",
                now.name());
    }

    /** The handshake is over: whoever began it has begun it (RFC 8842 section 5.3). */
    private void checkRole(SectionView then, SectionView now) throws IllegalDescription {
        Optional<SetupRole> was = before.role(then.index(), isLocal);
        Optional<SetupRole> is = now.setup();
        boolean isNew = isRestart(then, now) || !now.fingerprints().equals(then.fingerprints());
        require(
                isNew || was.isEmpty() || is.isEmpty() || was.equals(is),
                "%s changes a=setup from %s to %s within one DTLS association",
                now.name(),
                was.map(SetupRole::toString).orElse(""),
                is.map(SetupRole::toString).orElse(""));
    }

    static void requireDistinctMids(SessionDescription description) throws IllegalDescription {
        Set<String> mids = new HashSet<>();
        for (SectionView section : SectionView.of(description)) {
            require(
                    mids.add(section.mid()),
                    "%s has a mid that another section has",
                    section.name());
        }
    }
}
