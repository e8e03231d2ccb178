package dev.sluice.bench.janus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.media.sdp.AnswerResult;
import dev.sluice.media.sdp.AppliedAnswer;
import dev.sluice.media.sdp.SdpParseException;
import dev.sluice.media.sdp.SessionDescription;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The offers are those of the load tool, and of Janus 1.1.2's video room for the same stream. */
class WovenAnswersTest {

    private final String viewer = resource("viewer-offer.sdp");
    private final String janus = resource("janus-offer.sdp");

    private static String resource(String name) {
        try (InputStream in =
                Objects.requireNonNull(
                        WovenAnswersTest.class.getResourceAsStream("/janus/" + name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private AnswerResult.Applied applied(String offer, String answer) throws SdpParseException {
        AnswerResult result =
                AppliedAnswer.of(SessionDescription.parse(offer), SessionDescription.parse(answer));
        assertThat(result).isInstanceOf(AnswerResult.Applied.class);
        return (AnswerResult.Applied) result;
    }

    @Test
    void givesTheViewerTheTransportOfJanus() throws SdpParseException {
        WovenAnswers answers = WovenAnswers.of(viewer, janus);
        AnswerResult.Applied applied = applied(viewer, answers.toViewer());
        assertThat(applied.remoteIsLite()).isTrue();
        assertThat(applied.session().isDtlsClient()).isTrue();
        assertThat(applied.session().remoteUfrag()).isEqualTo("Lt8X");
        assertThat(applied.session().remoteFingerprint()).contains("BB:BB");
        assertThat(answers.toViewer()).contains("192.0.2.2 23657 typ host", "a=ssrc:1979034546");
    }

    @Test
    void givesJanusTheTransportOfTheViewer() throws SdpParseException {
        WovenAnswers answers = WovenAnswers.of(viewer, janus);
        AnswerResult.Applied applied = applied(janus, answers.toJanus());
        assertThat(applied.session().isDtlsClient()).isFalse();
        assertThat(applied.session().remoteUfrag()).isEqualTo("p+Cqz4PGDQeq");
        assertThat(answers.toJanus())
                .contains("a=setup:active", "a=recvonly")
                .doesNotContain("a=ice-lite", "a=ssrc");
    }

    @Test
    void namesTheSectionsAsTheOtherSideDoes() throws SdpParseException {
        String named = viewer.replace("a=mid:0", "a=mid:a").replace("BUNDLE 0 1", "BUNDLE a 1");
        WovenAnswers answers = WovenAnswers.of(named, janus);
        assertThat(answers.toViewer()).contains("a=mid:a", "a=group:BUNDLE a 1");
        assertThat(answers.toJanus()).contains("a=mid:0", "a=group:BUNDLE 0 1");
    }

    @Test
    void leavesOutFormatsThatTheNumbersOfMeanSomethingElse() throws SdpParseException {
        String other = viewer.replace("a=rtpmap:97 rtx/90000", "a=rtpmap:97 VP9/90000");
        WovenAnswers answers = WovenAnswers.of(other, janus);
        assertThat(answers.toViewer())
                .contains("m=video 9 UDP/TLS/RTP/SAVPF 96\r\n")
                .doesNotContain("a=rtpmap:97", "a=fmtp:97");
    }

    @Test
    void leavesOutExtensionsUnderOtherNumbers() throws SdpParseException {
        String other = viewer.replace("a=extmap:3 ", "a=extmap:5 ");
        WovenAnswers answers = WovenAnswers.of(other, janus);
        assertThat(answers.toViewer()).contains("a=extmap:4 ").doesNotContain("a=extmap:3 ");
        assertThat(answers.toJanus()).contains("a=extmap:4 ").doesNotContain("a=extmap:5 ");
    }

    @Test
    void refusesOffersOfDifferentSections() {
        String audioOnly = viewer.substring(0, viewer.indexOf("m=video"));
        assertThatThrownBy(() -> WovenAnswers.of(audioOnly, janus))
                .hasMessage("The viewer offers [audio] and Janus [audio, video]");
    }

    @Test
    void refusesOffersWithoutACommonFormat() {
        String other = viewer.replace("a=rtpmap:111 opus/48000/2", "a=rtpmap:111 PCMU/8000");
        assertThatThrownBy(() -> WovenAnswers.of(other, janus))
                .hasMessageContaining("no format in common");
    }
}
