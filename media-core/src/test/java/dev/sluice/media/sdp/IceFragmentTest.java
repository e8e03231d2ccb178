package dev.sluice.media.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;

import java.util.List;

class IceFragmentTest {

    /** A client's PATCH in the form of RFC 9725, section 4.3.2. */
    private static final String TRICKLED =
            """
            a=group:BUNDLE 0 1
            m=audio 9 UDP/TLS/RTP/SAVPF 111
            a=mid:0
            a=ice-ufrag:EsAw
            a=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1
            a=candidate:1387637174 1 udp 2122260223 192.0.2.1 61764 typ host generation 0
            a=candidate:3471623853 1 udp 2122194687 198.51.100.2 61765 typ host generation 0
            a=end-of-candidates
            """;

    @Test
    void readsWhatAClientTrickles() throws Exception {
        IceFragment fragment = IceFragment.parse(TRICKLED.replace("\n", "\r\n"));

        assertThat(fragment.ufrag()).isEqualTo("EsAw");
        assertThat(fragment.pwd()).isEqualTo("P2uYro0UCOQ4zxjKXaWCBui1");
        assertThat(fragment.candidates())
                .hasSize(2)
                .first()
                .isEqualTo("1387637174 1 udp 2122260223 192.0.2.1 61764 typ host generation 0");
        assertThat(fragment.endOfCandidates()).isTrue();
    }

    @Test
    void readsCredentialsBeforeTheSections() throws Exception {
        IceFragment fragment =
                IceFragment.parse("a=ice-ufrag:EsAw\r\na=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1\r\n");

        assertThat(fragment.ufrag()).isEqualTo("EsAw");
        assertThat(fragment.candidates()).isEmpty();
        assertThat(fragment.endOfCandidates()).isFalse();
    }

    @Test
    void readsAnEmptyFragment() throws Exception {
        assertThat(IceFragment.parse("")).isEqualTo(new IceFragment("", "", List.of(), false));
    }

    @Test
    void readsWhatItWrote() throws Exception {
        var fragment =
                new IceFragment(
                        "abcd", "abcdefghijklmnopqrstuvwx", List.of(Offers.CANDIDATE), true);

        assertThat(IceFragment.parse(fragment.toString())).isEqualTo(fragment);
    }

    /** The form of RFC 9725, section 4.3.3: everything of ICE stands behind a mid. */
    @Test
    void answersARestartInTheSectionThatStandsForTheBundle() throws Exception {
        NegotiatedSession session =
                Offers.negotiate(Offers.text("firefox-default-offer"), Offers.receive()).session();

        IceFragment answer =
                IceFragment.restarted(
                        session, "abcd", "abcdefghijklmnopqrstuvwx", List.of(Offers.CANDIDATE));

        assertThat(answer.write())
                .isEqualTo(
                        """
                        a=ice-lite
                        a=ice-options:trickle ice2
                        a=group:BUNDLE 0 1
                        m=audio 9 UDP/TLS/RTP/SAVPF 109
                        a=mid:0
                        a=ice-ufrag:abcd
                        a=ice-pwd:abcdefghijklmnopqrstuvwx
                        a=candidate:1 1 udp 2130706431 192.0.2.1 8081 typ host
                        a=end-of-candidates
                        """
                                .replace("\n", "\r\n"));
        assertThat(IceFragment.parse(answer.write())).isEqualTo(answer);
        assertThat(answer.candidates("0")).containsExactly(Offers.CANDIDATE);
        assertThat(answer.candidates("1")).isEmpty();
    }

    /** The form of RFC 8840, section 9: pseudo media lines that only divide. */
    @Test
    void tellsTheCandidatesOfEachSectionApart() throws Exception {
        IceFragment fragment =
                IceFragment.parse(
                        """
                        a=ice-pwd:asd88fgpdd777uzjYhagZg
                        a=ice-ufrag:8hhY
                        m=audio 9 RTP/AVP 0
                        a=mid:1
                        a=candidate:1 1 UDP 1658497328 2001:db8:a0b:12f0::1 5000 typ host
                        m=audio 9 RTP/AVP 0
                        a=mid:2
                        a=candidate:1 1 UDP 1658497328 192.0.2.1 5002 typ host
                        a=candidate:2 1 UDP 1694498815 192.0.2.3 5004 typ srflx raddr 10.0.1.1 rport 9
                        a=end-of-candidates
                        """);

        assertThat(fragment.ufrag()).isEqualTo("8hhY");
        assertThat(fragment.candidates()).hasSize(3);
        assertThat(fragment.candidates("1")).hasSize(1);
        assertThat(fragment.candidates("2")).hasSize(2);
        assertThat(IceFragment.parse(fragment.write())).isEqualTo(fragment);
    }

    @Test
    void writesWhatAClientTrickles() throws Exception {
        NegotiatedSession session =
                Offers.negotiate(Offers.text("gstreamer-whip-vp8-offer"), Offers.receive())
                        .session();

        IceFragment trickled =
                IceFragment.trickled(
                        List.of("video0", "audio1"),
                        session.media().getFirst(),
                        "abcd",
                        "abcdefghijklmnopqrstuvwx",
                        List.of(Offers.CANDIDATE),
                        false);

        assertThat(IceFragment.parse(trickled.write())).isEqualTo(trickled);
        assertThat(trickled.write()).contains("m=video 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:video0");
        assertThat(trickled.candidates("video0")).containsExactly(Offers.CANDIDATE);
        assertThat(trickled.endOfCandidates()).isFalse();
    }

    @Test
    void namesTheLineOfAMalformedCandidate() {
        var error =
                catchThrowableOfType(
                        SdpParseException.class,
                        () -> IceFragment.parse("a=mid:0\r\na=candidate:1 1 udp typ host\r\n"));

        assertThat(error).hasMessageStartingWith("line 2: expected a=candidate:<foundation>");
    }

    @Test
    void countsTheLinesOfTheFragmentItself() {
        var error =
                catchThrowableOfType(
                        SdpParseException.class,
                        () -> IceFragment.parse("a=mid:0\r\nnonsense\r\n"));

        assertThat(error.lineNumber()).isEqualTo(2);
    }
}
