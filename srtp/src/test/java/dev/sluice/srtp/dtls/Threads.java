package dev.sluice.srtp.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

/** Whether endpoints leave nothing behind. */
final class Threads {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Threads() {}

    static void assertEnded(DtlsEndpoint endpoint) {
        assertThat(endpoint.awaitIdle(PATIENCE)).isTrue();
        assertThat(endpoint.isEnded()).isTrue();
        try {
            assertThat(endpoint.thread().join(PATIENCE)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
