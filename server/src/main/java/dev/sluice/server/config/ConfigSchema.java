package dev.sluice.server.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Every key with its default and what it accepts. */
final class ConfigSchema {

    private static final ValueType<Integer> PORT =
            ValueType.wholeNumber(0, 65_535, "a port from 1 to 65535, or 0 for any free one");
    private static final ValueType<Integer> LOOPS =
            ValueType.wholeNumber(0, 256, "1 to 256 loops, or 0 for one for each processor");
    private static final ValueType<Integer> SESSIONS = ValueType.wholeNumber(1, 1_000_000);
    private static final ValueType<Integer> HANDSHAKES = ValueType.wholeNumber(1, 100_000);
    private static final ValueType<Duration> TIMEOUT =
            ValueType.duration(Duration.ofMillis(100), Duration.ofMinutes(10));

    /** The library for DTLS has a clock of its own, which rings after a minute. */
    private static final ValueType<Duration> HANDSHAKE_TIMEOUT =
            ValueType.duration(Duration.ofMillis(100), Duration.ofMinutes(1));

    private static final ValueType<Duration> SHUTDOWN_TIMEOUT =
            ValueType.duration(Duration.ZERO, Duration.ofMinutes(10));

    private static final ValueType<Integer> KBPS = ValueType.wholeNumber(1, 10_000_000);
    private static final ValueType<Duration> PACER_QUEUE =
            ValueType.duration(Duration.ofMillis(10), Duration.ofSeconds(2));
    private static final ValueType<Integer> BURST_PACKETS = ValueType.wholeNumber(1, 100);
    private static final ValueType<Duration> BURST =
            ValueType.duration(Duration.ofMillis(1), Duration.ofMillis(100));
    private static final ValueType<Duration> LIFETIME =
            ValueType.duration(Duration.ofHours(1), Duration.ofDays(365));

    private static final ValueType<String> HOST =
            ValueType.text("an IP address or a host name", Syntax::isHost);
    private static final ValueType<String> LISTEN_ADDRESS =
            ValueType.text(
                    "IP addresses of this machine (an empty list is every address)",
                    Syntax::isUnicastAddress);
    private static final ValueType<String> ANNOUNCED =
            ValueType.text(
                    "IP addresses or host names that clients reach this machine by",
                    Syntax::isUnicastAddressOrName);
    private static final ValueType<String> ORIGIN =
            ValueType.text(
                    "web origins such as https://example.org, or '*' for all",
                    Syntax::isOriginOrAny);
    private static final ValueType<String> ICE_URI =
            ValueType.text(
                    "URIs such as stun:stun.example.org or"
                            + " turn:turn.example.org:3478?transport=udp",
                    Syntax::isIceUri);
    private static final ValueType<String> USERNAME =
            ValueType.text("text without control characters", Syntax::isPrintable);
    private static final ValueType<String> CREDENTIAL =
            ValueType.secret("text without control characters", Syntax::isPrintable);
    private static final ValueType<String> TOKEN =
            ValueType.secret(
                    "tokens of 8 or more letters, digits and - . _ ~ + /, in quotes where one is a"
                            + " number",
                    Syntax::isToken);

    private ConfigSchema() {}

    static SluiceConfig root(Section root) {
        return new SluiceConfig(
                root.section("http", ConfigSchema::http),
                root.section("media", ConfigSchema::media),
                root.section("srtp", ConfigSchema::srtp),
                root.section("auth", ConfigSchema::auth),
                root.section("whep", ConfigSchema::whep),
                root.section("metrics", ConfigSchema::metrics),
                root.section("control", ConfigSchema::control),
                root.section("limits", ConfigSchema::limits));
    }

    private static HttpConfig http(Section section) {
        return new HttpConfig(
                section.value("listen", "0.0.0.0", HOST),
                section.value("port", 8080, PORT),
                section.list("allowedOrigins", List.of("*"), ORIGIN),
                section.sections("iceServers", "urls", ConfigSchema::iceServer));
    }

    private static IceServer iceServer(Section section) {
        List<String> urls = section.requiredList("urls", ICE_URI);
        Optional<String> username = section.optional("username", USERNAME);
        Optional<String> credential = section.optional("credential", CREDENTIAL);
        if (urls.stream().anyMatch(Syntax::isTurnUri)) {
            requireForTurn(section, "username");
            requireForTurn(section, "credential");
        }
        return new IceServer(urls, username.orElse(null), credential.orElse(null));
    }

    private static void requireForTurn(Section section, String key) {
        if (!section.has(key)) {
            section.refuse(key, "is missing; a TURN server needs a username and a credential");
        }
    }

    private static MediaConfig media(Section section) {
        return new MediaConfig(
                section.value("port", 8081, PORT),
                section.value("loops", MediaConfig.AUTO_LOOPS, LOOPS),
                section.value("realTime", true, ValueType.flag()),
                section.list("listen", List.of(), LISTEN_ADDRESS),
                section.list("announce", List.of(), ANNOUNCED),
                section.section("tcp", tcp -> tcp.value("enabled", true, ValueType.flag())),
                section.value("certificateLifetime", Duration.ofDays(30), LIFETIME),
                section.section("estimation", ConfigSchema::estimation),
                section.section("pacing", ConfigSchema::pacing),
                section.section("batching", ConfigSchema::batching));
    }

    private static EstimationConfig estimation(Section section) {
        EstimationConfig estimation =
                new EstimationConfig(
                        section.value(
                                "signal",
                                CongestionSignal.HYBRID,
                                ValueType.oneOf(CongestionSignal.class)),
                        section.value("startKbps", 1_000, KBPS),
                        section.value("minKbps", 50, KBPS),
                        section.value("maxKbps", 100_000, KBPS));
        if (estimation.startKbps() < estimation.minKbps()
                || estimation.startKbps() > estimation.maxKbps()) {
            section.refuse(
                    "startKbps",
                    "is %d; it must be between minKbps (%d) and maxKbps (%d)"
                            .formatted(
                                    estimation.startKbps(),
                                    estimation.minKbps(),
                                    estimation.maxKbps()));
        }
        return estimation;
    }

    private static PacingConfig pacing(Section section) {
        return new PacingConfig(
                section.value("enabled", true, ValueType.flag()),
                section.value("maxQueue", Duration.ofMillis(250), PACER_QUEUE),
                section.value("burstPackets", 10, BURST_PACKETS),
                section.value("burst", Duration.ofMillis(20), BURST));
    }

    private static BatchingConfig batching(Section section) {
        return new BatchingConfig(
                section.value("segmentation", true, ValueType.flag()),
                section.value("equalize", true, ValueType.flag()));
    }

    private static SrtpConfig srtp(Section section) {
        return new SrtpConfig(
                section.value("provider", SrtpProvider.AUTO, ValueType.oneOf(SrtpProvider.class)));
    }

    private static AuthConfig auth(Section section) {
        return new AuthConfig(
                section.value("open", OpenAccess.NONE, ValueType.oneOf(OpenAccess.class)),
                section.list("publishTokens", List.of(), TOKEN),
                section.list("watchTokens", List.of(), TOKEN));
    }

    private static WhepConfig whep(Section section) {
        return new WhepConfig(
                section.value("waitForPublisher", false, ValueType.flag()),
                section.value(
                        "onPublisherLeave",
                        PublisherLeave.END,
                        ValueType.oneOf(PublisherLeave.class)));
    }

    private static MetricsConfig metrics(Section section) {
        return new MetricsConfig(
                section.value(
                        "access", MetricsAccess.LOOPBACK, ValueType.oneOf(MetricsAccess.class)));
    }

    private static ControlConfig control(Section section) {
        return new ControlConfig(
                section.value(
                        "access", ControlAccess.LOOPBACK, ValueType.oneOf(ControlAccess.class)),
                section.list("tokens", List.of(), TOKEN));
    }

    private static LimitsConfig limits(Section section) {
        return new LimitsConfig(
                section.value("maxSessions", 1_000, SESSIONS),
                section.value("maxHandshakes", 100, HANDSHAKES),
                section.value("handshakeTimeout", Duration.ofSeconds(10), HANDSHAKE_TIMEOUT),
                section.value("connectTimeout", Duration.ofSeconds(30), TIMEOUT),
                section.value("consentTimeout", Duration.ofSeconds(30), TIMEOUT),
                section.value("shutdownTimeout", Duration.ofSeconds(5), SHUTDOWN_TIMEOUT));
    }
}
