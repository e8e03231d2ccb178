package dev.sluice.media.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.rtp.Codec;
import dev.sluice.media.rtp.HeaderExtension;
import dev.sluice.media.rtp.MediaKind;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Every recorded offer, answered in the role it was made for. */
class RecordedOffersTest {

    static List<String> all() {
        return Offers.all();
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyOfferGetsAWholeAnswer(String name) {
        SessionDescription offer = Offers.parse(Offers.text(name));
        var agreed = answer(name);
        SessionDescription answer = Offers.parse(agreed.answer().toString());

        assertThat(answer.attributes().has("ice-lite")).isTrue();
        assertThat(answer.attributes().values("group"))
                .isEqualTo(offer.attributes().values("group").toList());
        assertThat(answer.media()).hasSameSizeAs(offer.media());
        for (int i = 0; i < answer.media().size(); i++) {
            assertSectionFits(answer.media().get(i), offer.media().get(i), name);
        }
        assertThat(answer.media().getFirst().attributes().first("candidate"))
                .contains(Offers.CANDIDATE);
        assertThat(answer.media().getFirst().attributes().has("end-of-candidates")).isTrue();
    }

    private static void assertSectionFits(
            MediaDescription answered, MediaDescription offered, String name) {
        Attributes lines = answered.attributes();
        assertThat(answered.type()).isEqualTo(offered.type());
        assertThat(answered.protocol()).isEqualTo(offered.protocol());
        assertThat(answered.port()).isEqualTo(9);
        assertThat(answered.mid()).isEqualTo(offered.mid());
        assertThat(offered.formats()).containsAll(answered.formats());
        assertThat(lines.first("setup")).contains("passive");
        assertThat(lines.first("ice-ufrag")).contains("localUfrag");
        assertThat(lines.first("ice-pwd")).contains("localPasswordlocalPassword");
        assertThat(lines.first("fingerprint")).contains(Offers.FINGERPRINT);
        assertThat(lines.has("rtcp-mux")).isTrue();
        assertThat(lines.has("rtcp-rsize")).isEqualTo(offered.attributes().has("rtcp-rsize"));
        assertThat(lines.has(Offers.PUBLISHING.contains(name) ? "recvonly" : "sendonly")).isTrue();
        assertThat(offered.attributes().values("extmap").map(RecordedOffersTest::withoutDirection))
                .containsAll(
                        lines.values("extmap").map(RecordedOffersTest::withoutDirection).toList());
    }

    private static String withoutDirection(String extmap) {
        return extmap.replaceFirst("/\\w+", "");
    }

    @Test
    void chromiumPublishesEveryCodecWithItsRetransmissions() {
        NegotiatedSession session = answer("chromium-default-offer").session();
        NegotiatedMedia audio = media(session, MediaKind.AUDIO);
        NegotiatedMedia video = media(session, MediaKind.VIDEO);

        assertThat(session.remoteUfrag()).isEqualTo("KRMW");
        assertThat(session.remotePwd()).isEqualTo("DHYsT/oPC+qnld/rxjuLcn4T");
        assertThat(session.remoteFingerprint()).startsWith("sha-256 B4:6E:57");
        assertThat(audio.codecs())
                .singleElement()
                .satisfies(
                        opus -> {
                            assertThat(opus.payloadType()).isEqualTo(111);
                            assertThat(opus.channels()).isEqualTo(2);
                            assertThat(opus.transportCc()).isTrue();
                            assertThat(opus.nack()).isFalse();
                            assertThat(opus.rtxPayloadType()).isEqualTo(-1);
                        });
        assertThat(video.codecs())
                .extracting(NegotiatedCodec::payloadType)
                .containsExactly(96, 102, 104, 108, 114, 116, 39, 45, 98, 100);
        assertThat(video.codecs())
                .extracting(NegotiatedCodec::rtxPayloadType)
                .containsExactly(97, 103, 107, 109, 115, 117, 40, 46, 99, 101);
        assertThat(video.codecs())
                .allSatisfy(
                        codec -> {
                            assertThat(
                                            codec.nack()
                                                    && codec.pli()
                                                    && codec.fir()
                                                    && codec.transportCc())
                                    .isTrue();
                            assertThat(codec.remb()).isFalse();
                        });
        assertThat(video.ssrcs()).containsExactly(new AnnouncedSsrc(2069330282L, 4155030639L));
        assertThat(audio.ssrcs()).containsExactly(new AnnouncedSsrc(1564436718L, -1));
        assertThat(video.extensions().ids())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                HeaderExtension.MID, 4,
                                HeaderExtension.RID, 10,
                                HeaderExtension.REPAIRED_RID, 11,
                                HeaderExtension.ABS_SEND_TIME, 2,
                                HeaderExtension.TRANSPORT_WIDE_CC, 3,
                                HeaderExtension.VIDEO_ORIENTATION, 13));
        assertThat(audio.extensions().id(HeaderExtension.AUDIO_LEVEL)).isEqualTo(1);
    }

    @Test
    void chromiumHearsOfFormatsAndFeedbackAsItOfferedThem() {
        SessionDescription answer = answer("chromium-default-offer").answer();
        Attributes audio = answer.media().get(0).attributes();
        Attributes video = answer.media().get(1).attributes();

        assertThat(answer.attributes().has("extmap-allow-mixed")).isTrue();
        assertThat(audio.values("rtpmap")).containsExactly("111 opus/48000/2", "63 red/48000/2");
        assertThat(audio.values("fmtp"))
                .containsExactly("111 minptime=10;useinbandfec=1", "63 111/111");
        assertThat(video.values("fmtp"))
                .contains(
                        "102 level-asymmetry-allowed=1;packetization-mode=1;profile-level-id=42001f",
                        "103 apt=102",
                        "45 level-idx=5;profile=0;tier=0",
                        "100 profile-id=2");
        assertThat(video.values("rtcp-fb").filter(line -> line.startsWith("96 ")))
                .containsExactlyInAnyOrder(
                        "96 transport-cc", "96 ccm fir", "96 nack", "96 nack pli");
    }

    @Test
    void chromiumsSimulcastLayersAreTakenInItsOrder() {
        var agreed = answer("chromium-vp8-simulcast-offer");
        NegotiatedMedia video = media(agreed.session(), MediaKind.VIDEO);
        Attributes answered = agreed.answer().media().get(1).attributes();

        assertThat(video.rids()).containsExactly("l", "m", "h");
        assertThat(video.ssrcs()).isEmpty();
        assertThat(answered.first("simulcast")).contains("recv l;m;h");
        assertThat(answered.values("rid")).containsExactly("l recv", "m recv", "h recv");
    }

    @Test
    void firefoxPublishesInABundleOnlySectionOfPortZero() {
        var agreed = answer("firefox-default-offer");
        NegotiatedMedia video = media(agreed.session(), MediaKind.VIDEO);

        assertThat(agreed.session().remoteFingerprint()).startsWith("sha-256 8D:FD:01");
        assertThat(agreed.session().remoteUfrag()).isEqualTo("9fce0e5b");
        assertThat(video.codecs())
                .extracting(NegotiatedCodec::codec)
                .containsExactly(Codec.VP8, Codec.VP9, Codec.AV1);
        assertThat(video.ssrcs()).containsExactly(new AnnouncedSsrc(3418747163L, 2017148623L));
        assertThat(agreed.answer().media().get(0).attributes().values("fmtp"))
                .containsExactly("109 useinbandfec=1;stereo=1");
    }

    @Test
    void gstreamerPublishesVideoFirstWithoutExtensionsAndWithRetransmittedAudio() {
        NegotiatedSession session = answer("gstreamer-whip-vp8-offer").session();
        NegotiatedMedia audio = media(session, MediaKind.AUDIO);

        assertThat(session.media())
                .extracting(NegotiatedMedia::mid)
                .containsExactly("video0", "audio1");
        assertThat(session.media()).allSatisfy(m -> assertThat(m.extensions().ids()).isEmpty());
        assertThat(audio.codecs())
                .singleElement()
                .satisfies(
                        opus -> {
                            assertThat(opus.codec()).isEqualTo(Codec.OPUS);
                            assertThat(opus.rtxPayloadType()).isEqualTo(98);
                            assertThat(opus.nack()).isTrue();
                            assertThat(opus.transportCc()).isFalse();
                        });
        assertThat(audio.ssrcs()).containsExactly(new AnnouncedSsrc(3226156062L, 386292479));
        assertThat(
                        answer("gstreamer-whip-vp8-offer")
                                .answer()
                                .media()
                                .get(1)
                                .attributes()
                                .values("fmtp"))
                .containsExactly("111 useinbandfec=1;stereo=1", "98 apt=111");
    }

    @Test
    void libwebrtcPublishesWhatChromiumDoes() {
        NegotiatedSession session = answer("libwebrtc-java-default-offer").session();

        assertThat(media(session, MediaKind.VIDEO).codecs())
                .extracting(NegotiatedCodec::codec)
                .containsOnly(Codec.VP8, Codec.VP9, Codec.H264, Codec.AV1);
        assertThat(media(session, MediaKind.VIDEO).ssrcs())
                .containsExactly(new AnnouncedSsrc(2184624576L, 2663411463L));
    }

    @Test
    void aViewerIsToldOfTheTracksItWillGet() {
        Attributes video =
                answer("chromium-default-whep-offer").answer().media().get(1).attributes();

        assertThat(video.values("msid")).containsExactly("stream track1");
        assertThat(video.values("ssrc-group")).containsExactly("FID 1001 2001", "FEC-FR 1001 3001");
        assertThat(video.values("ssrc"))
                .containsExactly(
                        "1001 cname:cname",
                        "1001 msid:stream track1",
                        "2001 cname:cname",
                        "2001 msid:stream track1",
                        "3001 cname:cname",
                        "3001 msid:stream track1");
        assertThat(video.values("extmap")).noneMatch(line -> line.contains("stream-id"));
    }

    @Test
    void aViewerOfAKnownPublisherGetsThatFormatAloneAndItsRepair() {
        NegotiatedCodec published =
                media(answer("chromium-default-offer").session(), MediaKind.VIDEO).codecs().get(3);
        assertThat(published.parameters()).containsEntry("profile-level-id", "42e01f");

        var agreed =
                Offers.negotiate(
                        Offers.text("chromium-default-whep-offer"),
                        Offers.send(List.of(published)));

        assertThat(media(agreed.session(), MediaKind.VIDEO).codecs())
                .extracting(NegotiatedCodec::payloadType)
                .containsExactly(108);
        assertThat(agreed.answer().media().get(1).formats()).containsExactly("108", "109", "49");
        assertThat(media(agreed.session(), MediaKind.AUDIO).codecs()).hasSize(1);
    }

    @Test
    void aViewerThatCannotPlayThePublishersFormatIsRefusedAsAWhole() {
        NegotiatedCodec h264 =
                media(answer("chromium-default-offer").session(), MediaKind.VIDEO).codecs().get(1);

        assertThat(Offers.refusal(Offers.text("firefox-whep-offer"), Offers.send(List.of(h264))))
                .contains("video, mid 1", "VP8, rtx, VP9, AV1", "the stream is H264");
    }

    @Test
    void firefoxAndGstreamerWatch() {
        for (String name : List.of("firefox-whep-offer", "gstreamer-whep-vp8-offer")) {
            NegotiatedSession session = answer(name).session();
            assertThat(session.media())
                    .extracting(NegotiatedMedia::kind)
                    .containsExactly(MediaKind.AUDIO, MediaKind.VIDEO);
            assertThat(media(session, MediaKind.VIDEO).codecs().getFirst().codec())
                    .isEqualTo(Codec.VP8);
            assertThat(session.media()).allSatisfy(media -> assertThat(media.ssrcs()).isEmpty());
        }
    }

    private static NegotiationResult.Negotiated answer(String name) {
        AnswerPolicy policy =
                Offers.PUBLISHING.contains(name) ? Offers.receive() : Offers.send(List.of());
        return Offers.negotiate(Offers.text(name), policy);
    }

    private static NegotiatedMedia media(NegotiatedSession session, MediaKind kind) {
        return Stream.of(session)
                .flatMap(s -> s.media().stream())
                .filter(media -> media.kind() == kind)
                .findFirst()
                .orElseThrow();
    }
}
