package dev.sluice.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

class ConfigLoaderTest {

    private static final String EVERY_KEY =
            """
            http:
              listen: "::1"
              port: 80
              allowedOrigins: ["https://example.org", 'http://localhost:3000']
              iceServers:
                - urls: ["stun:stun.example.org"]
                - urls:
                    - "turn:turn.example.org:3478?transport=udp"
                    - "turns:[2001:db8::1]:5349"
                  username: alice
                  credential: "her password"
            media:
              port: 0
              loops: 3
              realTime: false
              listen: [127.0.0.1, "fe80::1%eth0"]
              announce: [203.0.113.7, media.example.org]
              certificateLifetime: 24h
              estimation:
                signal: delay
                startKbps: 800
                minKbps: 30
                maxKbps: 9000
              pacing:
                enabled: false
                maxQueue: 1s
                burstPackets: 3
                burst: 10ms
              batching:
                segmentation: false
                equalize: false
            srtp:
              provider: ipsec-mb
            auth:
              open: any
              publishTokens: ["let-me-publish", "12345678"]
              watchTokens: [let.me.watch==]
            whep:
              waitForPublisher: true
              onPublisherLeave: wait
            control:
              access: any
              tokens: [operator-secret]
            metrics:
              access: any
            limits:
              maxSessions: 7
              maxHandshakes: 3
              handshakeTimeout: 500ms
              connectTimeout: 2m
              consentTimeout: 15s
              shutdownTimeout: 0s
            """;

    @Test
    void readsEveryKey() {
        SluiceConfig config = parse(EVERY_KEY);

        assertThat(config.http().listen()).isEqualTo("::1");
        assertThat(config.http().port()).isEqualTo(80);
        assertThat(config.http().allowedOrigins())
                .containsExactly("https://example.org", "http://localhost:3000");
        assertThat(config.http().iceServers())
                .containsExactly(
                        new IceServer(List.of("stun:stun.example.org"), null, null),
                        new IceServer(
                                List.of(
                                        "turn:turn.example.org:3478?transport=udp",
                                        "turns:[2001:db8::1]:5349"),
                                "alice",
                                "her password"));
        assertThat(config.media())
                .isEqualTo(
                        new MediaConfig(
                                0,
                                3,
                                false,
                                List.of("127.0.0.1", "fe80::1%eth0"),
                                List.of("203.0.113.7", "media.example.org"),
                                true,
                                Duration.ofDays(1),
                                new EstimationConfig(CongestionSignal.DELAY, 800, 30, 9_000),
                                new PacingConfig(
                                        false, Duration.ofSeconds(1), 3, Duration.ofMillis(10)),
                                new BatchingConfig(false, false)));
        assertThat(config.srtp()).isEqualTo(new SrtpConfig(SrtpProvider.IPSEC_MB));
        assertThat(config.auth())
                .isEqualTo(
                        new AuthConfig(
                                OpenAccess.ANY,
                                List.of("let-me-publish", "12345678"),
                                List.of("let.me.watch==")));
        assertThat(config.whep()).isEqualTo(new WhepConfig(true, PublisherLeave.WAIT));
        assertThat(config.metrics()).isEqualTo(new MetricsConfig(MetricsAccess.ANY));
        assertThat(config.control())
                .isEqualTo(new ControlConfig(ControlAccess.ANY, List.of("operator-secret")));
        assertThat(config.control().toString()).doesNotContain("operator");
        assertThat(config.limits())
                .isEqualTo(
                        new LimitsConfig(
                                7,
                                3,
                                Duration.ofMillis(500),
                                Duration.ofMinutes(2),
                                Duration.ofSeconds(15),
                                Duration.ZERO));
    }

    @Test
    void anEmptyFileGivesTheDefaultsAndOpensNothing() {
        SluiceConfig config = parse("");

        assertThat(config.http())
                .isEqualTo(new HttpConfig("0.0.0.0", 8080, List.of("*"), List.of()));
        assertThat(config.media())
                .isEqualTo(
                        new MediaConfig(
                                8081,
                                MediaConfig.AUTO_LOOPS,
                                true,
                                List.of(),
                                List.of(),
                                true,
                                Duration.ofDays(30),
                                new EstimationConfig(CongestionSignal.HYBRID, 1_000, 50, 100_000),
                                new PacingConfig(
                                        true, Duration.ofMillis(250), 10, Duration.ofMillis(20)),
                                new BatchingConfig(true, true)));
        assertThat(config.srtp()).isEqualTo(new SrtpConfig(SrtpProvider.AUTO));
        assertThat(config.auth()).isEqualTo(new AuthConfig(OpenAccess.NONE, List.of(), List.of()));
        assertThat(config.whep()).isEqualTo(new WhepConfig(false, PublisherLeave.END));
        assertThat(config.metrics()).isEqualTo(new MetricsConfig(MetricsAccess.LOOPBACK));
        assertThat(config.control())
                .isEqualTo(new ControlConfig(ControlAccess.LOOPBACK, List.of()));
        assertThat(config.limits())
                .isEqualTo(
                        new LimitsConfig(
                                1_000,
                                100,
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(30),
                                Duration.ofSeconds(30),
                                Duration.ofSeconds(5)));
    }

    @Test
    void commentsAloneAndGroupsWithNothingInThemAreAcceptedAsEmpty() {
        assertThat(parse("# nothing\n")).isEqualTo(parse(""));
        assertThat(parse("http:\n  # port: 1\nmedia:\n")).isEqualTo(parse(""));
        assertThat(parse("{}")).isEqualTo(parse(""));
    }

    @Test
    void theEmbeddedFileDiffersFromTheDefaultsOnlyInOpeningPublishingToLoopback() {
        SluiceConfig embedded = ConfigLoader.loadEmbedded(Map.of());
        SluiceConfig defaults = parse("auth:\n  open: loopback\n");

        assertThat(embedded).isEqualTo(defaults);
    }

    @Test
    void theEmbeddedFileShowsEveryKey() throws IOException {
        String embedded = Files.readString(Path.of("../config/sluice.yaml"));

        assertThat(
                        EVERY_KEY
                                .lines()
                                .map(String::strip)
                                .filter(line -> line.matches("[a-z]\\w+:.*")))
                .allSatisfy(line -> assertThat(embedded).contains(keyOf(line)));
    }

    @Test
    void theEnvironmentWinsOverTheEmbeddedFile() {
        SluiceConfig config = ConfigLoader.loadEmbedded(Map.of("SLUICE_AUTH_OPEN", "none"));

        assertThat(config.auth().open()).isEqualTo(OpenAccess.NONE);
    }

    @Test
    void readsAFileWithAByteOrderMarkAndWindowsLineEnds(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("my.yaml"), "\uFEFFhttp:\r\n  port: 81\r\n");

        assertThat(ConfigLoader.load(file, Map.of()).http().port()).isEqualTo(81);
    }

    @Test
    void namesAFileThatIsNotThere(@TempDir Path folder) {
        assertRefused(folder.resolve("none.yaml"), "there is no such file");
    }

    @Test
    void namesAFolderThatWasGivenAsTheFile(@TempDir Path folder) {
        assertRefused(folder, "it is a directory; accepted: a YAML file");
    }

    @Test
    void namesAFileThatIsNotText(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("my.yaml"), new byte[] {'a', (byte) 0xFF, 'b'});

        assertRefused(file, "it is not UTF-8 text");
    }

    private static void assertRefused(Path file, String reason) {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> ConfigLoader.load(file, Map.of()))
                .withMessage(file + ": " + reason);
    }

    private static SluiceConfig parse(String yaml) {
        return ConfigLoader.parse("sluice.yaml", yaml, Map.of());
    }

    private static String keyOf(String line) {
        return line.substring(0, line.indexOf(':') + 1);
    }
}
