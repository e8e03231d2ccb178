package dev.sluice.bench.janus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.io.IOException;

class JanusMessageTest {

    @Test
    void readsTheIdOfWhatWasMade() throws IOException {
        JanusMessage made =
                JanusMessage.read(
                        "{\"janus\":\"success\",\"transaction\":\"t\",\"data\":{\"id\":8467462745}}");
        assertThat(made.id()).isEqualTo(8467462745L);
        assertThat(made.isOf("t")).isTrue();
        assertThat(made.isAck()).isFalse();
    }

    @Test
    void readsPublisherAndDescriptionOfAnEvent() throws IOException {
        JanusMessage event =
                JanusMessage.read(
                        """
                        {"janus":"event","session_id":1,"transaction":"t2","sender":3,
                         "plugindata":{"plugin":"janus.plugin.videoroom",
                           "data":{"videoroom":"joined","room":1001,"id":42,"publishers":[]}},
                         "jsep":{"type":"answer","sdp":"v=0\\r\\n"}}
                        """);
        assertThat(event.publisherId()).isEqualTo(42);
        assertThat(event.sdp()).isEqualTo("v=0\r\n");
    }

    @Test
    void knowsThatTheAnswerComesLater() throws IOException {
        assertThat(JanusMessage.read("{\"janus\":\"ack\",\"transaction\":\"t\"}").isAck()).isTrue();
    }

    @Test
    void tellsWhatJanusRefuses() {
        assertThatThrownBy(
                        () ->
                                JanusMessage.read(
                                        "{\"janus\":\"error\",\"error\":{\"code\":458,\"reason\":\"No"
                                            + " such session 7\"}}"))
                .isInstanceOf(IOException.class)
                .hasMessage("Janus refuses (458): No such session 7");
    }

    @Test
    void tellsWhatTheRoomRefuses() {
        assertThatThrownBy(
                        () ->
                                JanusMessage.read(
                                        "{\"janus\":\"event\",\"plugindata\":{\"data\":{\"videoroom\":\"event\",\"error_code\":428,\"error\":\"No"
                                            + " such feed\"}}}"))
                .hasMessage("Janus's video room refuses (428): No such feed");
    }

    @Test
    void refusesAnEventWithoutTheDescriptionThatIsNeeded() throws IOException {
        JanusMessage event = JanusMessage.read("{\"janus\":\"event\"}");
        assertThatThrownBy(event::sdp).hasMessageContaining("no session description");
    }
}
