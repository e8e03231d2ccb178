package dev.sluice.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalRequestTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST:80",
                "app.localhost:8080",
                "127.0.0.1",
                "127.9.9.9:1",
                "[::1]",
                "[::1]:8080"
            })
    void namesOfThisMachine(String host) {
        assertThat(LocalRequest.isLoopbackHost(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "example.org",
                "localhost.example.org",
                "notlocalhost",
                "127.0.0.1.example.org",
                "0.0.0.0",
                "[::]",
                "[fe80::1]",
                "192.168.1.2:8080",
                "localhost@example.org",
                "example.org#localhost",
                "localhost/x"
            })
    void namesOfOthers(String host) {
        assertThat(LocalRequest.isLoopbackHost(host)).isFalse();
    }

    @Test
    void aMissingHostIsNotLocal() {
        assertThat(LocalRequest.isLoopbackHost(null)).isFalse();
    }

    @Test
    void aSandboxedPageIsNotLocal() {
        assertThat(LocalRequest.isLoopbackOrigin("null")).isFalse();
    }

    @Property
    void anyTextIsJudged(@ForAll String text) {
        LocalRequest.isLoopbackHost(text);
        LocalRequest.isLoopbackOrigin(text);
    }
}
