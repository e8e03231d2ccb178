package dev.sluice.media.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

/** A session's offers and answers, one after the other. */
class NegotiationTest {

    private static final String OTHER_FINGERPRINT = Offers.FINGERPRINT.replace("AB", "CD");

    private static final List<Transceiver> AUDIO_AND_VIDEO =
            List.of(
                    Sections.audio("0", Direction.SENDONLY),
                    Sections.video("1", Direction.SENDONLY));

    /** Our offer, answered. */
    private static Negotiation offered(Negotiation from, List<Transceiver> transceivers) {
        Negotiation offering = offering(from, transceivers);
        return taken(offering.remote(DescriptionType.ANSWER, answerTo(offering))).next();
    }

    private static Negotiation offering(Negotiation from, List<Transceiver> transceivers) {
        SessionDescription offer = from.createOffer(Sections.policy(), transceivers);
        return taken(from.local(DescriptionType.OFFER, offer)).next();
    }

    /** What a taker of everything answers; its version follows the one it said last. */
    private static SessionDescription answerTo(Negotiation offering) {
        SessionDescription offer = offering.pendingOffer().orElseThrow();
        SessionDescription answer = Offers.negotiate(offer.write(), Offers.receive()).answer();
        long version = offering.currentRemote().map(last -> last.origin().version() + 1).orElse(1L);
        return answer.withOrigin(answer.origin().withVersion(version));
    }

    private static NegotiationStep.Taken taken(NegotiationStep step) {
        return switch (step) {
            case NegotiationStep.Taken taken -> taken;
            case NegotiationStep.Refused(String why) -> throw new AssertionError(why);
        };
    }

    private static String refused(NegotiationStep step) {
        return switch (step) {
            case NegotiationStep.Taken taken ->
                    throw new AssertionError("Taken: " + taken.change());
            case NegotiationStep.Refused(String why) -> why;
        };
    }

    /** RFC 8829, section 3.2, figure 2. */
    @ParameterizedTest
    @CsvSource({
        "STABLE, true, OFFER, HAVE_LOCAL_OFFER",
        "STABLE, false, OFFER, HAVE_REMOTE_OFFER",
        "STABLE, true, ANSWER,",
        "STABLE, false, PRANSWER,",
        "HAVE_LOCAL_OFFER, true, OFFER, HAVE_LOCAL_OFFER",
        "HAVE_LOCAL_OFFER, false, OFFER,",
        "HAVE_LOCAL_OFFER, false, ANSWER, STABLE",
        "HAVE_LOCAL_OFFER, true, ANSWER,",
        "HAVE_LOCAL_OFFER, false, PRANSWER, HAVE_REMOTE_PRANSWER",
        "HAVE_REMOTE_OFFER, false, OFFER, HAVE_REMOTE_OFFER",
        "HAVE_REMOTE_OFFER, true, OFFER,",
        "HAVE_REMOTE_OFFER, true, ANSWER, STABLE",
        "HAVE_REMOTE_OFFER, true, PRANSWER, HAVE_LOCAL_PRANSWER",
        "HAVE_LOCAL_PRANSWER, true, PRANSWER, HAVE_LOCAL_PRANSWER",
        "HAVE_LOCAL_PRANSWER, true, ANSWER, STABLE",
        "HAVE_LOCAL_PRANSWER, false, ANSWER,",
        "HAVE_LOCAL_PRANSWER, true, OFFER,",
        "HAVE_REMOTE_PRANSWER, false, PRANSWER, HAVE_REMOTE_PRANSWER",
        "HAVE_REMOTE_PRANSWER, false, ANSWER, STABLE",
        "HAVE_REMOTE_PRANSWER, true, ANSWER,",
        "CLOSED, true, OFFER,",
        "CLOSED, false, ANSWER,",
    })
    void goesFromStateToState(
            SignalingState from,
            boolean isLocal,
            DescriptionType type,
            @Nullable SignalingState to) {
        assertThat(from.after(isLocal, type)).isEqualTo(to);
    }

    @Test
    void agreesOnAFirstOffer() {
        Negotiation begin = Negotiation.begin();
        SessionDescription offer = begin.createOffer(Sections.policy(), AUDIO_AND_VIDEO);
        NegotiationStep.Taken offered = taken(begin.local(DescriptionType.OFFER, offer));
        assertThat(offered.change().added()).containsExactly("0", "1");
        assertThat(offered.next().state()).isEqualTo(SignalingState.HAVE_LOCAL_OFFER);
        assertThat(offered.next().currentLocal()).isEmpty();

        NegotiationStep.Taken agreed =
                taken(offered.next().remote(DescriptionType.ANSWER, answerTo(offered.next())));

        assertThat(agreed.next().state()).isEqualTo(SignalingState.STABLE);
        assertThat(agreed.change().added()).containsExactly("0", "1");
        assertThat(agreed.next().currentLocal()).contains(offer);
        assertThat(agreed.next().pendingOffer()).isEmpty();
    }

    @Test
    void theVersionGrowsOnlyWithAChange() {
        Negotiation stable = offered(Negotiation.begin(), AUDIO_AND_VIDEO);

        SessionDescription same = stable.createOffer(Sections.policy(), AUDIO_AND_VIDEO);
        SessionDescription other =
                stable.createOffer(Sections.policy(), AUDIO_AND_VIDEO.subList(0, 1));

        assertThat(same).isEqualTo(stable.currentLocal().orElseThrow());
        assertThat(other.origin().version()).isEqualTo(2);
        assertThat(other.origin().sessionId()).isEqualTo("77");
    }

    @Test
    void addsRemovesAndReusesSections() {
        Negotiation stable = offered(Negotiation.begin(), AUDIO_AND_VIDEO);

        // The video stops: its place stays.
        Negotiation stopping = offering(stable, AUDIO_AND_VIDEO.subList(0, 1));
        SessionDescription stopped = stopping.pendingOffer().orElseThrow();
        assertThat(stopped.media()).extracting(MediaDescription::port).containsExactly(9, 0);
        assertThat(stopped.media().get(1).mid()).contains("1");
        assertThat(stopped.attributes().first("group")).contains("BUNDLE 0");
        NegotiationStep.Taken without =
                taken(stopping.remote(DescriptionType.ANSWER, answerTo(stopping)));
        assertThat(without.change().removed()).containsExactly("1");
        assertThat(without.change().added()).isEmpty();

        // Another begins in its place, and one more behind it.
        Negotiation next = without.next();
        assertThat(next.freshMid()).isEqualTo("2");
        List<Transceiver> more =
                List.of(
                        AUDIO_AND_VIDEO.getFirst(),
                        Sections.video("2", Direction.SENDONLY),
                        Sections.video("3", Direction.SENDONLY));
        Negotiation adding = offering(next, more);
        SessionDescription added = adding.pendingOffer().orElseThrow();
        assertThat(added.media())
                .extracting(media -> media.mid().orElseThrow())
                .containsExactly("0", "2", "3");
        assertThat(added.origin().version()).isEqualTo(3);
        NegotiationStep.Taken with = taken(adding.remote(DescriptionType.ANSWER, answerTo(adding)));
        assertThat(with.change().added()).containsExactly("2");
        assertThat(with.next().currentRemote().orElseThrow().media().get(2).port()).isZero();
    }

    @Test
    void aRejectedSectionsPlaceIsTakenByTheNext() {
        Negotiation stable =
                offered(
                        Negotiation.begin(),
                        List.of(
                                Sections.video("0", Direction.SENDONLY),
                                Sections.video("1", Direction.SENDONLY)));

        SessionDescription next =
                stable.createOffer(
                        Sections.policy(),
                        List.of(
                                Sections.video("0", Direction.SENDONLY),
                                Sections.audio("2", Direction.SENDONLY)));

        assertThat(next.media())
                .extracting(MediaDescription::type)
                .containsExactly("video", "audio");
        assertThat(next.media().get(1).mid()).contains("2");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                stable.createOffer(
                                        Sections.policy(),
                                        List.of(Sections.video("1", Direction.SENDONLY))))
                .withMessageContaining("a section that is over");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                stable.createOffer(
                                        Sections.policy(),
                                        List.of(Sections.audio("0", Direction.SENDONLY))))
                .withMessageContaining("of another kind");
    }

    @Test
    void saysWhichSectionsTurn() {
        Negotiation stable = offered(Negotiation.begin(), AUDIO_AND_VIDEO);
        Negotiation offering =
                offering(
                        stable,
                        List.of(
                                Sections.audio("0", Direction.SENDRECV),
                                Sections.video("1", Direction.SENDONLY)));
        String answer = answerTo(offering).write();

        NegotiationStep.Taken taken =
                taken(
                        offering.remote(
                                DescriptionType.ANSWER,
                                Offers.parse(answer.replaceFirst("a=recvonly", "a=sendrecv"))));

        assertThat(taken.change().redirected()).containsExactly("0");
        assertThat(taken.change().added()).isEmpty();
    }

    @Test
    void seesARestartInTheCredentialsAndDemandsItOfTheAnswer() {
        Negotiation stable = offered(Negotiation.begin(), AUDIO_AND_VIDEO);
        SessionDescription restart =
                stable.createOffer(
                        Sections.policy("news", "newPasswordnewPassword123"), AUDIO_AND_VIDEO);
        NegotiationStep.Taken offered = taken(stable.local(DescriptionType.OFFER, restart));
        assertThat(offered.change().restarted()).containsExactly("0", "1");
        SessionDescription answer = answerTo(offered.next());

        assertThat(refused(offered.next().remote(DescriptionType.ANSWER, answer)))
                .contains("mid '0'", "while the offer restarts ICE");
        String restarted =
                answer.write()
                        .replace("localUfrag", "otherUfrag")
                        .replace("localPassword", "otherPassword");
        NegotiationStep.Taken agreed =
                taken(offered.next().remote(DescriptionType.ANSWER, Offers.parse(restarted)));

        assertThat(agreed.change().restarted()).containsExactly("0", "1");
    }

    @Test
    void anAnswerDoesNotRestartByItself() {
        Negotiation stable = offered(Negotiation.begin(), AUDIO_AND_VIDEO);
        Negotiation offering = offering(stable, AUDIO_AND_VIDEO);
        String answer = answerTo(offering).write().replace("localUfrag", "otherUfrag");

        assertThat(refused(offering.remote(DescriptionType.ANSWER, Offers.parse(answer))))
                .contains("which only an offer may begin");
    }

    @Test
    void rollsAnOfferBack() {
        Negotiation stable = offered(Negotiation.begin(), AUDIO_AND_VIDEO);
        Negotiation offering = offering(stable, AUDIO_AND_VIDEO.subList(0, 1));

        Negotiation back = taken(offering.rollback()).next();

        assertThat(back.state()).isEqualTo(SignalingState.STABLE);
        assertThat(back.currentLocal()).isEqualTo(stable.currentLocal());
        assertThat(refused(back.rollback())).contains("nothing to roll back in STABLE");
        // What was said and taken back had version 2.
        assertThat(back.createOffer(Sections.policy(), AUDIO_AND_VIDEO).origin().version())
                .isEqualTo(3);
    }

    @Test
    void aProvisionalAnswerHoldsNothingYet() {
        Negotiation offering = offering(Negotiation.begin(), AUDIO_AND_VIDEO);
        SessionDescription answer = answerTo(offering);

        Negotiation provisional = taken(offering.remote(DescriptionType.PRANSWER, answer)).next();

        assertThat(provisional.state()).isEqualTo(SignalingState.HAVE_REMOTE_PRANSWER);
        assertThat(provisional.currentRemote()).isEmpty();
        assertThat(provisional.provisionalAnswer()).contains(answer);
        assertThat(refused(provisional.rollback())).contains("HAVE_REMOTE_PRANSWER");
        assertThat(taken(provisional.remote(DescriptionType.ANSWER, answer)).next().currentRemote())
                .contains(answer);
    }

    @Test
    void takesNothingInTheWrongStateOrAfterTheEnd() {
        Negotiation begin = Negotiation.begin();
        SessionDescription offer = begin.createOffer(Sections.policy(), AUDIO_AND_VIDEO);

        assertThat(refused(begin.remote(DescriptionType.ANSWER, offer)))
                .isEqualTo("A remote ANSWER cannot come in the state STABLE");
        assertThat(refused(begin.close().local(DescriptionType.OFFER, offer))).contains("CLOSED");
        assertThatIllegalStateException()
                .isThrownBy(() -> begin.close().createOffer(Sections.policy(), AUDIO_AND_VIDEO));
        assertThatIllegalStateException()
                .isThrownBy(() -> begin.createAnswer(Offers.receive()))
                .withMessageContaining("STABLE");
    }

    /** A Chromium that publishes and goes on to offer. */
    private static final String CHROMIUM = Offers.text("chromium-default-offer");

    private static Negotiation answered(Negotiation from, String offer, AnswerPolicy policy) {
        Negotiation offered = taken(from.remote(DescriptionType.OFFER, Offers.parse(offer))).next();
        var agreed = (NegotiationResult.Negotiated) offered.createAnswer(policy);
        return taken(offered.local(DescriptionType.ANSWER, agreed.answer())).next();
    }

    private static String next(String offer) {
        Origin origin = Offers.parse(offer).origin();
        return offer.replace(
                origin.toString(), origin.withVersion(origin.version() + 1).toString());
    }

    @Test
    void answersOfferAfterOfferUnderOneSessionId() {
        Negotiation first = answered(Negotiation.begin(), CHROMIUM, Offers.receive());
        SessionDescription answer = first.currentLocal().orElseThrow();

        Negotiation same = answered(first, next(CHROMIUM), Offers.receive());
        String withoutVideo =
                next(next(CHROMIUM))
                        .replace("m=video 9", "m=video 0")
                        .replace("BUNDLE 0 1", "BUNDLE 0");
        Negotiation less = answered(same, withoutVideo, Offers.receive());

        assertThat(same.currentLocal()).contains(answer);
        SessionDescription last = less.currentLocal().orElseThrow();
        assertThat(last.origin()).isEqualTo(answer.origin().withVersion(3));
        assertThat(last.media()).extracting(MediaDescription::port).containsExactly(9, 0);
    }

    private static String refusedAfter(String first, String second) {
        Negotiation stable = answered(Negotiation.begin(), first, Offers.receive());
        return refused(stable.remote(DescriptionType.OFFER, Offers.parse(second)));
    }

    @Test
    void refusesSectionsThatAreRemovedReorderedOrRenamed() {
        String next = next(CHROMIUM);
        int audio = next.indexOf("m=audio");
        int video = next.indexOf("m=video");

        assertThat(refusedAfter(CHROMIUM, next.substring(0, video)))
                .contains("There were 2 media sections and are 1");
        assertThat(
                        refusedAfter(
                                CHROMIUM,
                                next.substring(0, audio)
                                        + next.substring(video)
                                        + next.substring(audio, video)))
                .contains("Media section 1 ('video', mid '1')", "not removed or reordered");
        assertThat(refusedAfter(CHROMIUM, next.replace("a=mid:1", "a=mid:x")))
                .contains("mid 'x'", "the mid '1' is in use");
        assertThat(refusedAfter(CHROMIUM, next.replace("a=mid:1", "a=mid:0")))
                .contains("has a mid that another section has");
        assertThat(refusedAfter(CHROMIUM, next.replace("m=video", "m=text")))
                .contains("was a section of 'video'");
    }

    @Test
    void refusesPayloadTypesAndIdsThatMeanSomethingElse() {
        String next = next(CHROMIUM);

        assertThat(refusedAfter(CHROMIUM, next.replace("rtpmap:96 VP8", "rtpmap:96 VP9")))
                .contains("payload type 96 for 'vp9/90000'", "it is 'vp8/90000'");
        assertThat(refusedAfter(CHROMIUM, next.replace("fmtp:97 apt=96", "fmtp:97 apt=98")))
                .contains("payload type 97");
        assertThat(
                        refusedAfter(
                                CHROMIUM,
                                next.replace("extmap:4 ", "extmap:99 ")
                                        .replace("extmap:3 ", "extmap:4 ")))
                .contains("header extension id 4");
    }

    @Test
    void remembersWhatAPayloadTypeMeantBefore() {
        String without =
                next(CHROMIUM).replaceAll("a=[a-z-]+:96 .*\r\n", "").replace("F 96 97", "F 97");
        Negotiation stable =
                answered(
                        answered(Negotiation.begin(), CHROMIUM, Offers.receive()),
                        without,
                        Offers.receive());
        String other = next(next(CHROMIUM)).replace("rtpmap:96 VP8", "rtpmap:96 VP9");

        assertThat(refused(stable.remote(DescriptionType.OFFER, Offers.parse(other))))
                .contains("payload type 96");
    }

    @Test
    void refusesAnotherTransportUnderTheSameCredentials() {
        String next = next(CHROMIUM);
        String fingerprint =
                Offers.parse(CHROMIUM)
                        .media()
                        .getFirst()
                        .attributes()
                        .first("fingerprint")
                        .orElseThrow();

        assertThat(refusedAfter(CHROMIUM, next.replace(fingerprint, OTHER_FINGERPRINT)))
                .contains("changes a=fingerprint without an ICE restart");
        assertThat(refusedAfter(CHROMIUM, next.replace("BUNDLE 0 1", "BUNDLE 0")))
                .contains("mid '1'", "leaves the bundle");
        assertThat(refusedAfter(CHROMIUM, next.replace("t=0 0\r\n", "t=0 0\r\na=ice-lite\r\n")))
                .contains("a=ice-lite comes without an ICE restart");
        assertThat(
                        refusedAfter(
                                CHROMIUM,
                                next.replace("UDP/TLS/RTP/SAVPF 111", "UDP/TLS/RTP/SAVP 111")))
                .contains("changes the transport");
        String restart = next.replaceAll("a=ice-ufrag:.*\r\n", "a=ice-ufrag:news\r\n");
        Negotiation stable = answered(Negotiation.begin(), CHROMIUM, Offers.receive());
        NegotiationStep.Taken taken =
                taken(
                        stable.remote(
                                DescriptionType.OFFER,
                                Offers.parse(restart.replace(fingerprint, OTHER_FINGERPRINT))));
        assertThat(taken.change().restarted()).containsExactly("0", "1");
    }

    @Test
    void refusesAnotherSessionAndAVersionThatDoesNotFit() {
        assertThat(refusedAfter(next(CHROMIUM), CHROMIUM)).contains("The version in o= went back");
        assertThat(refusedAfter(CHROMIUM, CHROMIUM.replace("a=sendonly", "a=inactive")))
                .contains("changed, but the version in o= is still");
        assertThat(refusedAfter(CHROMIUM, CHROMIUM.replaceFirst("o=- \\d+", "o=- 1")))
                .contains("The session id in o=");
        Negotiation stable = answered(Negotiation.begin(), CHROMIUM, Offers.receive());
        String trickled = CHROMIUM + "a=candidate:9 1 udp 1 192.0.2.99 9 typ host\r\n";
        assertThat(
                        taken(stable.remote(DescriptionType.OFFER, Offers.parse(trickled)))
                                .change()
                                .isEmpty())
                .isTrue();
    }

    @Test
    void anAnswerKeepsTheRoleOfTheHandshake() {
        Negotiation stable = offered(Negotiation.begin(), AUDIO_AND_VIDEO);
        Negotiation offering = offering(stable, List.of(Sections.audio("0", Direction.SENDONLY)));
        String flipped = answerTo(offering).write().replace("setup:passive", "setup:active");

        assertThat(refused(offering.remote(DescriptionType.ANSWER, Offers.parse(flipped))))
                .contains("changes a=setup from passive to active");
    }

    @Test
    void whoAnsweredMayOfferNext() {
        Negotiation answered = answered(Negotiation.begin(), CHROMIUM, Offers.receive());
        Transceiver audio = Sections.audio("0", Direction.RECVONLY);
        OfferPolicy policy =
                new OfferPolicy(
                        1,
                        "localUfrag",
                        "localPasswordlocalPassword",
                        List.of(Offers.CANDIDATE),
                        true,
                        true,
                        List.of(Offers.FINGERPRINT));

        // Other extension ids than the session's would be a change of meaning.
        SessionDescription remapped = answered.createOffer(policy, List.of(audio));
        assertThat(refused(answered.local(DescriptionType.OFFER, remapped)))
                .contains("header extension id 1");
        NegotiatedMedia agreed =
                Offers.negotiate(CHROMIUM, Offers.receive()).session().media().getFirst();
        Transceiver same =
                new Transceiver(
                        "0",
                        agreed.kind(),
                        Direction.RECVONLY,
                        agreed.codecs(),
                        agreed.extensions(),
                        audio.track());
        SessionDescription offer = answered.createOffer(policy, List.of(same));

        assertThat(offer.origin().version()).isEqualTo(3);
        assertThat(offer.origin().sessionId()).isEqualTo("4711");
        assertThat(taken(answered.local(DescriptionType.OFFER, offer)).change().removed())
                .containsExactly("1");
    }
}
