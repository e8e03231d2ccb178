package dev.sluice.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.List;
import java.util.Map;

class ConfigEnvironmentTest {

    @ParameterizedTest
    @CsvSource({
        "media.port, SLUICE_MEDIA_PORT",
        "whep.waitForPublisher, SLUICE_WHEP_WAIT_FOR_PUBLISHER",
        "http.iceServers, SLUICE_HTTP_ICE_SERVERS"
    })
    void namesTheVariableOfAKey(String key, String variable) {
        assertThat(Environment.nameOf(key)).isEqualTo(variable);
    }

    @Test
    void winsOverTheFileForEveryKindOfValue() {
        Map<String, String> environment =
                Map.of(
                        "SLUICE_HTTP_PORT", "81",
                        "SLUICE_HTTP_LISTEN", "127.0.0.1",
                        "SLUICE_MEDIA_LISTEN", "127.0.0.1, ::1",
                        "SLUICE_AUTH_OPEN", "none",
                        "SLUICE_AUTH_PUBLISH_TOKENS", "12345678,abcdefgh",
                        "SLUICE_WHEP_WAIT_FOR_PUBLISHER", "true",
                        "SLUICE_LIMITS_HANDSHAKE_TIMEOUT", "2s");

        SluiceConfig config =
                ConfigLoader.parse(
                        "f", "http: {port: 80}\nmedia: {listen: [10.0.0.1]}", environment);

        assertThat(config.http().port()).isEqualTo(81);
        assertThat(config.http().listen()).isEqualTo("127.0.0.1");
        assertThat(config.media().listen()).containsExactly("127.0.0.1", "::1");
        assertThat(config.auth().open()).isEqualTo(OpenAccess.NONE);
        assertThat(config.auth().publishTokens()).containsExactly("12345678", "abcdefgh");
        assertThat(config.whep().waitForPublisher()).isTrue();
        assertThat(config.limits().handshakeTimeout()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void anEmptyVariableEmptiesAList() {
        SluiceConfig config =
                ConfigLoader.parse(
                        "f",
                        "media: {announce: [example.org]}",
                        Map.of("SLUICE_MEDIA_ANNOUNCE", ""));

        assertThat(config.media().announce()).isEmpty();
    }

    @Test
    void iceServersAreUrisOrJson() {
        assertThat(iceServers("stun:a.example.org, stun:b.example.org"))
                .containsExactly(
                        new IceServer(List.of("stun:a.example.org"), null, null),
                        new IceServer(List.of("stun:b.example.org"), null, null));
        assertThat(
                        iceServers(
                                "[{\"urls\":[\"turn:a.org\"],\"username\":\"u\",\"credential\":\"c\"}]"))
                .containsExactly(new IceServer(List.of("turn:a.org"), "u", "c"));
        assertThat(iceServers("")).isEmpty();
    }

    @Test
    void badJsonForIceServersIsRefusedWithoutItsText() {
        assertThat(Refusals.ofEnvironment("SLUICE_HTTP_ICE_SERVERS", "[{\"credential\": \"hush"))
                .singleElement()
                .asString()
                .startsWith("environment: SLUICE_HTTP_ICE_SERVERS: is not valid YAML: ")
                .doesNotContain("hush");
    }

    @Test
    void namesTheVariableInAProblem() {
        assertThat(Refusals.ofEnvironment("SLUICE_MEDIA_PORT", "x"))
                .containsExactly(
                        "environment: SLUICE_MEDIA_PORT: found 'x'; accepted: a port from 1 to"
                                + " 65535, or 0 for any free one");
        assertThat(Refusals.ofEnvironment("SLUICE_MEDIA_LISTEN", "127.0.0.1,x"))
                .singleElement()
                .asString()
                .startsWith("environment: SLUICE_MEDIA_LISTEN[1]: found 'x'");
        assertThat(Refusals.ofEnvironment("SLUICE_HTTP_ICE_SERVERS", "[{urls: [x]}]"))
                .singleElement()
                .asString()
                .startsWith("environment: SLUICE_HTTP_ICE_SERVERS[0].urls[0]: found 'x'");
    }

    @Test
    void refusesAnUnknownVariableAndSuggestsTheNearest() {
        assertThat(Refusals.ofEnvironment("SLUICE_MEDIA_PROT", "1"))
                .containsExactly(
                        "environment: SLUICE_MEDIA_PROT: unknown variable (did you mean"
                                + " SLUICE_MEDIA_PORT?)");
        assertThat(Refusals.ofEnvironment("SLUICE_X", "1"))
                .containsExactly("environment: SLUICE_X: unknown variable");
    }

    @Test
    void leavesOtherProgramsVariablesAlone() {
        assertThat(Refusals.of("", Map.of("PATH", "/bin", "SLUICED", "1"))).isEmpty();
    }

    @Test
    void leavesTheServiceLinksOfKubernetesAlone() {
        Map<String, String> links =
                Map.of(
                        "SLUICE_MEDIA_SERVICE_HOST", "10.0.0.1",
                        "SLUICE_MEDIA_SERVICE_PORT", "8081",
                        "SLUICE_MEDIA_SERVICE_PORT_MEDIA", "8081",
                        "SLUICE_MEDIA_PORT", "udp://10.0.0.1:8081",
                        "SLUICE_MEDIA_PORT_8081_UDP", "udp://10.0.0.1:8081",
                        "SLUICE_MEDIA_PORT_8081_UDP_ADDR", "10.0.0.1");

        assertThat(ConfigLoader.parse("f", "", links).media().port()).isEqualTo(8081);
    }

    @Test
    void aPortThatIsSetBesideAServiceLinkCounts() {
        Map<String, String> environment =
                Map.of("SLUICE_MEDIA_SERVICE_HOST", "10.0.0.1", "SLUICE_MEDIA_PORT", "9000");

        assertThat(ConfigLoader.parse("f", "", environment).media().port()).isEqualTo(9000);
        assertThat(Refusals.ofEnvironment("SLUICE_MEDIA_PORT_8081_UDP", "x")).hasSize(1);
    }

    private static List<IceServer> iceServers(String value) {
        return ConfigLoader.parse("f", "", Map.of("SLUICE_HTTP_ICE_SERVERS", value))
                .http()
                .iceServers();
    }
}
