package dev.sluice.media.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;

class SessionDescriptionTest {

    static List<String> recorded() {
        return Offers.all();
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void writesWhatItRead(String name) {
        String text = Offers.text(name);

        SessionDescription read = Offers.parse(text);

        assertThat(Offers.parse(read.toString())).isEqualTo(read);
        assertThat(read.toString().lines().sorted()).isEqualTo(text.lines().sorted().toList());
    }

    @Test
    void readsTheSectionsOfARecordedOffer() {
        SessionDescription offer = Offers.parse(Offers.text("firefox-default-offer"));

        assertThat(offer.media())
                .extracting(MediaDescription::type)
                .containsExactly("audio", "video");
        assertThat(offer.media().get(1).port()).isZero();
        assertThat(offer.media().get(1).formats()).startsWith("120", "124");
        assertThat(offer.media().get(1).mid()).contains("1");
        assertThat(offer.attributes().first("group")).contains("BUNDLE 0 1");
    }

    @Test
    void takesLinesEndedByLineFeedAlone() {
        String text = Offers.text("gstreamer-whip-vp8-offer");

        assertThat(Offers.parse(text.replace("\r\n", "\n"))).isEqualTo(Offers.parse(text));
    }

    @Test
    void namesTheLineAndWhatWasExpected() {
        assertThat(error("v=0\r\no=- 1 2 IN IP4 0.0.0.0\r\nnonsense\r\n"))
                .hasMessageStartingWith("line 3: expected a line such as v=, o=, m= or a=")
                .hasMessageContaining("'nonsense'");
        assertThat(error("o=- 1 2 IN IP4 0.0.0.0\r\n"))
                .hasMessageStartingWith("line 1: expected v=0");
        assertThat(error("")).hasMessageContaining("expected v=0");
        assertThat(error("v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF\r\n"))
                .hasMessageStartingWith("line 2: expected m=<media> <port> <proto> <fmt>");
        assertThat(error("v=0\r\ns=-\r\nm=audio 70000 UDP/TLS/RTP/SAVPF 0\r\na=mid:0\r\n"))
                .hasMessageStartingWith("line 3: expected a port 0 to 65535, found '70000'");
        assertThat(error("v=0\r\ns=a\u0000b\r\n"))
                .hasMessageContaining("line 2: a control character");
    }

    @Test
    void quotesNoMoreThanTheBeginningOfALongLine() {
        assertThat(error("v=0\r\n" + "x".repeat(10_000)).getMessage()).hasSizeLessThan(200);
    }

    @Test
    void boundsTheTextAndTheNumberOfSections() {
        String many = "m=audio 9 UDP/TLS/RTP/SAVPF 0\r\n".repeat(SdpParser.MAX_MEDIA_SECTIONS + 1);

        assertThat(error("v=0\r\n" + "a=x\r\n".repeat(50_000))).hasMessageContaining("longer than");
        assertThat(error("v=0\r\n" + many).lineNumber()).isEqualTo(66);
    }

    private static SdpParseException error(String text) {
        return catchThrowableOfType(SdpParseException.class, () -> SessionDescription.parse(text));
    }
}
