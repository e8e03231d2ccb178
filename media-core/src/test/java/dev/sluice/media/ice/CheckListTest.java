package dev.sluice.media.ice;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.net.InetSocketAddress;
import java.util.Objects;

/** RFC 8445, sections 6.1.2 and 6.1.4.2. */
class CheckListTest {

    private static final IceRole ROLE = IceRole.CONTROLLING;

    private final CheckList list = new CheckList();

    private static LocalCandidate local(int socket, String address) {
        return LocalCandidate.host(socket, new InetSocketAddress(address, 5_000), 65_535 - socket);
    }

    private static RemoteCandidate remote(String foundation, long priority, int port) {
        return new RemoteCandidate(
                CandidateType.HOST,
                CandidateTransport.UDP,
                new InetSocketAddress("203.0.113.1", port),
                priority,
                foundation);
    }

    private CandidatePair add(LocalCandidate local, RemoteCandidate remote) {
        CandidatePair pair = CandidatePair.of(local, remote);
        assertThat(list.add(pair, ROLE)).isTrue();
        return pair;
    }

    @Test
    void onePairOfEachFoundationWaits() {
        LocalCandidate local = local(0, "192.0.2.1");
        CandidatePair first = add(local, remote("1", 10, 1));
        CandidatePair second = add(local, remote("1", 20, 2));
        CandidatePair other = add(local, remote("2", 5, 3));
        assertThat(first.state()).isEqualTo(CandidatePair.State.WAITING);
        assertThat(second.state()).isEqualTo(CandidatePair.State.FROZEN);
        assertThat(other.state()).isEqualTo(CandidatePair.State.WAITING);

        assertThat(list.next(ROLE)).isSameAs(first);
        first.state(CandidatePair.State.IN_PROGRESS);
        assertThat(list.next(ROLE)).isSameAs(other);
        other.state(CandidatePair.State.IN_PROGRESS);
        assertThat(list.hasNext()).isFalse();
        first.onSuccess(0);
        list.onSuccess(first);
        assertThat(list.next(ROLE)).isSameAs(second);
        assertThat(add(local, remote("1", 2, 9)).state()).isEqualTo(CandidatePair.State.WAITING);
    }

    @Test
    void theFailureOfAPairLetsTheNextOfItsFoundationTry() {
        LocalCandidate local = local(0, "192.0.2.1");
        CandidatePair first = add(local, remote("1", 10, 1));
        CandidatePair second = add(local, remote("1", 20, 2));
        first.onFailure();
        assertThat(list.next(ROLE)).isSameAs(second);
    }

    @Test
    void triggeredChecksComeFirst() {
        CandidatePair best = add(local(0, "192.0.2.1"), remote("1", 1_000, 1));
        CandidatePair triggered = add(local(0, "192.0.2.1"), remote("2", 1, 2));
        list.trigger(triggered);
        list.trigger(triggered);
        assertThat(list.next(ROLE)).isSameAs(triggered);
        triggered.state(CandidatePair.State.IN_PROGRESS);
        assertThat(list.next(ROLE)).isSameAs(best);
    }

    /** Section 6.1.2.4: a server reflexive candidate is checked from its base. */
    @Test
    void whatIsSentFromTheSameSocketToTheSameAddressIsOnePair() {
        LocalCandidate host = local(0, "192.0.2.1");
        LocalCandidate reflexive =
                host.serverReflexive(
                        new InetSocketAddress("198.51.100.1", 7),
                        new InetSocketAddress("192.0.2.250", 3_478));
        RemoteCandidate remote = remote("1", 10, 1);
        assertThat(list.add(CandidatePair.of(reflexive, remote), ROLE)).isTrue();
        assertThat(list.add(CandidatePair.of(host, remote), ROLE)).isTrue();
        assertThat(list.add(CandidatePair.of(reflexive, remote), ROLE)).isFalse();
        assertThat(list.pairs()).hasSize(1).extracting(CandidatePair::local).containsOnly(host);
    }

    @Test
    void aFullListKeepsItsBestPairs() {
        LocalCandidate local = local(0, "192.0.2.1");
        for (int i = 0; i < 300; i++) {
            list.add(CandidatePair.of(local, remote("" + i, i, 1 + i)), ROLE);
        }
        assertThat(list.pairs()).hasSize(CheckList.MAX_PAIRS);
        assertThat(list.pairs())
                .allSatisfy(
                        pair -> assertThat(pair.remote().priority()).isGreaterThanOrEqualTo(200));
        list.pairs().forEach(pair -> pair.onSuccess(0));
        assertThat(list.add(CandidatePair.of(local, remote("x", 999, 999)), ROLE)).isFalse();
    }

    @Test
    void passiveCandidatesAreNotChecked() {
        LocalCandidate passive =
                LocalCandidate.tcpHost(
                        CandidateTransport.TCP_PASSIVE,
                        new InetSocketAddress("192.0.2.1", 5_000),
                        1);
        RemoteCandidate active =
                Objects.requireNonNull(
                        CandidatesTest.remote("tcp 1 203.0.113.1 9 typ host tcptype active"));
        RemoteCandidate udp = remote("1", 1, 1);
        assertThat(CandidatePair.canPair(passive, active)).isFalse();
        assertThat(CandidatePair.canPair(passive, udp)).isFalse();
    }
}
