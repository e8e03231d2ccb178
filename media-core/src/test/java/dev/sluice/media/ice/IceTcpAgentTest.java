package dev.sluice.media.ice;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;

import org.junit.jupiter.api.Test;

import java.net.InetSocketAddress;

/** RFC 6544 between an agent that opens the connection and one that waits for it. */
class IceTcpAgentTest {

    private static final InetSocketAddress PASSIVE = new InetSocketAddress("203.0.113.2", 443);
    private static final InetSocketAddress FROM = new InetSocketAddress("198.51.100.1", 50_001);

    private final IceWorld world = new IceWorld(1);
    private final FullNode active = new FullNode(world, IceRole.CONTROLLING, 1, null);
    private final FullNode passive = new FullNode(world, IceRole.CONTROLLED, 2, null);
    private final NetworkPath pathOfActive = NetworkPath.ofConnection(0, PASSIVE);
    private final NetworkPath pathOfPassive = NetworkPath.ofConnection(7, FROM);
    private int activeSent;
    private int passiveSent;

    private void introduce() {
        LocalCandidate opens =
                LocalCandidate.tcpHost(
                        CandidateTransport.TCP_ACTIVE,
                        new InetSocketAddress("198.51.100.1", 9),
                        8_191);
        LocalCandidate waits =
                LocalCandidate.tcpHost(CandidateTransport.TCP_PASSIVE, PASSIVE, 8_191);
        active.agent.addLocalCandidate(opens);
        passive.agent.addLocalCandidate(waits);
        active.agent.addRemoteCandidate(waits.toCandidate());
        passive.agent.addRemoteCandidate(opens.toCandidate());
        active.hearCredentials(passive.agent.localCredentials(), false);
        passive.hearCredentials(active.agent.localCredentials(), false);
    }

    /** Carries what was said over the connection, some rounds of it. */
    private void carry(int rounds) {
        for (int i = 0; i < rounds; i++) {
            world.run(50);
            while (activeSent < active.sentStun.size()) {
                passive.onDatagram(copy(active.sentStun.get(activeSent++)), pathOfPassive);
            }
            while (passiveSent < passive.sentStun.size()) {
                active.onDatagram(copy(passive.sentStun.get(passiveSent++)), pathOfActive);
            }
        }
    }

    private static ByteBuf copy(ByteBuf sent) {
        return sent.copy();
    }

    @Test
    void theActiveAgentConnectsAndBothSelectTheConnection() {
        introduce();
        world.run(200);
        assertThat(active.sink().connects).containsExactly(PASSIVE);
        assertThat(passive.sink().connects).isEmpty();
        assertThat(active.sentStun).isEmpty();

        active.agent.onTcpConnected(pathOfActive, world.nowNanos(), active.sink());
        carry(40);
        assertThat(active.agent.state()).isEqualTo(IceState.COMPLETED);
        assertThat(passive.agent.state()).isEqualTo(IceState.COMPLETED);
        assertThat(active.agent.path()).isEqualTo(pathOfActive);
        assertThat(passive.agent.path()).isEqualTo(pathOfPassive);
    }

    @Test
    void requestsOverTcpAreNotRepeated() {
        introduce();
        world.run(200);
        active.agent.onTcpConnected(pathOfActive, world.nowNanos(), active.sink());
        world.run(30_000);
        assertThat(active.sentStun).hasSize(1);
        world.run(15_000);
        assertThat(active.agent.state()).isEqualTo(IceState.FAILED);
    }

    @Test
    void theEndOfTheConnectionIsTheEndOfThePath() {
        introduce();
        world.run(200);
        active.agent.onTcpConnected(pathOfActive, world.nowNanos(), active.sink());
        carry(40);
        passive.agent.onTcpClosed(pathOfPassive, world.nowNanos(), passive.sink());
        assertThat(passive.agent.path()).isNull();
        assertThat(passive.agent.isValidated(pathOfPassive)).isFalse();
        assertThat(passive.agent.state()).isEqualTo(IceState.CHECKING);
    }

    @Test
    void aRefusedConnectionFailsItsPair() {
        introduce();
        world.run(200);
        active.agent.onTcpRefused(PASSIVE, world.nowNanos(), active.sink());
        world.run(45_000);
        assertThat(active.agent.state()).isEqualTo(IceState.FAILED);
        assertThat(active.sink().connects).hasSize(1);
    }

    @Test
    void theNumbersOfConnectionsAreNoSockets() {
        assertThat(pathOfActive.isTcp()).isTrue();
        assertThat(pathOfPassive.connection()).isEqualTo(7);
        assertThat(new NetworkPath(0, FROM).isTcp()).isFalse();
    }
}
