package dev.sluice.media.sdp;

import static dev.sluice.media.sdp.IllegalDescription.require;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What an answer may say to an offer (RFC 3264 section 6, RFC 8829 section 5.3, RFC 9143 7.3). */
final class AnswerRules {

    private final SessionDescription offer;
    private final SessionDescription answer;
    private final OfferedBundle offeredBundle;
    private final OfferedBundle answeredBundle;

    private AnswerRules(SessionDescription offer, SessionDescription answer) {
        this.offer = offer;
        this.answer = answer;
        this.offeredBundle = new OfferedBundle(offer);
        this.answeredBundle = new OfferedBundle(answer);
    }

    static void check(SessionDescription offer, SessionDescription answer)
            throws IllegalDescription {
        new AnswerRules(offer, answer).check();
    }

    private void check() throws IllegalDescription {
        require(
                offer.media().size() == answer.media().size(),
                "The offer has %d media sections, the answer %d",
                offer.media().size(),
                answer.media().size());
        List<SectionView> offered = SectionView.of(offer);
        List<SectionView> answered = SectionView.of(answer);
        for (int i = 0; i < offered.size(); i++) {
            checkSection(offered.get(i), answered.get(i));
        }
        checkBundle(answered);
    }

    private void checkSection(SectionView offered, SectionView answered) throws IllegalDescription {
        String name = answered.name();
        require(
                answered.media().type().equals(offered.media().type()),
                "%s answers a section of %s",
                name,
                Quoted.of(offered.media().type()));
        require(
                answered.media().mid().equals(offered.media().mid()),
                "%s answers the mid %s",
                name,
                Quoted.of(offered.mid()));
        if (!answered.isAccepted()) {
            return;
        }
        require(offered.isUsed(), "%s accepts a section that is not offered", name);
        require(
                answered.media().protocol().equals(offered.media().protocol()),
                "%s changes the transport from %s to %s",
                name,
                Quoted.of(offered.media().protocol()),
                Quoted.of(answered.media().protocol()));
        checkFormats(offered, answered);
        checkExtensions(offered, answered);
        checkDirection(offered, answered);
        checkTransport(offered, answered);
        checkLayers(offered.media(), answered.media(), name);
    }

    private static void checkFormats(SectionView offered, SectionView answered)
            throws IllegalDescription {
        Set<String> known = new HashSet<>(offered.media().formats());
        Map<Integer, String> offeredMeanings = FormatTable.of(offered.media());
        Map<Integer, String> answeredMeanings = FormatTable.of(answered.media());
        for (String format : answered.media().formats()) {
            require(
                    known.contains(format),
                    "%s answers the format %s, which is not offered",
                    answered.name(),
                    Quoted.of(format));
            int payloadType = Numbers.parse(format, 127);
            String meant = offeredMeanings.get(payloadType);
            String said = answeredMeanings.get(payloadType);
            require(
                    meant == null || said == null || said.equals(meant),
                    "%s answers payload type %s as %s; it is offered as %s",
                    answered.name(),
                    format,
                    Quoted.of(String.valueOf(said)),
                    Quoted.of(String.valueOf(meant)));
        }
    }

    private void checkExtensions(SectionView offered, SectionView answered)
            throws IllegalDescription {
        Set<String> known = new HashSet<>();
        boolean choosesIds = false;
        for (Extmap map : OfferedExtensions.lines(offered.media(), offer.attributes())) {
            known.add(map.id() + " " + map.uri());
            choosesIds |= map.id() > OfferedExtensions.MAX_TWO_BYTE_ID;
        }
        for (Extmap map : answered.media().attributes().all(AttributeType.EXTMAP)) {
            require(
                    choosesIds || known.contains(map.id() + " " + map.uri()),
                    "%s answers the header extension %d %s, which is not offered",
                    answered.name(),
                    map.id(),
                    Quoted.of(map.uri()));
        }
    }

    private static void checkDirection(SectionView offered, SectionView answered)
            throws IllegalDescription {
        Direction way = answered.direction();
        require(
                way.and(offered.direction().reversed()) == way,
                "%s answers %s to an offer of %s",
                answered.name(),
                way.attribute(),
                offered.direction().attribute());
    }

    private static void checkTransport(SectionView offered, SectionView answered)
            throws IllegalDescription {
        Optional<SetupRole> role = answered.setup();
        if (role.isPresent()) {
            SetupRole ours = offered.setup().orElse(SetupRole.ACTPASS);
            boolean isChoice = role.get() == SetupRole.ACTIVE || role.get() == SetupRole.PASSIVE;
            require(
                    isChoice && role.get() != ours,
                    "%s answers a=setup:%s to a=setup:%s",
                    answered.name(),
                    role.get(),
                    ours);
        }
        require(
                !offered.media().attributes().has(AttributeType.RTCP_MUX_ONLY) || answered.hasMux(),
                "%s has no a=rtcp-mux, which the offer demands",
                answered.name());
    }

    /** Each layer that the answer names is one of the offer's for the other way. */
    private static void checkLayers(
            MediaDescription offered, MediaDescription answered, String name)
            throws IllegalDescription {
        Set<String> known = new HashSet<>();
        offered.attributes()
                .all(AttributeType.RID)
                .forEach(rid -> known.add(rid.id() + !rid.isSent()));
        for (Rid rid : answered.attributes().all(AttributeType.RID)) {
            require(
                    known.contains(rid.id() + rid.isSent()),
                    "%s answers the layer %s, which is not offered that way",
                    name,
                    rid);
        }
    }

    private void checkBundle(List<SectionView> answered) throws IllegalDescription {
        for (String mid : answeredBundle.mids()) {
            require(
                    offeredBundle.contains(mid),
                    "The answer bundles the mid %s, which the offer does not",
                    Quoted.of(mid));
        }
        for (SectionView section : answered) {
            require(
                    section.isAccepted() || !answeredBundle.contains(section.mid()),
                    "%s is rejected and in the bundle",
                    section.name());
        }
    }
}
