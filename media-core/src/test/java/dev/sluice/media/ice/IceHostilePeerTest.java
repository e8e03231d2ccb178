package dev.sluice.media.ice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.media.stun.StunClass;
import dev.sluice.media.stun.StunError;
import dev.sluice.media.stun.StunIntegrity;
import dev.sluice.media.stun.StunMessage;
import dev.sluice.media.stun.StunWriter;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

import org.junit.jupiter.api.Test;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Random;

/** What strangers send, and what a peer that knows the password can do at most. */
class IceHostilePeerTest {

    private static final InetSocketAddress STRANGER = new InetSocketAddress("192.0.2.66", 6_666);

    private final IceWorld world = new IceWorld(1);
    private final FullNode a = new FullNode(world, IceRole.CONTROLLING, 1, null, "198.51.100.1");
    private final FullNode b = new FullNode(world, IceRole.CONTROLLED, 2, null, "203.0.113.2");
    private final InetSocketAddress addressOfB = b.sockets().getFirst();

    /** The check that A has sent and that nobody has answered. */
    private ByteBuf openCheck() {
        b.deaf = true;
        a.hearOf(b);
        world.run(100);
        return a.sentStun.getFirst();
    }

    @Test
    void anAnswerUnderAnotherTransactionIdIsNone() {
        openCheck();
        IceWorld.inject(
                a, 0, addressOfB, success(new byte[12], b.agent.localCredentials().password()));
        assertThat(a.statuses).containsExactly(IceStatus.UNKNOWN_TRANSACTION);
        assertThat(a.agent.path()).isNull();
    }

    @Test
    void anAnswerUnderAnotherPasswordIsNoneAndDoesNotEndTheCheck() {
        ByteBuf check = openCheck();
        IceWorld.inject(a, 0, addressOfB, success(idOf(check), "guessedPasswordguessedPass"));
        assertThat(a.statuses).containsExactly(IceStatus.BAD_INTEGRITY);
        assertThat(a.agent.path()).isNull();

        IceWorld.inject(
                a, 0, addressOfB, success(idOf(check), b.agent.localCredentials().password()));
        assertThat(a.agent.state()).isEqualTo(IceState.CONNECTED);
    }

    @Test
    void anAnswerFromElsewhereFailsThePair() {
        ByteBuf check = openCheck();
        ByteBuf answer = success(idOf(check), b.agent.localCredentials().password());
        IceWorld.inject(a, 0, STRANGER, answer);
        assertThat(a.statuses).containsExactly(IceStatus.NOT_SYMMETRIC);
        IceWorld.inject(a, 0, addressOfB, answer);
        assertThat(a.statuses).endsWith(IceStatus.UNKNOWN_TRANSACTION);
        assertThat(a.agent.path()).isNull();
        assertThat(a.agent.isValidated(new NetworkPath(0, STRANGER))).isFalse();
    }

    @Test
    void aReplayedAnswerIsNone() {
        FullNode.introduce(a, b);
        world.run(2_000);
        List<String> events = List.copyOf(a.events);
        int statuses = a.statuses.size();
        for (ByteBuf sent : List.copyOf(b.sentStun)) {
            var message = new StunMessage();
            if (message.wrap(sent) && message.messageClass() == StunClass.SUCCESS_RESPONSE) {
                IceWorld.inject(a, 0, addressOfB, sent);
            }
        }
        assertThat(a.statuses.subList(statuses, a.statuses.size()))
                .isNotEmpty()
                .containsOnly(IceStatus.UNKNOWN_TRANSACTION);
        assertThat(a.events).isEqualTo(events);
    }

    /** Who records a check can send it from elsewhere; it stays without consent there. */
    @Test
    void aReplayedRequestMovesNoData() {
        FullNode.introduce(a, b);
        world.run(2_000);
        NetworkPath before = a.agent.path();
        NetworkPath beforeOfB = b.agent.path();
        for (int i = 0; i < 50; i++) {
            var from = new InetSocketAddress("192.0.2.66", 7_000 + i);
            for (ByteBuf sent : List.copyOf(b.sentStun)) {
                IceWorld.inject(a, 0, from, sent);
            }
            for (ByteBuf sent : List.copyOf(a.sentStun).subList(0, 3)) {
                IceWorld.inject(b, 0, from, sent);
            }
        }
        world.run(60_000);
        assertThat(a.agent.path()).isEqualTo(before);
        assertThat(b.agent.path()).isEqualTo(beforeOfB);
        assertThat(b.agent.state()).isEqualTo(IceState.COMPLETED);
    }

    @Test
    void requestsOfStrangersAreNotAnswered() {
        a.hearOf(b);
        IceCredentials ours = a.agent.localCredentials();
        IceCredentials theirs = b.agent.localCredentials();
        ask("%s:%s".formatted(ours.ufrag(), theirs.ufrag()), "guessedPasswordguessedPass");
        ask("%s:else".formatted(ours.ufrag()), ours.password());
        ask("else:%s".formatted(theirs.ufrag()), ours.password());
        assertThat(a.statuses)
                .containsExactly(
                        IceStatus.BAD_INTEGRITY,
                        IceStatus.WRONG_USERNAME,
                        IceStatus.WRONG_USERNAME);
        assertThat(a.sentStunTo).isEmpty();
        assertThat(a.events).containsExactly("CHECKING");
    }

    private void ask(String username, String password) {
        IceWorld.inject(a, 0, STRANGER, request(username, password, 1));
    }

    @Test
    void aFloodOfCandidatesIsCapped() {
        int added = 0;
        for (int i = 0; i < 10_000; i++) {
            var candidate =
                    IceCandidate.hosts(
                            List.of(new InetSocketAddress("203.0.113." + i % 250, 1 + i)));
            RemoteCandidateStatus status = a.agent.addRemoteCandidate(candidate.getFirst());
            added += status == RemoteCandidateStatus.ADDED ? 1 : 0;
        }
        assertThat(added).isEqualTo(RemoteCandidates.MAX_CANDIDATES);
        a.hearCredentials(b.agent.localCredentials(), false);
        world.run(60_000);
        // Paced at 50 ms, seven times each.
        assertThat(world.sent()).isLessThanOrEqualTo(7L * RemoteCandidates.MAX_CANDIDATES);
    }

    @Test
    void checksFromEverywhereAreCapped() {
        a.hearCredentials(b.agent.localCredentials(), false);
        String username =
                a.agent.localCredentials().ufrag() + ":" + b.agent.localCredentials().ufrag();
        for (int i = 0; i < 5_000; i++) {
            IceWorld.inject(
                    a,
                    0,
                    new InetSocketAddress("192.0.2.66", 1 + i),
                    request(username, a.agent.localCredentials().password(), i));
        }
        assertThat(a.events.stream().filter(event -> event.startsWith("validated")))
                .hasSize(RemoteCandidates.MAX_PEER_REFLEXIVE);
        long answered = world.sent();
        world.run(1_000);
        assertThat(world.sent() - answered).isLessThanOrEqualTo(2L * 1_000 / 50);
    }

    @Test
    void theRoleOfAnotherPeerThanOursIsNotTaken() {
        FullNode.introduce(a, b);
        world.run(2_000);
        ByteBuf forged = Unpooled.buffer();
        StunWriter.begin(forged, StunClass.ERROR_RESPONSE, StunMessage.BINDING, new byte[12])
                .errorCode(StunError.ROLE_CONFLICT)
                .messageIntegrity(StunIntegrity.ofPassword(b.agent.localCredentials().password()))
                .fingerprint();
        IceWorld.inject(a, 0, addressOfB, forged);
        assertThat(a.agent.role()).isEqualTo(IceRole.CONTROLLING);
    }

    @Test
    void newCredentialsWithoutARestartAreMisuse() {
        a.hearOf(b);
        assertThatThrownBy(() -> a.hearCredentials(IceCredentials.random(new Random(5)), false))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("restart");
    }

    @Property(tries = 300)
    void changedMessagesNeverThrow(
            @ForAll @Size(min = 1, max = 6) int[] changes, @ForAll long seed) {
        var calm = new IceWorld(seed);
        var one = new FullNode(calm, IceRole.CONTROLLING, 1, null, "198.51.100.1");
        var other = new FullNode(calm, IceRole.CONTROLLED, 2, null, "203.0.113.2");
        FullNode.introduce(one, other);
        calm.run(300);
        for (ByteBuf sent : List.copyOf(other.sentStun)) {
            ByteBuf copy = sent.copy();
            for (int change : changes) {
                copy.setByte((change >>> 8) % copy.readableBytes(), change);
            }
            copy.setShort(2, copy.readableBytes() - 20);
            IceWorld.inject(one, 0, other.sockets().getFirst(), copy);
        }
        calm.run(5_000);
        assertThat(one.agent.state()).isEqualTo(IceState.COMPLETED);
    }

    private static ByteBuf request(String username, String password, int number) {
        ByteBuf request = Unpooled.buffer();
        byte[] id = new byte[12];
        id[0] = (byte) number;
        StunWriter.begin(request, StunClass.REQUEST, StunMessage.BINDING, id)
                .username(username)
                .priority(1)
                .iceControlled(1)
                .messageIntegrity(StunIntegrity.ofPassword(password))
                .fingerprint();
        return request;
    }

    private ByteBuf success(byte[] transactionId, String password) {
        ByteBuf answer = Unpooled.buffer();
        StunWriter.begin(answer, StunClass.SUCCESS_RESPONSE, StunMessage.BINDING, transactionId)
                .xorMappedAddress(a.sockets().getFirst())
                .messageIntegrity(StunIntegrity.ofPassword(password))
                .fingerprint();
        return answer;
    }

    private static byte[] idOf(ByteBuf message) {
        var parsed = new StunMessage();
        assertThat(parsed.wrap(message)).isTrue();
        return parsed.transactionId();
    }
}
