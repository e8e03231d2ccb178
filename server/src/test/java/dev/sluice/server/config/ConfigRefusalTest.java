package dev.sluice.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.StringLength;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Map;

class ConfigRefusalTest {

    @Test
    void namesFileLineKeyFindingAndWhatIsAccepted() {
        assertThat(Refusals.of("http:\n  listen: 0.0.0.0\n  port: 99999\n"))
                .containsExactly(
                        "sluice.yaml:3: http.port: found 99999; accepted: a port from 1 to 65535,"
                                + " or 0 for any free one");
    }

    @Test
    void tellsEverythingThatIsWrongAtOnceInTheOrderOfTheLines() {
        String yaml =
                """
                limits:
                  maxSessions: many
                colour: red
                media:
                  listen: [0.0.0.0, example.org]
                http:
                  prot: 80
                """;

        assertThat(Refusals.of(yaml, Map.of("SLUICE_HTTP_PORT", "x")))
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("sluice.yaml:2: limits.maxSessions:"),
                        line -> assertThat(line).startsWith("sluice.yaml:3: colour: unknown key"),
                        line -> assertThat(line).startsWith("sluice.yaml:5: media.listen[0]:"),
                        line -> assertThat(line).startsWith("sluice.yaml:5: media.listen[1]:"),
                        line -> assertThat(line).startsWith("sluice.yaml:7: http.prot:"),
                        line -> assertThat(line).startsWith("environment: SLUICE_HTTP_PORT:"));
    }

    @Test
    void suggestsTheKeyThatAnUnknownOneLooksLike() {
        assertThat(Refusals.of("http:\n  prot: 80\n"))
                .containsExactly(
                        "sluice.yaml:2: http.prot: unknown key (did you mean port?);"
                                + " accepted here: listen, port, allowedOrigins, iceServers");
        assertThat(Refusals.of("Http:\n  port: 80\n")).first().asString().contains("mean http?");
    }

    @Test
    void suggestsNothingForAnUnknownKeyThatLooksLikeNone() {
        assertThat(Refusals.of("http:\n  colour: red\n"))
                .containsExactly(
                        "sluice.yaml:2: http.colour: unknown key; accepted here: listen, port,"
                                + " allowedOrigins, iceServers");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1",
                "65536",
                "99999999999999999999",
                "80.5",
                "0x50",
                "010",
                "8_080",
                "eighty",
                "'8080'",
                "",
                "~",
                "true",
                "[80]",
                "{a: 80}"
            })
    void refusesAsPort(String value) {
        assertThat(Refusals.of("media:\n  port: " + value + "\n"))
                .singleElement()
                .asString()
                .startsWith("sluice.yaml:2: media.port: found ")
                .endsWith("; accepted: a port from 1 to 65535, or 0 for any free one");
    }

    @Test
    void saysWhatWasFound() {
        assertThat(found("port: eighty")).isEqualTo("'eighty'");
        assertThat(found("port: 80.5")).isEqualTo("80.5");
        assertThat(found("port:")).isEqualTo("no value");
        assertThat(found("port: [80]")).isEqualTo("a list");
        assertThat(found("port: {a: 80}")).isEqualTo("a group of keys");
        assertThat(found("port: \"a\\nb\"")).isEqualTo("'a?b'");
        assertThat(found("port: " + "x".repeat(70))).isEqualTo("'" + "x".repeat(60) + "...'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10", "10 s", "-1s", "1d", "99ms", "61s", "2m", "s", "9999999999s"})
    void refusesAsHandshakeTimeout(String value) {
        assertThat(Refusals.of("limits:\n  handshakeTimeout: " + value + "\n"))
                .singleElement()
                .asString()
                .endsWith("; accepted: a time from 100ms to 1m, in whole ms, s, m or h");
    }

    @Test
    void namesTheWordsOfAChoiceInAlphabeticalOrder() {
        assertThat(Refusals.of("auth:\n  open: ANY\n"))
                .containsExactly(
                        "sluice.yaml:2: auth.open: found 'ANY'; accepted: any, loopback, none");
        assertThat(Refusals.of("whep:\n  onPublisherLeave: stay\n"))
                .containsExactly(
                        "sluice.yaml:2: whep.onPublisherLeave: found 'stay'; accepted: end, wait");
    }

    @Test
    void aFlagIsTrueOrFalseAndNoOtherWord() {
        assertThat(Refusals.of("whep:\n  waitForPublisher: yes\n"))
                .containsExactly(
                        "sluice.yaml:2: whep.waitForPublisher: found yes; accepted: true or"
                                + " false");
    }

    @Test
    void oneTextIsNoList() {
        assertThat(Refusals.of("media:\n  announce: example.org\n"))
                .containsExactly(
                        "sluice.yaml:2: media.announce: found 'example.org'; accepted: a list of"
                                + " IP addresses or host names that clients reach this machine by");
    }

    @Test
    void aTextIsNoGroup() {
        assertThat(Refusals.of("http: 8080\n"))
                .containsExactly("sluice.yaml:1: http: found 8080; accepted: a group of keys");
        assertThat(Refusals.of("just text"))
                .containsExactly("sluice.yaml:1: found 'just text'; accepted: a group of keys");
    }

    @Test
    void namesTheLineOfTheItemOfAList() {
        assertThat(Refusals.of("media:\n  listen:\n    - 127.0.0.1\n    - nowhere\n"))
                .containsExactly(
                        "sluice.yaml:4: media.listen[1]: found 'nowhere'; accepted: IP addresses of"
                                + " this machine (an empty list is every address)");
    }

    @Test
    void namesAKeyThatIsThereTwice() {
        assertThat(Refusals.of("http:\n  port: 1\n  listen: '::'\n  port: 2\n"))
                .containsExactly(
                        "sluice.yaml:4: http.port: is here again, first in line 2; accepted: once");
    }

    @Test
    void namesTheLineOfBadYaml() {
        assertThat(Refusals.of("http:\n\tport: 80\n"))
                .singleElement()
                .asString()
                .startsWith("sluice.yaml:2: is not valid YAML: ");
        assertThat(Refusals.of("http: {port: 80\nmedia: {}\n"))
                .singleElement()
                .asString()
                .startsWith("sluice.yaml:2: is not valid YAML: ");
    }

    @Test
    void refusesASecondDocumentAndAliases() {
        assertThat(Refusals.of("http: {}\n---\nmedia: {}\n"))
                .containsExactly("sluice.yaml:3: a second document begins here; one is accepted");
        assertThat(Refusals.of("http: {port: &a 80}\nmedia: {port: *a}\n"))
                .contains(
                        "sluice.yaml:2: media.port: an alias (*name) is not accepted; write the"
                                + " value");
    }

    @Test
    void anIceServerNeedsUrisAndATurnServerCredentials() {
        String yaml =
                """
                http:
                  iceServers:
                    - username: alice
                    - urls: []
                    - urls: ["turn:example.org"]
                      username: alice
                    - urls: ["http://example.org"]
                    - stun:example.org
                """;

        assertThat(Refusals.of(yaml))
                .satisfiesExactly(
                        line -> assertThat(line).startsWith(place(3, 0, ".urls: is missing")),
                        line -> assertThat(line).startsWith(place(4, 1, ".urls: is missing")),
                        line -> assertThat(line).startsWith(place(5, 2, ".credential: is missing")),
                        line -> assertThat(line).startsWith(place(7, 3, ".urls[0]: found")),
                        line -> assertThat(line).startsWith(place(8, 4, ": found")),
                        line -> assertThat(line).startsWith(place(8, 4, ".urls: is missing")));
    }

    @Property
    void arbitraryTextIsReadOrRefusedAndNeverAnotherError(
            @ForAll @StringLength(max = 80) String yaml) {
        assertThat(Refusals.of(yaml)).allMatch(line -> line.startsWith("sluice.yaml"));
    }

    @Property
    void arbitraryYamlMarksAreReadOrRefusedAndNeverAnotherError(@ForAll("yamlLike") String yaml) {
        assertThat(Refusals.of(yaml)).allMatch(line -> line.startsWith("sluice.yaml"));
    }

    @Provide
    Arbitrary<String> yamlLike() {
        return Arbitraries.of(
                        "http",
                        "media",
                        "port",
                        "urls",
                        "iceServers",
                        ":",
                        ": ",
                        "\n",
                        "\n  ",
                        "- ",
                        "[",
                        "]",
                        "{",
                        "}",
                        ",",
                        "*a ",
                        "&a ",
                        "'",
                        "\"",
                        "|",
                        "? ",
                        "!!int ",
                        "8080",
                        "true",
                        "<<",
                        "#",
                        "---\n",
                        "\t")
                .list()
                .ofMaxSize(20)
                .map(parts -> String.join("", parts));
    }

    private static String found(String line) {
        String problem = Refusals.of("http:\n  " + line + "\n").getFirst();
        return problem.substring(
                problem.indexOf("found ") + "found ".length(), problem.indexOf("; accepted"));
    }

    private static String place(int line, int item, String rest) {
        return "sluice.yaml:" + line + ": http.iceServers[" + item + "]" + rest;
    }
}
