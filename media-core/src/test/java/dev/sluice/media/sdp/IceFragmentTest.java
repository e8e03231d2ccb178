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
        assertThat(fragment.toString()).startsWith("a=ice-lite\r\n");
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
