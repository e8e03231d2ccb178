package dev.sluice.media.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.media.rtp.HeaderExtension;
import dev.sluice.media.rtp.MediaKind;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

/** Offers of ours, and what becomes of the answers to them. */
class OfferTest {

    private static final SessionDescription SENDING =
            Negotiation.begin()
                    .createOffer(
                            Sections.policy(),
                            List.of(
                                    Sections.audio("0", Direction.SENDONLY),
                                    Sections.video("1", Direction.SENDONLY)));

    private static final String ANSWER =
            Offers.negotiate(SENDING.write(), Offers.receive()).answer().write();

    @Test
    void offersEverythingInOneBundle() {
        SessionDescription offer = Offers.parse(SENDING.write());

        assertThat(offer).isEqualTo(SENDING);
        assertThat(offer.origin().toString()).isEqualTo("- 77 1 IN IP4 127.0.0.1");
        assertThat(offer.attributes().first(AttributeType.GROUP))
                .contains(new Group("BUNDLE", List.of("0", "1")));
        assertThat(offer.media()).extracting(MediaDescription::port).containsExactly(9, 9);
        assertThat(offer.media()).allSatisfy(OfferTest::assertTransport);
        assertThat(offer.media().get(0).candidates()).hasSize(1);
        assertThat(offer.media().get(1).candidates()).isEmpty();
        assertThat(offer.media().get(1).formats()).containsExactly("96", "102", "97", "103");
        assertThat(offer.media().get(1).attributes().values("fmtp"))
                .containsExactly(
                        "102 packetization-mode=1;profile-level-id=42e01f",
                        "97 apt=96",
                        "103 apt=102");
        assertThat(offer.media().get(1).attributes().first(AttributeType.MSID))
                .contains(new Msid("stream", "track1"));
    }

    private static void assertTransport(MediaDescription media) {
        Attributes lines = media.attributes();
        assertThat(lines.first(AttributeType.ICE_UFRAG)).contains("offr");
        assertThat(lines.first(AttributeType.SETUP)).contains(SetupRole.ACTPASS);
        assertThat(lines.has(AttributeType.RTCP_MUX)).isTrue();
        assertThat(lines.has(AttributeType.SENDONLY)).isTrue();
        assertThat(lines.all(AttributeType.FINGERPRINT)).hasSize(1);
    }

    @Test
    void takesAnAnswer() {
        AnswerResult.Applied applied = applied(ANSWER);

        assertThat(applied.session().remoteUfrag()).isEqualTo("localUfrag");
        assertThat(applied.session().remoteFingerprint()).isEqualTo(Offers.FINGERPRINT);
        assertThat(applied.session().isDtlsClient()).isTrue();
        assertThat(applied.remoteIsLite()).isTrue();
        assertThat(applied.session().media())
                .extracting(NegotiatedMedia::mid)
                .containsExactly("0", "1");
        NegotiatedMedia video = applied.session().media().get(1);
        assertThat(video.codecs())
                .extracting(NegotiatedCodec::payloadType)
                .containsExactly(96, 102);
        assertThat(video.codecs().getFirst().rtxPayloadType()).isEqualTo(97);
        assertThat(video.codecs().getFirst().transportCc()).isTrue();
        assertThat(video.extensions().id(HeaderExtension.MID)).isEqualTo(1);
        assertThat(applied.flows())
                .extracting(AnswerResult.Flow::direction)
                .containsOnly(Direction.SENDONLY);
    }

    @Test
    void takesTheAnswerersOrderAndChoiceOfFormats() {
        String h264 = ANSWER.replace("SAVPF 96 102 97 103", "SAVPF 102 103");

        assertThat(applied(h264).session().media().get(1).codecs())
                .extracting(NegotiatedCodec::payloadType)
                .containsExactly(102);
        assertThat(
                        applied(ANSWER.replace("SAVPF 96 102 97 103", "SAVPF 102 96 97"))
                                .session()
                                .media()
                                .get(1)
                                .codecs())
                .extracting(NegotiatedCodec::payloadType)
                .containsExactly(102, 96);
    }

    @Test
    void takesARejectedSection() {
        String audioOnly =
                ANSWER.replace("m=video 9", "m=video 0").replace("BUNDLE 0 1", "BUNDLE 0");

        assertThat(applied(audioOnly).session().media())
                .extracting(NegotiatedMedia::mid)
                .containsExactly("0");
    }

    @Test
    void learnsWhatTheAnswererSends() {
        Transceiver receiving =
                new Transceiver(
                        "1",
                        MediaKind.VIDEO,
                        Direction.RECVONLY,
                        List.of(Sections.vp8()),
                        Sections.EXTENSIONS,
                        Optional.empty(),
                        List.of(),
                        List.of("l", "h"));
        SessionDescription offer =
                Negotiation.begin().createOffer(Sections.policy(), List.of(receiving));
        assertThat(offer.media().getFirst().attributes().first("simulcast")).contains("recv l;h");
        String layered =
                Offers.negotiate(offer.write(), Offers.send(List.of())).answer().write()
                        + "a=extmap:3 urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id\r\n"
                        + "a=rid:h send\r\na=simulcast:send h\r\n";

        var applied = (AnswerResult.Applied) AppliedAnswer.of(offer, Offers.parse(layered));

        assertThat(applied.session().media().getFirst().rids()).containsExactly("h");
        assertThat(applied.session().media().getFirst().ssrcs())
                .containsExactly(new AnnouncedSsrc(1000, 2000));
        assertThat(applied.flows().getFirst().direction()).isEqualTo(Direction.RECVONLY);
        assertThat(refused(offer, layered.replace("rid:h", "rid:x"))).contains("the layer x send");
    }

    @Test
    void learnsWhichLayersTheAnswererTakes() {
        Transceiver sending =
                new Transceiver(
                        "1",
                        MediaKind.VIDEO,
                        Direction.SENDONLY,
                        List.of(Sections.vp8()),
                        Sections.EXTENSIONS,
                        Sections.video("1", Direction.SENDONLY).track(),
                        List.of("l", "m", "h"),
                        List.of());
        SessionDescription offer =
                Negotiation.begin().createOffer(Sections.policy(), List.of(sending));
        String answer = Offers.negotiate(offer.write(), Offers.receive()).answer().write();

        var applied = (AnswerResult.Applied) AppliedAnswer.of(offer, Offers.parse(answer));

        assertThat(applied.flows().getFirst().sentRids()).containsExactly("l", "m", "h");
    }

    @Test
    void refusesAnAnswerThatIsNoneToTheOffer() {
        assertThat(refused(ANSWER.substring(0, ANSWER.indexOf("m=video"))))
                .isEqualTo("The offer has 2 media sections, the answer 1");
        assertThat(refused(ANSWER.replace("m=audio", "m=video"))).contains("a section of 'audio'");
        assertThat(refused(ANSWER.replace("a=mid:1", "a=mid:2"))).contains("the mid '1'");
        assertThat(refused(ANSWER.replace("SAVPF 96", "SAVPF 95 96"))).contains("the format '95'");
        assertThat(refused(ANSWER.replace("96 VP8/90000", "96 VP9/90000")))
                .contains("payload type 96 as 'vp9/90000'", "offered as 'vp8/90000'");
        assertThat(refused(ANSWER.replace("97 apt=96", "97 apt=102"))).contains("payload type 97");
        assertThat(refused(ANSWER.replace("extmap:1 ", "extmap:5 ")))
                .contains("header extension 5");
        assertThat(refused(ANSWER.replace("BUNDLE 0 1", "BUNDLE 0 1 2"))).contains("the mid '2'");
        assertThat(refused(ANSWER.replace("BUNDLE 0 1", "BUNDLE 0"))).contains("BUNDLE", "mid '1'");
        assertThat(refused(ANSWER.replace("m=video 9", "m=video 0"))).contains("in the bundle");
        assertThat(refused(ANSWER.replace("UDP/TLS/RTP/SAVPF 96", "UDP/TLS/RTP/SAVP 96")))
                .contains("the transport");
    }

    @Test
    void refusesDirectionsAndRolesThatDoNotFit() {
        assertThat(refused(ANSWER.replace("a=recvonly", "a=sendonly")))
                .contains("answers sendonly to an offer of sendonly");
        assertThat(refused(ANSWER.replace("a=recvonly", "a=sendrecv"))).contains("sendrecv");
        assertThat(applied(ANSWER.replace("a=recvonly", "a=inactive")).flows())
                .extracting(AnswerResult.Flow::direction)
                .containsOnly(Direction.INACTIVE);
        assertThat(refused(ANSWER.replace("setup:passive", "setup:actpass")))
                .contains("a=setup:actpass");
        assertThat(
                        applied(ANSWER.replace("setup:passive", "setup:active"))
                                .session()
                                .isDtlsClient())
                .isFalse();
        assertThat(refused(ANSWER.replace("a=rtcp-mux\r\n", ""))).contains("a=rtcp-mux");
        assertThat(refused(ANSWER.replaceAll("a=ice-ufrag:.*\r\n", ""))).contains("a=ice-ufrag");
        assertThat(refused(ANSWER.replaceAll("a=fingerprint:.*\r\n", ""))).contains("fingerprint");
    }

    @Test
    void refusesToBuildWhatCannotBeMeant() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                new Transceiver(
                                        "0",
                                        MediaKind.AUDIO,
                                        Direction.SENDONLY,
                                        List.of(Sections.opus()),
                                        Sections.EXTENSIONS,
                                        Optional.empty()))
                .withMessageContaining("no track");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                new Transceiver(
                                        "0",
                                        MediaKind.AUDIO,
                                        Direction.RECVONLY,
                                        List.of(Sections.vp8()),
                                        Sections.EXTENSIONS,
                                        Optional.empty()))
                .withMessageContaining("codecs of AUDIO");
    }

    private static AnswerResult.Applied applied(String answer) {
        return switch (AppliedAnswer.of(SENDING, Offers.parse(answer))) {
            case AnswerResult.Applied applied -> applied;
            case AnswerResult.Refused(String why) -> throw new AssertionError(why);
        };
    }

    private static String refused(String answer) {
        return refused(SENDING, answer);
    }

    private static String refused(SessionDescription offer, String answer) {
        return switch (AppliedAnswer.of(offer, Offers.parse(answer))) {
            case AnswerResult.Applied applied -> throw new AssertionError("Taken: " + applied);
            case AnswerResult.Refused(String why) -> why;
        };
    }
}
