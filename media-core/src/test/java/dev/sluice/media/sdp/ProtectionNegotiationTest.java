package dev.sluice.media.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.rtp.MediaKind;

import org.junit.jupiter.api.Test;

import java.util.List;

/** Which protection formats are agreed on, from recorded offers and from lines added to them. */
class ProtectionNegotiationTest {

    private static final String FLEXFEC_RFC =
            "a=rtpmap:50 flexfec/90000\r\na=fmtp:50 repair-window=200000\r\n";

    private static NegotiatedMedia media(NegotiationResult.Negotiated agreed, MediaKind kind) {
        return agreed.session().media().stream()
                .filter(media -> media.kind() == kind)
                .findFirst()
                .orElseThrow();
    }

    private static Attributes lines(NegotiationResult.Negotiated agreed, MediaKind kind) {
        return section(agreed, kind).attributes();
    }

    private static MediaDescription section(NegotiationResult.Negotiated agreed, MediaKind kind) {
        return agreed.answer().media().get(media(agreed, kind).index());
    }

    private static NegotiationResult.Negotiated publisher(String offer) {
        return Offers.negotiate(offer, Offers.receive());
    }

    private static NegotiationResult.Negotiated viewer(String offer) {
        return Offers.negotiate(offer, Offers.send(List.of()));
    }

    @Test
    void chromiumMayPublishWithUlpfecAndRedundantAudio() {
        var agreed = publisher(Offers.text("chromium-default-offer"));

        assertThat(media(agreed, MediaKind.AUDIO).fec())
                .isEqualTo(new NegotiatedFec(63, 111, -1, -1, -1, -1, 0));
        assertThat(media(agreed, MediaKind.VIDEO).fec())
                .isEqualTo(new NegotiatedFec(118, -1, 119, 120, -1, -1, 0));
        assertThat(lines(agreed, MediaKind.VIDEO).values("rtpmap"))
                .contains("118 red/90000", "119 rtx/90000", "120 ulpfec/90000");
        assertThat(lines(agreed, MediaKind.VIDEO).values("fmtp")).contains("119 apt=118");
        assertThat(section(agreed, MediaKind.AUDIO).formats())
                .as("Opus first: Chromium sends it without redundancy")
                .containsExactly("111", "63");
        assertThat(section(agreed, MediaKind.VIDEO).formats()).startsWith("96", "102");
    }

    @Test
    void redundantAudioComesFirstWhereThePolicySaysSo() {
        AnswerPolicy plain = Offers.receive();
        AnswerPolicy redFirst =
                new AnswerPolicy(
                        plain.role(),
                        plain.sessionId(),
                        plain.ufrag(),
                        plain.pwd(),
                        plain.candidates(),
                        plain.fingerprint(),
                        plain.wanted(),
                        plain.tracks(),
                        true);
        var agreed = Offers.negotiate(Offers.text("chromium-default-offer"), redFirst);
        assertThat(section(agreed, MediaKind.AUDIO).formats()).containsExactly("63", "111");
        assertThat(section(agreed, MediaKind.VIDEO).formats()).startsWith("96", "102");
    }

    @Test
    void ulpfecIsNotTakenWithSimulcast() {
        var agreed = publisher(Offers.text("chromium-vp8-simulcast-offer"));
        assertThat(media(agreed, MediaKind.VIDEO).rids()).isNotEmpty();
        assertThat(media(agreed, MediaKind.VIDEO).fec()).isEqualTo(NegotiatedFec.NONE);
        assertThat(media(agreed, MediaKind.AUDIO).fec().redPayloadType()).isEqualTo(63);
    }

    @Test
    void firefoxMayPublishWithUlpfec() {
        assertThat(media(publisher(Offers.text("firefox-default-offer")), MediaKind.VIDEO).fec())
                .isEqualTo(new NegotiatedFec(122, -1, 119, 123, -1, -1, 0));
    }

    @Test
    void theRepairStreamOfAPublisherIsKnownByItsGroup() {
        String flexfec =
                """
                a=rtpmap:49 flexfec-03/90000
                a=fmtp:49 repair-window=10000000
                a=ssrc-group:FEC-FR 2069330282 77
                a=ssrc:77 cname:x
                """;
        String offer =
                Offers.text("chromium-default-offer")
                        .replace(" 118 ", " 118 49 ")
                        .replace(
                                "a=ssrc-group:FID 2069330282",
                                flexfec + "a=ssrc-group:FID 2069330282");
        NegotiatedMedia video = media(publisher(offer), MediaKind.VIDEO);
        assertThat(video.ssrcs()).containsExactly(new AnnouncedSsrc(2069330282L, 4155030639L, 77));
        assertThat(video.fec().flexfec03PayloadType()).isEqualTo(49);
        assertThat(video.fec().repairWindowMicros()).isEqualTo(10_000_000);
    }

    @Test
    void chromiumWatchesWithFlexfecRatherThanUlpfec() {
        var agreed = viewer(Offers.text("chromium-default-whep-offer"));
        NegotiatedMedia video = media(agreed, MediaKind.VIDEO);

        assertThat(video.fec()).isEqualTo(new NegotiatedFec(-1, -1, -1, -1, 49, -1, 10_000_000));
        Attributes lines = lines(agreed, MediaKind.VIDEO);
        assertThat(lines.values("rtpmap")).contains("49 flexfec-03/90000");
        assertThat(lines.values("fmtp")).contains("49 repair-window=10000000");
        assertThat(lines.values("rtcp-fb")).contains("49 transport-cc");
        int index = video.index();
        assertThat(lines.values("ssrc-group"))
                .contains("FEC-FR " + (1000 + index) + " " + (3000 + index));
        assertThat(lines.values("ssrc")).contains((3000 + index) + " cname:cname");
        assertThat(lines(agreed, MediaKind.AUDIO).values("fmtp")).contains("63 111/111");
        assertThat(lines(agreed, MediaKind.AUDIO).values("ssrc-group").toList()).isEmpty();
    }

    @Test
    void theRfcComesBeforeUlpfecAndAfterTheDraft() {
        String offer = Offers.text("chromium-default-whep-offer");
        String both =
                offer.replace("a=rtpmap:49", FLEXFEC_RFC + "a=rtpmap:49")
                        .replace(" 120 49", " 120 49 50");
        assertThat(media(viewer(both), MediaKind.VIDEO).fec().flexfecPayloadType()).isEqualTo(-1);
        String rfc = both.replace("flexfec-03", "other");
        NegotiatedFec fec = media(viewer(rfc), MediaKind.VIDEO).fec();
        assertThat(fec).isEqualTo(new NegotiatedFec(-1, -1, -1, -1, -1, 50, 200_000));
        assertThat(lines(viewer(rfc), MediaKind.VIDEO).values("rtpmap"))
                .contains("50 flexfec/90000");
    }

    @Test
    void firefoxWatchesWithUlpfec() {
        assertThat(media(viewer(Offers.text("firefox-whep-offer")), MediaKind.VIDEO).fec())
                .isEqualTo(new NegotiatedFec(122, -1, 119, 123, -1, -1, 0));
    }

    @Test
    void redHoldsTheAcceptedAudioOrIsLeftOut() {
        String offer = Offers.text("chromium-default-offer");
        for (String parameters : List.of("111/9", "9/9", "111/111/x", "")) {
            String other = offer.replace("a=fmtp:63 111/111", "a=fmtp:63 " + parameters);
            assertThat(media(publisher(other), MediaKind.AUDIO).fec())
                    .as("fmtp %s", parameters)
                    .isEqualTo(NegotiatedFec.NONE);
        }
        String third = offer.replace("a=fmtp:63 111/111", "a=fmtp:63 111/111/111");
        assertThat(media(publisher(third), MediaKind.AUDIO).fec().hasRed()).isTrue();
        String mono = offer.replace("63 red/48000/2", "63 red/48000");
        assertThat(media(publisher(mono), MediaKind.AUDIO).fec().hasRed()).isFalse();
    }

    @Test
    void redOfVideoNeedsUlpfec() {
        String offer = Offers.text("chromium-default-offer").replace("120 ulpfec", "120 other");
        assertThat(media(publisher(offer), MediaKind.VIDEO).fec()).isEqualTo(NegotiatedFec.NONE);
    }
}
