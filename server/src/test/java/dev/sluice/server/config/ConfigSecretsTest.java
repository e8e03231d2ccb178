package dev.sluice.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Map;

class ConfigSecretsTest {

    private static final String ACCEPTED =
            "accepted: tokens of 8 or more letters, digits and - . _ ~ + /, in quotes where one is"
                    + " a number";

    @Test
    void aShortTokenIsRefusedWithoutBeingShown() {
        assertThat(Refusals.of("auth:\n  publishTokens:\n    - s3cret!\n"))
                .containsExactly(
                        "sluice.yaml:3: auth.publishTokens[0]: found a value that is not shown"
                                + " here; "
                                + ACCEPTED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "auth: {publishTokens: s3cret}",
                "auth: {watchTokens: [s3cret, 's3cret s3cret', [s3cret], {a: s3cret}]}",
                "auth: {publishTokens: [s3cret",
                "auth: {publishTokens: [*s3cret]}",
                "auth: {publishTokens: [\"s3cret\\q\"]}",
                "auth: {publishTokens: ['s3cret]}",
                "auth:\n  publishTokens: [\n  s3cret\n\t@s3cret",
                "http: {iceServers: [{urls: ['turn:a'], username: u, credential: [s3cret]}]}",
                "http: {iceServers: [{urls: ['turn:a'], username: u, credential: \"s3cret\\n\"}]}",
                "http: {iceServers: [{urls: ['turn:a'], pasword: s3cret}]}"
            })
    void noProblemShowsASecret(String yaml) {
        assertThat(Refusals.of(yaml)).isNotEmpty().noneMatch(line -> line.contains("s3cret"));
    }

    @Test
    void noProblemOfAVariableShowsASecret() {
        assertThat(Refusals.ofEnvironment("SLUICE_AUTH_PUBLISH_TOKENS", "s3cret,s3cret!!"))
                .hasSize(2)
                .noneMatch(line -> line.contains("s3cret"));
        assertThat(Refusals.ofEnvironment("SLUICE_AUTH_PUBLISH_TOKEN", "s3cret"))
                .singleElement()
                .asString()
                .doesNotContain("s3cret");
    }

    @Test
    void theConfigurationAsTextShowsNoSecret() {
        SluiceConfig config =
                ConfigLoader.parse(
                        "f",
                        "http: {iceServers: [{urls: ['turn:a.org'], username: u, credential:"
                                + " hush}]}",
                        Map.of("SLUICE_AUTH_WATCH_TOKENS", "hush-hush"));

        assertThat(config.toString())
                .contains("turn:a.org", "watchTokens=1")
                .doesNotContain("hush");
    }
}
