package dev.sluice.media.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.Collections;
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
        assertThat(read.write()).isEqualTo(text);
    }

    /** RFC 8866, section 5, with the lines that it leaves out put in. */
    private static final String EVERY_LINE =
            """
            v=0
            o=jdoe 3724394400 3724394405 IN IP4 198.51.100.1
            s=Call to John Smith
            i=SDP Offer #1
            u=http://www.jdoe.example.com/home.html
            e=Jane Doe <jane@jdoe.example.com>
            e=other@example.com
            p=+1 617 555-6011
            c=IN IP4 198.51.100.1
            b=X-YZ:128
            b=CT:1000
            t=3724394400 3724398000
            r=604800 3600 0 90000
            r=7d 1h 0 25h
            z=3730928400 -1h 3749680800 0
            t=0 0
            k=clear:secret
            a=recvonly
            a=charset:ISO-8859-1
            m=audio 49170 RTP/AVP 0
            m=audio 49180/2 RTP/AVP 0 8
            i=a title
            c=IN IP4 233.252.0.1/127/3
            c=IN IP6 ff00::db8:0:101/3
            b=AS:64
            b=TIAS:50000
            k=prompt
            a=source-filter: incl IN IP4 233.252.0.1 192.0.2.10
            a=x-unknown:with : colons
            m=video 51372 RTP/AVP 99
            c=IN IP6 2001:db8::2
            a=rtpmap:99 h263-1998/90000
            """
                    .replace("\n", "\r\n");

    @Test
    void readsEveryLineOfTheGrammarAndWritesItBack() {
        SessionDescription read = Offers.parse(EVERY_LINE);

        assertThat(read.write()).isEqualTo(EVERY_LINE);
        assertThat(read.origin().sessionId()).isEqualTo("3724394400");
        assertThat(read.origin().version()).isEqualTo(3724394405L);
        assertThat(read.head().emails()).hasSize(2);
        assertThat(read.head().times())
                .extracting(time -> time.repeats().size())
                .containsExactly(2, 0);
        assertThat(read.media().get(1).portCount()).isEqualTo(2);
        assertThat(read.media().get(1).connections())
                .extracting(Connection::host)
                .containsExactly("233.252.0.1", "ff00::db8:0:101");
        assertThat(read.media().get(1).bandwidths())
                .containsExactly(
                        new Bandwidth(Bandwidth.AS, 64), new Bandwidth(Bandwidth.TIAS, 50_000));
        assertThat(read.media().get(1).attributes().first(AttributeType.SOURCE_FILTER))
                .hasValueSatisfying(
                        filter -> assertThat(filter.sources()).containsExactly("192.0.2.10"));
    }

    @Test
    void takesTheLastLineWithoutItsEndAndSkipsEmptyLines() {
        String cut = EVERY_LINE.substring(0, EVERY_LINE.length() - 2);

        assertThat(Offers.parse(cut)).isEqualTo(Offers.parse(EVERY_LINE));
        assertThat(Offers.parse(cut + "\r")).isEqualTo(Offers.parse(EVERY_LINE));
        assertThat(Offers.parse(EVERY_LINE + "\r\n\n")).isEqualTo(Offers.parse(EVERY_LINE));
    }

    @Test
    void takesALimitThatWasPutBetweenTheAttributesOfASection() {
        String edited = EVERY_LINE + "b=AS:500\r\n";

        SessionDescription read = Offers.parse(edited);

        assertThat(read.media().getLast().bandwidths())
                .containsExactly(new Bandwidth(Bandwidth.AS, 500));
        assertThat(Offers.parse(read.write())).isEqualTo(read);
    }

    @Test
    void holdsTheSessionsLinesToTheirOrder() {
        assertThat(error(swap(EVERY_LINE, "s=", "i=")))
                .hasMessageStartingWith("line 4: s= stands after i=; the order is v= o= s= i=");
        assertThat(error(swap(EVERY_LINE, "b=CT", "t=3724394400")))
                .hasMessageStartingWith("line 12: b= stands after t=");
        assertThat(error(EVERY_LINE + "t=0 0\r\n"))
                .hasMessage("line 33: t= belongs before the first m=");
        assertThat(error(EVERY_LINE.replace("s=Call", "s=a\r\ns=Call")))
                .hasMessageStartingWith("line 4: s= stands after s=");
        assertThat(error(EVERY_LINE.replace("k=prompt", "k=prompt\r\nk=prompt")))
                .hasMessageContaining("a second k= in one media section");
    }

    private static String swap(String text, String first, String second) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        int one = indexOf(lines, first);
        Collections.swap(lines, one, indexOf(lines, second));
        return String.join("\r\n", lines);
    }

    private static int indexOf(List<String> lines, String start) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith(start)) {
                return i;
            }
        }
        throw new AssertionError(start);
    }

    @Test
    void namesTheLineThatASessionLacks() {
        assertThat(error("v=0\r\ns=-\r\nt=0 0\r\nm=audio 9 RTP/AVP 0\r\n"))
                .hasMessage("line 3: expected o= up to here, which a session needs");
        assertThat(error("v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\n"))
                .hasMessage("line 3: expected t= up to here, which a session needs");
    }

    /** RFC 8866, section 5: "completely ignore or reject". */
    @Test
    void refusesALetterThatItDoesNotKnow() {
        assertThat(error(EVERY_LINE.replace("k=clear:secret", "q=1")))
                .hasMessageStartingWith("line 17: expected a line such as v=, o=, m= or a=");
    }

    @Test
    void namesTheLineOfAMalformedValue() {
        assertThat(error(EVERY_LINE.replace("IN IP4 198.51.100.1", "IN IP4")))
                .hasMessageStartingWith("line 2: expected o=<username> <session id> <version>");
        assertThat(error(EVERY_LINE.replace("b=AS:64", "b=AS:many")))
                .hasMessage("line 25: expected b=<type>:<number>, found 'b=AS:many'");
        assertThat(error(EVERY_LINE.replace("t=0 0", "t=now")))
                .hasMessage("line 16: expected t=<start time> <stop time>, found 't=now'");
        assertThat(error(EVERY_LINE.replace("a=rtpmap:99 h263-1998/90000", "a=rtpmap:99 h263")))
                .hasMessage(
                        "line 32: expected a=rtpmap:<payload type> <encoding name>/<clock"
                                + " rate>[/<channels>], found 'a=rtpmap:99 h263'");
        assertThat(error(EVERY_LINE + "a=sendrecv:please"))
                .hasMessage(
                        "line 33: expected a=sendrecv without a value, found 'a=sendrecv:please'");
    }

    @Test
    void showsNoSecretOfAMalformedLine() {
        assertThat(error(EVERY_LINE + "a=ice-pwd:tooshort"))
                .hasMessageStartingWith("line 33: expected a=ice-pwd:")
                .hasMessageNotContaining("tooshort");
        assertThat(error(EVERY_LINE + "a=crypto:1 inline:d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj"))
                .hasMessageStartingWith("line 33: expected a=crypto:")
                .hasMessageNotContaining("d0Rm");
    }

    @Test
    void quotesWholeCharactersAndNothingInvisible() {
        String emoji = new String(Character.toChars(0x1F600));

        assertThat(error("v=0\r\n" + "x".repeat(39) + emoji.repeat(3)))
                .hasMessageContaining("x".repeat(39) + emoji + "…'");
        assertThat(error("v=0\r\nx\u202Ey\uD800")).hasMessageContaining("'x\uFFFDy\uFFFD'");
    }

    @Test
    void boundsLinesAndFormats() {
        assertThat(error("v=0\n" + "\n".repeat(100_000)).lineNumber())
                .isEqualTo(SdpLines.MAX_LINES + 1);
        assertThat(error("v=0\r\n" + "a=b\r\n".repeat(100_000)))
                .hasMessageStartingWith("line 1: longer than");
        assertThat(error("v=0\r\nm=audio 9 RTP/AVP" + " 0".repeat(300)))
                .hasMessage("line 2: more than 256 formats");
        assertThat(error(EVERY_LINE.replace("r=7d", "r=1 1 1\r\n".repeat(64) + "r=7d")))
                .hasMessageContaining("more than 64 r=");
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
        String manyForAll = "a=x\r\n".repeat(SdpParser.MAX_SESSION_ATTRIBUTES + 1);
        assertThat(error("v=0\r\n" + manyForAll))
                .hasMessage("line 1026: more than 1024 a= lines before the first m=");
    }

    @Test
    void readsTheBundleOnceForAllSections() {
        SessionDescription offer = Offers.parse(Offers.text("firefox-default-offer"));
        var sections = SectionView.of(offer);
        assertThat(sections)
                .hasSizeGreaterThan(1)
                .allMatch(section -> section.bundle() == sections.getFirst().bundle());
    }

    private static SdpParseException error(String text) {
        return catchThrowableOfType(SdpParseException.class, () -> SessionDescription.parse(text));
    }
}
