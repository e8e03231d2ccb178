package dev.sluice.media.ice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.sim.LinkConditions;

import org.junit.jupiter.api.Test;

import java.net.InetSocketAddress;
import java.util.Objects;

/** Two agents that find each other over all kinds of networks. */
class IceAgentTest {

    private static final String A = "198.51.100.1";
    private static final String B = "203.0.113.2";
    private static final LinkConditions LOSSY =
            LinkConditions.PERFECT.withDelayMillis(30).withJitterMillis(20).withLoss(0.3);

    @Test
    void aControllingAgentMeetsALiteOne() {
        var world = new IceWorld(1);
        var full = new FullNode(world, IceRole.CONTROLLED, 1, null, A);
        var lite = new LiteNode(world, full.agent.localCredentials());
        full.agent.addRemoteCandidate(lite.candidate());
        full.agent.onEndOfCandidates();
        full.hearCredentials(lite.credentials, true);
        world.run(200);

        assertThat(full.agent.role()).isEqualTo(IceRole.CONTROLLING);
        assertThat(full.agent.state()).isEqualTo(IceState.COMPLETED);
        assertThat(lite.agent.selected()).isEqualTo(new NetworkPath(0, full.sockets().getFirst()));
        world.run(120_000);
        assertThat(lite.expired).isFalse();
        assertThat(full.expirations).isZero();
    }

    @Test
    void twoFullAgentsSelectTheSamePair() {
        var world = new IceWorld(2);
        var a = new FullNode(world, IceRole.CONTROLLING, 1, null, A, "198.51.100.7");
        var b = new FullNode(world, IceRole.CONTROLLED, 2, null, B);
        FullNode.introduce(a, b);
        world.run(2_000);

        assertConnected(a, b);
        assertThat(path(a)).isEqualTo(new NetworkPath(0, b.sockets().getFirst()));
        assertThat(path(b)).isEqualTo(new NetworkPath(0, a.sockets().getFirst()));
        assertThat(a.events)
                .containsSubsequence(
                        "CHECKING", "validated 5002", "CONNECTED", "selected 5002", "COMPLETED");
    }

    @Test
    void agentsThatBothWantToControlSettleIt() {
        for (IceRole role : IceRole.values()) {
            for (int seed = 1; seed <= 20; seed++) {
                var world = new IceWorld(seed);
                var a = new FullNode(world, role, 2L * seed, null, A);
                var b = new FullNode(world, role, 2L * seed + 1, null, B);
                FullNode.introduce(a, b);
                world.run(5_000);

                assertConnected(a, b);
                assertThat(a.agent.role()).isEqualTo(b.agent.role().other());
            }
        }
    }

    @Test
    void aThirdOfAllDatagramsMayBeLost() {
        for (int seed = 1; seed <= 20; seed++) {
            var world = new IceWorld(seed, LOSSY);
            var a = new FullNode(world, IceRole.CONTROLLING, 2L * seed, null, A);
            var b = new FullNode(world, IceRole.CONTROLLED, 2L * seed + 1, null, B);
            FullNode.introduce(a, b);
            world.run(15_000);
            assertConnected(a, b);
        }
    }

    @Test
    void consentOutlivesLoss() {
        for (int seed = 1; seed <= 5; seed++) {
            var world = new IceWorld(seed, LOSSY.withLoss(0.1));
            var a = new FullNode(world, IceRole.CONTROLLING, 2L * seed, null, A);
            var b = new FullNode(world, IceRole.CONTROLLED, 2L * seed + 1, null, B);
            FullNode.introduce(a, b);
            world.run(600_000);
            assertConnected(a, b);
            assertThat(a.expirations + b.expirations).isZero();
        }
    }

    @Test
    void everyPairOfNatsThatCanBeCrossedIsCrossed() {
        for (Nat.Behaviour mapping : Nat.Behaviour.values()) {
            for (Nat.Behaviour filtering : Nat.Behaviour.values()) {
                var world = new IceWorld(3);
                var natA = new Nat("198.51.100.99", mapping, filtering);
                var natB =
                        new Nat(
                                "203.0.113.99",
                                Nat.Behaviour.ENDPOINT_INDEPENDENT,
                                filtering == Nat.Behaviour.ADDRESS_AND_PORT_DEPENDENT
                                                && mapping != Nat.Behaviour.ENDPOINT_INDEPENDENT
                                        ? Nat.Behaviour.ADDRESS_DEPENDENT
                                        : filtering);
                var a = new FullNode(world, IceRole.CONTROLLING, 1, natA, "10.0.0.1");
                var b = new FullNode(world, IceRole.CONTROLLED, 2, natB, "192.168.0.1");
                var toStun = new InetSocketAddress("192.0.2.250", 3478);
                tellReflexive(a, natA, toStun, b);
                tellReflexive(b, natB, toStun, a);
                FullNode.introduce(a, b);
                world.run(10_000);

                assertConnected(a, b);
                assertThat(a.agent.peerReflexiveCandidates())
                        .as("%s %s", mapping, filtering)
                        .hasSize(mapping == Nat.Behaviour.ENDPOINT_INDEPENDENT ? 0 : 1);
            }
        }
    }

    /** As if a STUN server had been asked. */
    private static void tellReflexive(
            FullNode node, Nat nat, InetSocketAddress server, FullNode other) {
        InetSocketAddress mapped = nat.outbound(node.sockets().getFirst(), server);
        LocalCandidate reflexive = node.host(0).serverReflexive(mapped, server);
        node.agent.addLocalCandidate(reflexive);
        assertThat(other.agent.addRemoteCandidate(reflexive.toCandidate()))
                .isEqualTo(RemoteCandidateStatus.ADDED);
    }

    @Test
    void bothSidesLearnOfEachOtherByChecksAlone() {
        var world = new IceWorld(4);
        var nat =
                new Nat(
                        "198.51.100.99",
                        Nat.Behaviour.ADDRESS_AND_PORT_DEPENDENT,
                        Nat.Behaviour.ADDRESS_AND_PORT_DEPENDENT);
        var a = new FullNode(world, IceRole.CONTROLLING, 1, nat, "10.0.0.1");
        var b = new FullNode(world, IceRole.CONTROLLED, 2, null, B);
        FullNode.introduce(a, b);
        world.run(2_000);

        assertConnected(a, b);
        assertThat(path(b).remote().getAddress()).isEqualTo(nat.publicAddress());
        assertThat(a.agent.peerReflexiveCandidates())
                .extracting(LocalCandidate::address)
                .containsExactly(path(b).remote());
    }

    @Test
    void namesOfBrowsersAreCountedAndNotMissed() {
        var world = new IceWorld(5);
        var a = new FullNode(world, IceRole.CONTROLLING, 1, null, A);
        var b = new FullNode(world, IceRole.CONTROLLED, 2, null, B);
        var hidden =
                Objects.requireNonNull(
                        IceCandidate.parse(
                                "candidate:1 1 udp 2122260223"
                                        + " 1f4712db-ea17-4bcf-a596-105139dfd8bf.local 54596 typ"
                                        + " host"));
        assertThat(b.agent.addRemoteCandidate(hidden)).isEqualTo(RemoteCandidateStatus.NAME);
        b.hearCredentials(a.agent.localCredentials(), false);
        b.agent.onEndOfCandidates();
        a.hearOf(b);
        world.run(2_000);

        assertConnected(a, b);
        assertThat(b.agent.ignoredNames()).isEqualTo(1);
    }

    @Test
    void ipv6IsPairedWithIpv6Alone() {
        var world = new IceWorld(6);
        var a = new FullNode(world, IceRole.CONTROLLING, 1, null, A, "2001:db8::1", "fe80::1");
        var b = new FullNode(world, IceRole.CONTROLLED, 2, null, "2001:db8::2", "fe80::2");
        FullNode.introduce(a, b);
        world.run(2_000);

        assertConnected(a, b);
        assertThat(path(a)).isEqualTo(new NetworkPath(1, b.sockets().getFirst()));
        assertThat(a.sentStunTo)
                .extracting(to -> to.socket() + " " + to.remote().getAddress().getHostAddress())
                .contains("1 2001:db8:0:0:0:0:0:2", "2 fe80:0:0:0:0:0:0:2")
                .doesNotContain(
                        "0 2001:db8:0:0:0:0:0:2", "1 fe80:0:0:0:0:0:0:2", "2 2001:db8:0:0:0:0:0:2");
    }

    @Test
    void checksMayComeBeforeTheAnswer() {
        var world = new IceWorld(7);
        var a = new FullNode(world, IceRole.CONTROLLING, 1, null, A);
        var b = new FullNode(world, IceRole.CONTROLLED, 2, null, B);
        b.hearOf(a);
        world.run(3_000);
        assertThat(a.statuses).contains(IceStatus.ANSWERED);
        assertThat(a.agent.state()).isEqualTo(IceState.NEW);

        a.hearCredentials(b.agent.localCredentials(), false);
        world.run(2_000);
        assertConnected(a, b);
    }

    @Test
    void candidatesMayComeOneByOne() {
        var world = new IceWorld(8);
        var a = new FullNode(world, IceRole.CONTROLLING, 1, null, A);
        var b = new FullNode(world, IceRole.CONTROLLED, 2, null, "203.0.113.5");
        a.hearCredentials(b.agent.localCredentials(), false);
        b.hearCredentials(a.agent.localCredentials(), false);
        world.run(20_000);
        assertThat(a.agent.state()).isEqualTo(IceState.CHECKING);
        b.agent.addRemoteCandidate(a.candidates().getFirst());
        world.run(2_000);
        assertConnected(a, b);
    }

    @Test
    void whereNothingWorksItFailsPatiently() {
        var world = new IceWorld(9);
        world.cut(true);
        var a = new FullNode(world, IceRole.CONTROLLING, 1, null, A);
        var b = new FullNode(world, IceRole.CONTROLLED, 2, null, B);
        FullNode.introduce(a, b);
        world.run(39_000);
        assertThat(a.agent.state()).isEqualTo(IceState.CHECKING);
        world.run(2_000);
        assertThat(a.agent.state()).isEqualTo(IceState.FAILED);
        assertThat(b.agent.state()).isEqualTo(IceState.FAILED);
        // Seven requests each (RFC 8489 section 6.2.1), and silence after that.
        assertThat(world.sent()).isEqualTo(14);
        world.run(60_000);
        assertThat(world.sent()).isEqualTo(14);
    }

    @Test
    void aRestartCarriesTheDataOnUntilTheNewPairWorks() {
        var world = new IceWorld(10);
        var a = new FullNode(world, IceRole.CONTROLLING, 1, null, A, "198.51.100.7");
        var b = new FullNode(world, IceRole.CONTROLLED, 2, null, B);
        FullNode.introduce(a, b);
        world.run(2_000);
        a.startData();
        b.startData();
        world.run(1_000);
        IceCredentials first = a.agent.localCredentials();
        a.restart();
        world.run(20_000);
        assertThat(a.agent.path()).isNotNull();
        b.restart();
        FullNode.introduce(a, b);
        world.run(5_000);

        assertConnected(a, b);
        assertThat(a.agent.localCredentials()).isNotEqualTo(first);
        assertThat(a.events).containsOnlyOnce("ufrag retired");
        assertThat(a.expirations + b.expirations).isZero();
        assertThat(b.dataReceived).isBetween(a.dataSent - 2, a.dataSent);
        assertThat(a.dataReceived).isBetween(b.dataSent - 2, b.dataSent);
        assertThat(a.dataSent).isGreaterThan(1_290);
        assertThat(a.dataRefused + b.dataRefused).isZero();
    }

    @Test
    void aRestartMovesTheDataToWhereItWorks() {
        var world = new IceWorld(11);
        var nat =
                new Nat(
                        "198.51.100.99",
                        Nat.Behaviour.ENDPOINT_INDEPENDENT,
                        Nat.Behaviour.ENDPOINT_INDEPENDENT);
        var a = new FullNode(world, IceRole.CONTROLLING, 1, nat, "10.0.0.1");
        var b = new FullNode(world, IceRole.CONTROLLED, 2, null, B);
        FullNode.introduce(a, b);
        world.run(2_000);
        InetSocketAddress before = path(b).remote();
        nat.forget();
        a.restart();
        b.restart();
        FullNode.introduce(a, b);
        world.run(5_000);

        assertConnected(a, b);
        assertThat(path(b).remote()).isNotEqualTo(before);
        assertThat(b.events).contains("retired " + before.getPort());
        assertThat(b.agent.isValidated(new NetworkPath(0, before))).isFalse();
    }

    private static void assertConnected(FullNode a, FullNode b) {
        assertThat(a.agent.state()).isEqualTo(IceState.COMPLETED);
        assertThat(b.agent.state()).isEqualTo(IceState.COMPLETED);
        assertThat(a.agent.isValidated(path(a))).isTrue();
        assertThat(b.agent.isValidated(path(b))).isTrue();
    }

    private static NetworkPath path(FullNode node) {
        return Objects.requireNonNull(node.agent.path());
    }
}
