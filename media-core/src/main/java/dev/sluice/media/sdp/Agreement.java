package dev.sluice.media.sdp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An offer and its answer.
 *
 * @param isLocalOffer which of the two is ours
 */
record Agreement(SessionDescription offer, SessionDescription answer, boolean isLocalOffer) {

    /** What is compared of a section to tell whether it changed. */
    record Facts(Direction direction, String credentials) {}

    SessionDescription local() {
        return isLocalOffer ? offer : answer;
    }

    SessionDescription remote() {
        return isLocalOffer ? answer : offer;
    }

    SessionDescription side(boolean isLocal) {
        return isLocal ? local() : remote();
    }

    boolean isLive(int index) {
        return index < answer.media().size()
                && answer.media().get(index).port() != 0
                && offer.media().get(index).isUsed();
    }

    /** The sections of one side that both agreed on. */
    List<SectionView> live(boolean isLocal) {
        return SectionView.of(side(isLocal)).stream().filter(s -> isLive(s.index())).toList();
    }

    /** The live sections by mid, as both sides have them. */
    Map<String, Facts> facts() {
        List<SectionView> remote = SectionView.of(remote());
        Map<String, Facts> facts = new LinkedHashMap<>();
        for (SectionView ours : live(true)) {
            SectionView theirs = remote.get(ours.index());
            Direction direction = ours.direction().and(theirs.direction().reversed());
            facts.put(ours.mid(), new Facts(direction, credentials(ours) + credentials(theirs)));
        }
        return facts;
    }

    /** The live sections by mid, as one side has them. */
    Map<String, Facts> facts(boolean isLocal) {
        return facts(live(isLocal));
    }

    static Map<String, Facts> facts(List<SectionView> sections) {
        Map<String, Facts> facts = new LinkedHashMap<>();
        for (SectionView section : sections) {
            facts.put(section.mid(), new Facts(section.direction(), credentials(section)));
        }
        return facts;
    }

    private static String credentials(SectionView section) {
        return section.ufrag() + " " + section.pwd() + " ";
    }

    /** Who of the two begins the DTLS handshake, as one side's role; empty where nobody says so. */
    Optional<SetupRole> role(int index, boolean isLocal) {
        return SectionView.of(answer)
                .get(index)
                .setup()
                .map(said -> isLocal == isLocalOffer ? opposite(said) : said);
    }

    private static SetupRole opposite(SetupRole role) {
        return role == SetupRole.ACTIVE ? SetupRole.PASSIVE : SetupRole.ACTIVE;
    }

    static SessionChange change(Map<String, Facts> before, Map<String, Facts> after) {
        List<String> added = new ArrayList<>();
        List<String> redirected = new ArrayList<>();
        List<String> restarted = new ArrayList<>();
        after.forEach(
                (mid, now) -> {
                    Facts then = before.get(mid);
                    if (then == null) {
                        added.add(mid);
                        return;
                    }
                    if (then.direction() != now.direction()) {
                        redirected.add(mid);
                    }
                    if (!then.credentials().equals(now.credentials())) {
                        restarted.add(mid);
                    }
                });
        List<String> removed =
                before.keySet().stream().filter(mid -> !after.containsKey(mid)).toList();
        return new SessionChange(added, removed, redirected, restarted);
    }
}
