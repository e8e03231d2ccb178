package dev.sluice.media.ice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.api.Test;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;

/** Local and remote candidates, and which of them go together. */
class CandidatesTest {

    private static final InetSocketAddress HOST = new InetSocketAddress("192.0.2.1", 5_000);
    private static final InetSocketAddress SERVER = new InetSocketAddress("192.0.2.250", 3_478);

    @Test
    void writesTheTcpCandidatesOfAServerBelowThoseOfUdp() {
        List<IceCandidate> tcp =
                IceCandidate.passiveTcpHosts(
                        List.of(HOST, new InetSocketAddress("2001:db8::1", 5_000)));
        assertThat(tcp.getFirst().toAttribute())
                .matches("candidate:\\d+ 1 tcp 2124414975 192.0.2.1 5000 typ host tcptype passive");
        assertThat(tcp.get(1).priority()).isLessThan(tcp.getFirst().priority());
        assertThat(tcp.getFirst().priority())
                .isLessThan(IceCandidate.priority(CandidateType.HOST, 65_535 - 64, 1));
        assertThat(tcp).extracting(IceCandidate::foundation).doesNotHaveDuplicates();
    }

    /** RFC 6544, section 4.2. */
    @Test
    void prefersDirectionsOfTcpAsTheRfcSays() {
        assertThat(CandidateTransport.TCP_ACTIVE.localPreference(CandidateType.HOST, 8_191))
                .isEqualTo(6 * 8_192 + 8_191);
        assertThat(CandidateTransport.TCP_PASSIVE.localPreference(CandidateType.HOST, 0))
                .isEqualTo(4 * 8_192);
        assertThat(
                        CandidateTransport.TCP_SIMULTANEOUS_OPEN.localPreference(
                                CandidateType.SERVER_REFLEXIVE, 0))
                .isEqualTo(6 * 8_192);
        assertThatThrownBy(() -> LocalCandidate.tcpHost(CandidateTransport.UDP, HOST, 1))
                .hasMessageContaining("UDP");
    }

    @Test
    void foundationsAreEqualForWhatSharesTypeBaseServerAndTransport() {
        LocalCandidate host = LocalCandidate.host(0, HOST, 65_535);
        LocalCandidate other = LocalCandidate.host(1, new InetSocketAddress("192.0.2.1", 6), 1);
        LocalCandidate elsewhere = LocalCandidate.host(1, new InetSocketAddress("192.0.2.9", 6), 1);
        var mapped = new InetSocketAddress("198.51.100.1", 7_000);
        assertThat(host.foundation())
                .isEqualTo(other.foundation())
                .isNotEqualTo(elsewhere.foundation())
                .isNotEqualTo(
                        LocalCandidate.tcpHost(CandidateTransport.TCP_ACTIVE, HOST, 1)
                                .foundation());
        assertThat(host.serverReflexive(mapped, SERVER).foundation())
                .isEqualTo(other.serverReflexive(mapped, SERVER).foundation())
                .isNotEqualTo(host.foundation())
                .isNotEqualTo(host.serverReflexive(mapped, HOST).foundation())
                .isNotEqualTo(host.peerReflexive(mapped).foundation());
    }

    @Test
    void writesWhereAReflexiveCandidateComesFrom() {
        LocalCandidate reflexive =
                LocalCandidate.host(0, HOST, 65_535)
                        .serverReflexive(new InetSocketAddress("198.51.100.1", 7_000), SERVER);
        assertThat(reflexive.toCandidate().toAttribute())
                .matches(
                        "candidate:\\d+ 1 udp 1694498815 198.51.100.1 7000 typ srflx raddr"
                                + " 192.0.2.1 rport 5000");
        assertThat(
                        LocalCandidate.tcpHost(CandidateTransport.TCP_ACTIVE, HOST, 8_191)
                                .toCandidate()
                                .toAttribute())
                .endsWith("192.0.2.1 9 typ host tcptype active");
    }

    @Test
    void readsOnlyWhatCanBeSentTo() {
        assertThat(remote("udp 1 192.0.2.7 5 typ host")).isNotNull();
        assertThat(remote("tcp 1 192.0.2.7 5 typ host tcptype PASSIVE")).isNotNull();
        assertThat(remote("tcp 1 192.0.2.7 9 typ srflx raddr 1.2.3.4 rport 5 tcptype active"))
                .isNotNull();
        assertThat(remote("tcp 1 192.0.2.7 5 typ host")).isNull();
        assertThat(remote("tcp 1 192.0.2.7 5 typ host tcptype")).isNull();
        assertThat(remote("sctp 1 192.0.2.7 5 typ host")).isNull();
        assertThat(remote("udp 1 192.0.2.7 0 typ host")).isNull();
        assertThat(remote("udp 1 0.0.0.0 5 typ host")).isNull();
        assertThat(remote("udp 1 224.0.0.1 5 typ host")).isNull();
        assertThat(remote("udp 1 ff02::1 5 typ host")).isNull();
        assertThat(remote("udp 1 ab-cd.local 5 typ host")).isNull();
        assertThat(remote("udp 1 fe80::1%eth0 5 typ host")).isNull();
        assertThat(remote("udp 1 1.2.3 5 typ host")).isNull();
        assertThat(remote("udp 1 1.2.3.256 5 typ host")).isNull();
        assertThat(remote("udp 1 1::2::3 5 typ host")).isNull();
    }

    @Property
    void arbitraryAddressesAreNeverAskedForAndNeverThrow(@ForAll String address) {
        IpLiteral.parse(address);
        IpLiteral.parse("1:" + address);
    }

    @Test
    void aLinkLocalAddressIsReachedOnOurOwnLink() throws Exception {
        byte[] linkLocal = new InetSocketAddress("fe80::5", 0).getAddress().getAddress();
        var own = new InetSocketAddress(Inet6Address.getByAddress(null, linkLocal, 3), 5_000);
        LocalCandidate local = LocalCandidate.host(0, own, 1);
        RemoteCandidate remote = Objects.requireNonNull(remote("udp 1 fe80::7 5 typ host"));
        NetworkPath path = Objects.requireNonNull(CandidatePair.of(local, remote).path());
        assertThat(((Inet6Address) path.remote().getAddress()).getScopeId()).isEqualTo(3);
        assertThat(local.toCandidate().address()).doesNotContain("%");
        assertThat(CandidatePair.canPair(local, remote)).isTrue();
        assertThat(
                        CandidatePair.canPair(
                                local,
                                Objects.requireNonNull(remote("udp 1 2001:db8::1 5 typ host"))))
                .isFalse();
    }

    /** RFC 8445, section 6.1.2.3, by hand. */
    @Test
    void thePriorityOfAPairIsTheSameOnBothSides() {
        LocalCandidate local = LocalCandidate.host(0, HOST, 65_535);
        RemoteCandidate remote = Objects.requireNonNull(remote("udp 100 192.0.2.7 5 typ host"));
        CandidatePair pair = CandidatePair.of(local, remote);
        assertThat(pair.priority(IceRole.CONTROLLING))
                .isEqualTo((100L << 32) + 2 * 2_130_706_431L + 1);
        assertThat(pair.priority(IceRole.CONTROLLED)).isEqualTo((100L << 32) + 2 * 2_130_706_431L);
    }

    static @org.jspecify.annotations.Nullable RemoteCandidate remote(String rest) {
        return RemoteCandidate.of(
                Objects.requireNonNull(IceCandidate.parse("candidate:1 1 " + rest)));
    }
}
