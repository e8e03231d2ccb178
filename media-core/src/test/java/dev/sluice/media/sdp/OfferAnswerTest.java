package dev.sluice.media.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.rtp.HeaderExtension;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

/** The rules of the answer, each on an offer of a few lines. */
class OfferAnswerTest {

    private static final String HEAD =
            """
            v=0
            o=- 1 2 IN IP4 127.0.0.1
            s=-
            t=0 0
            a=group:BUNDLE a v
            """;

    private static final String TRANSPORT =
            """
            a=ice-ufrag:abcd
            a=ice-pwd:abcdefghijklmnopqrstuvwx
            a=fingerprint:sha-256 AA:BB
            a=setup:actpass
            a=rtcp-mux
            a=rtcp-rsize
            """;

    private static final String AUDIO =
            """
            m=audio 9 UDP/TLS/RTP/SAVPF 111
            a=mid:a
            a=sendonly
            a=rtpmap:111 opus/48000/2
            """;

    private static final String VIDEO =
            """
            m=video 9 UDP/TLS/RTP/SAVPF 96
            a=mid:v
            a=sendonly
            a=rtpmap:96 VP8/90000
            """;

    private static final String OFFER = HEAD + AUDIO + TRANSPORT + VIDEO + TRANSPORT;

    @Test
    void refusesSectionsOutsideTheBundle() {
        assertThat(refusal(OFFER.replace("BUNDLE a v", "BUNDLE a"))).contains("mid v", "BUNDLE");
        assertThat(refusal(OFFER.replace("a=group:BUNDLE a v\n", ""))).contains("BUNDLE");
        assertThat(refusal(OFFER.replace("BUNDLE a v", "BUNDLE a\na=group:BUNDLE v")))
                .contains("mid v");
    }

    @Test
    void takesASingleSectionWithoutABundle() {
        String offer = (HEAD + AUDIO + TRANSPORT).replace("a=group:BUNDLE a v\n", "");

        assertThat(negotiate(offer).answer().attributes().has("group")).isFalse();
        assertThat(negotiate(offer.replace("a=mid:a\n", "")).session().media()).hasSize(1);
    }

    @Test
    void refusesTwoSectionsOfOneMid() {
        assertThat(refusal(OFFER.replace("a=mid:v", "a=mid:a"))).contains("the mid a");
    }

    @Test
    void refusesWhatCannotBeTransported() {
        assertThat(refusal(OFFER.replace("a=rtcp-mux\n", ""))).contains("a=rtcp-mux", "mid a");
        assertThat(refusal(OFFER.replace("setup:actpass", "setup:holdconn")))
                .contains("setup:holdconn");
        assertThat(refusal(OFFER.replace("UDP/TLS/RTP/SAVPF", "RTP/AVP"))).contains("RTP/AVP");
        assertThat(refusal(OFFER.replace("a=ice-pwd:abcdefghijklmnopqrstuvwx", "a=ice-pwd:short")))
                .contains("a=ice-pwd");
        assertThat(refusal(OFFER.replace("a=ice-ufrag:abcd", "a=ice-ufrag:ab:cd")))
                .contains("a=ice-ufrag");
        assertThat(refusal(OFFER.replace("sha-256", "md5"))).contains("a=fingerprint");
    }

    @Test
    void answersAnActiveOffererPassively() {
        assertThat(answered(OFFER.replace("setup:actpass", "setup:active"), 0).first("setup"))
                .contains("passive");
    }

    /** As ffmpeg 8.0 offers. */
    @Test
    void answersAPassiveOffererActively() {
        String offer = OFFER.replace("setup:actpass", "setup:PASSIVE");

        assertThat(answered(offer, 0).first("setup")).contains("active");
        assertThat(answered(offer, 1).first("setup")).contains("active");
        assertThat(negotiate(offer).session().isDtlsClient()).isTrue();
        assertThat(negotiate(OFFER).session().isDtlsClient()).isFalse();
    }

    @Test
    void theRoundTripOfReceiversIsAgreedOnWhereItIsOffered() {
        String wish = "a=rtcp-xr:stat-summary=loss rcvr-rtt=sender:10000\n";
        var agreed = negotiate(HEAD + AUDIO + TRANSPORT + VIDEO + TRANSPORT + wish);

        assertThat(agreed.session().receiverRoundTrip()).isTrue();
        assertThat(agreed.answer().media().get(0).attributes().has("rtcp-xr")).isFalse();
        assertThat(agreed.answer().media().get(1).attributes().first("rtcp-xr"))
                .contains("rcvr-rtt=sender");
        assertThat(negotiate(OFFER).session().receiverRoundTrip()).isFalse();
        assertThat(negotiate(OFFER + "a=rtcp-xr:rcvr-rtt=none\n").session().receiverRoundTrip())
                .isFalse();
    }

    @Test
    void inheritsTheTransportFromTheSession() {
        var agreed = negotiate(HEAD + TRANSPORT + AUDIO + VIDEO);

        assertThat(agreed.session().remoteUfrag()).isEqualTo("abcd");
        assertThat(agreed.session().media()).hasSize(2);
    }

    @Test
    void aBundleOnlySectionHasTheTransportOfTheBundle() {
        String bundled = VIDEO.replace("video 9", "video 0") + "a=bundle-only\n";
        var agreed = negotiate(HEAD + AUDIO + TRANSPORT + bundled);

        assertThat(agreed.session().media()).hasSize(2);
        assertThat(agreed.answer().media().get(1).attributes().has("rtcp-rsize")).isTrue();
        assertThat(agreed.answer().media().get(1).port()).isEqualTo(9);
    }

    @Test
    void declinesWhatIsNoMediaAndKeepsTheOrder() {
        String data =
                """
                m=application 9 UDP/DTLS/SCTP webrtc-datachannel
                a=mid:d
                a=sctp-port:5000
                """;
        SessionDescription answer =
                negotiate(
                                HEAD.replace("BUNDLE a v", "BUNDLE d a v")
                                        + data
                                        + AUDIO
                                        + TRANSPORT
                                        + VIDEO
                                        + TRANSPORT)
                        .answer();

        assertThat(answer.media()).extracting(MediaDescription::port).containsExactly(0, 9, 9);
        assertThat(answer.media().getFirst().mid()).contains("d");
        assertThat(answer.media().getFirst().formats()).containsExactly("webrtc-datachannel");
        assertThat(answer.attributes().first("group")).contains("BUNDLE a v");
    }

    @Test
    void declinesASecondVideo() {
        String second = VIDEO.replace("mid:v", "mid:w") + TRANSPORT;
        var agreed = negotiate(OFFER.replace("BUNDLE a v", "BUNDLE a v w") + second);

        assertThat(agreed.session().media())
                .extracting(NegotiatedMedia::mid)
                .containsExactly("a", "v");
        assertThat(agreed.answer().media().get(2).port()).isZero();
    }

    @Test
    void declinesASectionThatWasDroppedBefore() {
        var agreed = negotiate(OFFER.replace("video 9", "video 0"));

        assertThat(agreed.session().media()).extracting(NegotiatedMedia::mid).containsExactly("a");
    }

    @Test
    void refusesAnOfferWithNothingForItsRole() {
        assertThat(refusal(OFFER.replace("sendonly", "recvonly"))).contains("sends anything");
        assertThat(Offers.refusal(OFFER, Offers.send(List.of()))).contains("receives anything");
        assertThat(refusal(HEAD)).contains("sends anything");
    }

    @Test
    void refusesTheWholeOfferWhereOneSectionHasNoCommonCodec() {
        assertThat(refusal(OFFER.replace("VP8/90000", "H266/90000")))
                .contains("Media section 2", "video", "mid v", "H266");
    }

    @Test
    void answersH265WithWhatBothSidesHaveToUseAlike() {
        String offer =
                OFFER.replace("VP8/90000", "H265/90000")
                        + "a=fmtp:96"
                        + " level-id=93;profile-id=1;tier-flag=0;tx-mode=SRST;max-fps=6000\n";

        assertThat(answered(offer, 1).values("rtpmap")).containsExactly("96 H265/90000");
        assertThat(answered(offer, 1).values("fmtp"))
                .containsExactly("96 profile-id=1;tier-flag=0;level-id=93;tx-mode=SRST");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tx-mode=MRST",
                "sprop-max-don-diff=1",
                "sprop-max-don-diff=x",
                "profile-id=32",
                "tier-flag=2",
                "profile-space=4"
            })
    void takesNoH265ThatItCannotRead(String parameter) {
        String offer = OFFER.replace("VP8/90000", "H265/90000");

        assertThat(refusal(offer + "a=fmtp:96 " + parameter + "\n")).contains("mid v");
    }

    @Test
    void leavesOutPayloadTypesThatReadAsRtcp() {
        assertThat(refusal(OFFER.replace("SAVPF 96", "SAVPF 72").replace("rtpmap:96", "rtpmap:72")))
                .contains("mid v");
    }

    @Test
    void takesARepeatedPayloadTypeOnce() {
        var agreed =
                negotiate(OFFER.replace("SAVPF 96", "SAVPF 96 96") + "a=rtpmap:96 VP9/90000\n");

        assertThat(agreed.answer().media().get(1).formats()).containsExactly("96");
        assertThat(answered(OFFER, 1).values("rtpmap")).containsExactly("96 VP8/90000");
    }

    @Test
    void takesRembWhereTransportFeedbackIsNotAgreed() {
        String both = "a=rtcp-fb:96 goog-remb\na=rtcp-fb:96 transport-cc\n";
        String extension = "a=extmap:3 " + HeaderExtension.TRANSPORT_WIDE_CC.uri() + "\n";

        assertThat(answered(OFFER + both, 1).values("rtcp-fb")).containsExactly("96 goog-remb");
        assertThat(answered(OFFER + both + extension, 1).values("rtcp-fb"))
                .containsExactly("96 transport-cc");
    }

    @Test
    void takesFeedbackOfRfc8888FromAViewerWithoutTransportFeedback() {
        String offer = OFFER.replace("sendonly", "recvonly") + "a=rtcp-fb:* ack ccfb\n";
        String transport =
                "a=rtcp-fb:96 transport-cc\na=extmap:3 "
                        + HeaderExtension.TRANSPORT_WIDE_CC.uri()
                        + "\n";

        assertThat(toViewer(offer)).containsExactly("96 ack ccfb");
        assertThat(toViewer(offer + transport)).containsExactly("96 transport-cc");
        assertThat(answered(OFFER + "a=rtcp-fb:* ack ccfb\n", 1).values("rtcp-fb"))
                .as("we do not write it")
                .isEmpty();
    }

    private static List<String> toViewer(String offer) {
        var agreed = Offers.negotiate(offer, Offers.send(List.of()));
        return agreed.answer().media().get(1).attributes().values("rtcp-fb").toList();
    }

    @Test
    void readsFeedbackForAllFormats() {
        assertThat(
                        answered(OFFER + "a=rtcp-fb:* nack\na=rtcp-fb:* nack pli\n", 1)
                                .values("rtcp-fb"))
                .containsExactly("96 nack", "96 nack pli");
    }

    @Test
    void turnsTheDirectionOfAnExtensionRound() {
        String mid = HeaderExtension.MID.uri();

        assertThat(answered(OFFER + "a=extmap:4/sendonly " + mid + "\n", 1).values("extmap"))
                .containsExactly("4/recvonly " + mid);
        assertThat(answered(OFFER + "a=extmap:4/recvonly " + mid + "\n", 1).values("extmap"))
                .isEmpty();
        assertThat(answered(OFFER + "a=extmap:4/inactive " + mid + "\n", 1).values("extmap"))
                .isEmpty();
    }

    @Test
    void leavesOutExtensionIdsThatCannotBeUsed() {
        String mid = " " + HeaderExtension.MID.uri() + "\n";

        assertThat(answered(OFFER + "a=extmap:0" + mid, 1).values("extmap")).isEmpty();
        assertThat(answered(OFFER + "a=extmap:16" + mid, 1).values("extmap")).isEmpty();
        assertThat(answered(OFFER + "a=extmap-allow-mixed\na=extmap:15" + mid, 1).values("extmap"))
                .isEmpty();
        assertThat(answered(OFFER + "a=extmap-allow-mixed\na=extmap:16" + mid, 1).values("extmap"))
                .hasSize(1);
        assertThat(answered(OFFER + "a=extmap:4 urn:unknown\na=extmap:4" + mid, 1).values("extmap"))
                .isEmpty();
    }

    @Test
    void anIdMeansOneThingInTheWholeBundle() {
        String audio = "a=extmap:4 " + HeaderExtension.MID.uri() + "\n";
        String video = "a=extmap:4 " + HeaderExtension.ABS_SEND_TIME.uri() + "\n";
        var agreed = negotiate(HEAD + AUDIO + TRANSPORT + audio + VIDEO + TRANSPORT + video);

        assertThat(agreed.session().media().get(0).extensions().id(HeaderExtension.MID))
                .isEqualTo(4);
        assertThat(agreed.session().media().get(1).extensions().ids()).isEmpty();
    }

    @Test
    void takesExtensionsThatTheSessionSaysForAllSections() {
        String extension = "a=extmap:4 " + HeaderExtension.MID.uri() + "\n";
        var agreed = negotiate(HEAD + extension + AUDIO + TRANSPORT + VIDEO + TRANSPORT);

        assertThat(agreed.session().media())
                .allSatisfy(
                        media ->
                                assertThat(media.extensions().id(HeaderExtension.MID))
                                        .isEqualTo(4));
    }

    @Test
    void ridsCountOnlyWithTheirExtension() {
        String layers = "a=rid:q send\na=rid:h send\na=simulcast:send ~q,x;h;undeclared\n";
        String extension = "a=extmap:5 " + HeaderExtension.RID.uri() + "\n";

        assertThat(negotiate(OFFER + layers).session().media().get(1).rids()).isEmpty();
        assertThat(negotiate(OFFER + layers + extension).session().media().get(1).rids())
                .containsExactly("q", "h");
    }

    @Test
    void carriesH264OfPacketizationModes0And1() {
        String h264 = OFFER.replace("VP8/90000", "H264/90000");

        assertThat(negotiate(h264).session().media()).hasSize(2);
        assertThat(negotiate(h264 + "a=fmtp:96 packetization-mode=1\n").session().media())
                .hasSize(2);
        assertThat(refusal(h264 + "a=fmtp:96 packetization-mode=2\n")).contains("H264");
        assertThat(refusal(h264 + "a=fmtp:96 profile-level-id=42zz1f\n")).contains("H264");
    }

    @Test
    void retransmissionsHaveTheClockOfWhatTheyRepair() {
        String rtx = OFFER.replace("SAVPF 96", "SAVPF 96 97") + "a=fmtp:97 apt=96\n";

        assertThat(rtxOf(rtx + "a=rtpmap:97 rtx/90000\n")).isEqualTo(97);
        assertThat(rtxOf(rtx + "a=rtpmap:97 rtx/48000\n")).isEqualTo(-1);
        assertThat(rtxOf(OFFER + "a=rtpmap:97 rtx/90000\na=fmtp:97 apt=96\n")).isEqualTo(-1);
    }

    @Test
    void aPayloadTypeMeansOneThingInTheWholeBundle() {
        String clash = "m=video 9 UDP/TLS/RTP/SAVPF 111 96 97\n";
        String offer =
                OFFER.replace("m=video 9 UDP/TLS/RTP/SAVPF 96\n", clash)
                        + "a=rtpmap:111 VP9/90000\na=rtpmap:97 rtx/90000\na=fmtp:97 apt=96\n";

        assertThat(negotiate(offer).answer().media().get(1).formats()).containsExactly("96", "97");
        assertThat(
                        refusal(
                                OFFER.replace("SAVPF 96", "SAVPF 111")
                                        .replace("rtpmap:96", "rtpmap:111")))
                .contains("mid v");
        assertThat(rtxOf(offer.replace(":97 ", ":111 "))).isEqualTo(-1);
    }

    @Test
    void refusesALiteAgentAsNobodyWouldCheck() {
        assertThat(refusal(OFFER.replace("t=0 0\n", "t=0 0\na=ice-lite\n"))).contains("a=ice-lite");
    }

    /** RFC 8851, section 6: an answer relaxes no restriction. */
    @Test
    void repeatsTheRestrictionsOfALayer() {
        String layers =
                """
                a=extmap:5 urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id
                a=rid:q send pt=96,98;max-width=320
                a=rid:h send pt=98
                a=rid:f send max-fps=30;depend=q
                a=simulcast:send f;h;~q,f recv x
                """;

        assertThat(negotiate(OFFER + layers).session().media().get(1).rids())
                .containsExactly("f", "q");
        assertThat(answered(OFFER + layers, 1).values("rid"))
                .containsExactly("f recv max-fps=30;depend=q", "q recv pt=96;max-width=320");
        assertThat(answered(OFFER + layers, 1).first("simulcast")).contains("recv f;q");
    }

    @Test
    void takesTheStrongestFingerprintThatIsKnown() {
        String fingerprints =
                """
                a=fingerprint:sha-1 00:11
                a=fingerprint:sha-512 22:33
                a=fingerprint:SHA-256 AA:BB
                """;
        String several = OFFER.replace("a=fingerprint:sha-256 AA:BB\n", fingerprints);

        assertThat(negotiate(several).session().remoteFingerprint()).isEqualTo("SHA-256 AA:BB");
    }

    @Test
    void theBundleGoesOnWithoutTheSectionThatStoodForIt() {
        String data =
                """
                m=application 9 UDP/DTLS/SCTP webrtc-datachannel
                a=mid:d
                a=sctp-port:5000
                a=max-message-size:262144
                """;
        String bundled = "a=bundle-only\n";
        String offer =
                HEAD.replace("BUNDLE a v", "BUNDLE d a v")
                        + data
                        + TRANSPORT
                        + AUDIO.replace("audio 9", "audio 0")
                        + bundled
                        + VIDEO.replace("video 9", "video 0")
                        + bundled;
        var agreed = negotiate(offer);

        assertThat(agreed.session().remoteUfrag()).isEqualTo("abcd");
        assertThat(agreed.answer().attributes().first("group")).contains("BUNDLE a v");
        assertThat(agreed.answer().media())
                .extracting(MediaDescription::port)
                .containsExactly(0, 9, 9);
        assertThat(agreed.answer().media().get(1).attributes().has("candidate")).isTrue();
    }

    private static int rtxOf(String offer) {
        return negotiate(offer).session().media().get(1).codecs().getFirst().rtxPayloadType();
    }

    private static Attributes answered(String offer, int section) {
        return negotiate(offer).answer().media().get(section).attributes();
    }

    private static NegotiationResult.Negotiated negotiate(String offer) {
        return Offers.negotiate(offer, Offers.receive());
    }

    private static String refusal(String offer) {
        return Offers.refusal(offer, Offers.receive());
    }
}
