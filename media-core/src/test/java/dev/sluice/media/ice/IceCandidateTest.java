package dev.sluice.media.ice;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.api.Test;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;

class IceCandidateTest {

    @Test
    void writesHostCandidatesInFallingPriority() {
        List<IceCandidate> hosts =
                IceCandidate.hosts(
                        List.of(
                                new InetSocketAddress("192.0.2.1", 8081),
                                new InetSocketAddress("2001:db8::1", 8081)));

        assertThat(hosts)
                .extracting(IceCandidate::toAttribute)
                .containsExactly(
                        "candidate:1 1 udp 2130706431 192.0.2.1 8081 typ host",
                        "candidate:2 1 udp 2130706175 2001:db8:0:0:0:0:0:1 8081 typ host");
    }

    @Test
    void readsTheCandidatesOfBrowsers() {
        IceCandidate local =
                parsed(
                        "a=candidate:0 2 UDP 2122187006 826c7f55-153c-4860-85f4-967474e32d87.local"
                                + " 38611 typ host");
        IceCandidate tcp =
                parsed(
                        "candidate:2183950114 1 tcp 1518214911 192.0.2.2 9 typ host tcptype active"
                                + " generation 0");

        assertThat(local.address()).endsWith(".local");
        assertThat(local.component()).isEqualTo(2);
        assertThat(local.transport()).isEqualTo("udp");
        assertThat(tcp.extensions()).isEqualTo("tcptype active generation 0");
        assertThat(tcp.toAttribute())
                .isEqualTo(
                        "candidate:2183950114 1 tcp 1518214911 192.0.2.2 9 typ host tcptype active"
                                + " generation 0");
    }

    @Test
    void refusesWhatIsNoCandidate() {
        assertThat(IceCandidate.parse("candidate:1 1 udp 1 192.0.2.1 70000 typ host")).isNull();
        assertThat(IceCandidate.parse("candidate:1 1 udp 4294967296 192.0.2.1 7 typ host"))
                .isNull();
        assertThat(IceCandidate.parse("candidate:1 0 udp 1 192.0.2.1 7 typ host")).isNull();
        assertThat(IceCandidate.parse("candidate:1 1 udp 1 192.0.2.1 7 typ guest")).isNull();
        assertThat(IceCandidate.parse("candidate:1 1 udp 1 192.0.2.1")).isNull();
        assertThat(IceCandidate.parse("")).isNull();
    }

    @Property
    void arbitraryTextNeverThrows(@ForAll String text) {
        IceCandidate.parse(text);
        IceCandidate.parse("candidate:" + text);
    }

    private static IceCandidate parsed(String line) {
        return Objects.requireNonNull(IceCandidate.parse(line));
    }
}
