package dev.sluice.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SyntaxTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"127.0.0.1", "::", "2001:db8::1", "localhost", "a-b.example.org", "my_box"})
    void isAHost(String text) {
        assertThat(Syntax.isHost(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "256.0.0.1",
                "1.2.3",
                "1",
                "[::1]",
                ":::",
                "a..b",
                "-a",
                "a-",
                ".a",
                "a b",
                "a/b",
                "a:80",
                "12345::1"
            })
    void isNoHost(String text) {
        assertThat(Syntax.isHost(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1", "127.0.0.1", "::1", "fe80::1%eth0"})
    void isAUnicastAddress(String text) {
        assertThat(Syntax.isUnicastAddress(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "224.0.0.1", "ff02::1", "localhost", "1.2.3.4:80"})
    void isNoUnicastAddress(String text) {
        assertThat(Syntax.isUnicastAddress(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "https://example.org",
                "http://localhost:3000",
                "http://[::1]:80",
                "capacitor://localhost"
            })
    void isAnOrigin(String text) {
        assertThat(Syntax.isOriginOrAny(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "**",
                "example.org",
                "https://",
                "https://a.org/",
                "https://a.org/b",
                "https://u@a.org",
                "https://a.org:x",
                "null",
                "https://*.a.org?"
            })
    void isNoOrigin(String text) {
        assertThat(Syntax.isOriginOrAny(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "stun:a.org",
                "stuns:a.org:5349",
                "stun:[::1]:3478",
                "turn:10.0.0.1",
                "turns:a.org:443?transport=tcp"
            })
    void isAnIceUri(String text) {
        assertThat(Syntax.isIceUri(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "stun:",
                "stun://a.org",
                "stun:a.org?transport=udp",
                "turn:a.org?transport=x",
                "turn:a.org:x",
                "http:a.org",
                "turn:a.org>; rel=x"
            })
    void isNoIceUri(String text) {
        assertThat(Syntax.isIceUri(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"12345678", "aB3-._~+/", "c2VjcmV0cw=="})
    void isAToken(String text) {
        assertThat(Syntax.isToken(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1234567", "has a blank", "quote\"quote", "=========", "a=bcdefgh"})
    void isNoToken(String text) {
        assertThat(Syntax.isToken(text)).isFalse();
    }
}
