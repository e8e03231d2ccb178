package dev.sluice.media.ice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.stun.StunClass;
import dev.sluice.media.stun.StunError;
import dev.sluice.media.stun.StunIntegrity;
import dev.sluice.media.stun.StunMessage;
import dev.sluice.media.stun.StunWriter;
import dev.sluice.media.time.Deadline;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;

/** RFC 7675 between two full agents. */
class IceConsentTest {

    private static final long SECOND = 1_000_000_000L;

    private final IceWorld world = new IceWorld(1);
    private final FullNode a = new FullNode(world, IceRole.CONTROLLING, 1, null, "198.51.100.1");
    private final FullNode b = new FullNode(world, IceRole.CONTROLLED, 2, null, "203.0.113.2");

    @BeforeEach
    void connect() {
        FullNode.introduce(a, b);
        world.run(2_000);
        assertThat(a.agent.state()).isEqualTo(IceState.COMPLETED);
    }

    @Test
    void consentIsAskedForEachFiveSecondsMoreOrLess() {
        List<Long> asked = new ArrayList<>();
        var ids = new HashSet<String>();
        for (int i = 0; i < 6_000; i++) {
            int before = a.sentStun.size();
            world.run(10);
            for (ByteBuf sent : a.sentStun.subList(before, a.sentStun.size())) {
                StunMessage message = parse(sent);
                if (message.isBindingRequest()) {
                    asked.add(world.nowNanos());
                    ids.add(java.util.Arrays.toString(message.transactionId()));
                    assertThat(message.useCandidate()).isFalse();
                }
            }
        }
        assertThat(asked).hasSizeBetween(10, 15);
        assertThat(ids).hasSameSizeAs(asked);
        List<Long> gaps = new ArrayList<>();
        for (int i = 1; i < asked.size(); i++) {
            gaps.add(asked.get(i) - asked.get(i - 1));
        }
        assertThat(gaps)
                .allSatisfy(gap -> assertThat(gap).isBetween(4 * SECOND, 6 * SECOND + SECOND / 50))
                .doesNotHaveDuplicates();
    }

    @Test
    void silenceEndsConsentAfterThirtySeconds() {
        a.startData();
        b.deaf = true;
        world.run(23_000);
        assertThat(a.expirations).isZero();
        world.run(8_000);

        assertThat(a.expirations).isEqualTo(1);
        assertThat(a.agent.state()).isEqualTo(IceState.FAILED);
        assertThat(a.agent.path()).isNull();
        assertThat(a.agent.nextDeadlineNanos()).isEqualTo(Deadline.NEVER);
        int sent = a.dataSent;
        int stun = a.sentStun.size();
        world.run(10_000);
        assertThat(a.dataSent).isEqualTo(sent);
        assertThat(a.sentStun).hasSize(stun);
    }

    /** Checks that nobody makes would be due for ever, and whoever calls the agent would hang. */
    @Test
    void signallingThatComesAfterTheEndBeginsNoChecks() {
        b.deaf = true;
        world.run(31_000);
        a.hearCredentials(b.agent.localCredentials(), false);
        var late = IceCandidate.parse("candidate:9 1 udp 100 203.0.113.9 9000 typ host");
        a.agent.addRemoteCandidate(Objects.requireNonNull(late));
        assertThat(a.agent.state()).isEqualTo(IceState.FAILED);
        assertThat(a.agent.nextDeadlineNanos()).isEqualTo(Deadline.NEVER);

        b.deaf = false;
        a.restart();
        b.restart();
        FullNode.introduce(a, b);
        world.run(2_000);
        assertThat(a.agent.state()).isEqualTo(IceState.COMPLETED);
    }

    @Test
    void whatComesAfterTheEndDoesNotGiveConsentBack() {
        b.deaf = true;
        world.run(31_000);
        b.deaf = false;
        ByteBuf asked = lastRequest(a);
        IceWorld.inject(a, 0, b.sockets().getFirst(), answer(asked, b, null));
        assertThat(a.agent.path()).isNull();
        assertThat(a.statuses.getLast()).isEqualTo(IceStatus.NOT_SERVED);

        a.restart();
        b.restart();
        FullNode.introduce(a, b);
        world.run(3_000);
        assertThat(a.agent.state()).isEqualTo(IceState.COMPLETED);
    }

    @Test
    void theLossOfHalfOfTheRequestsEndsNothing() {
        for (int i = 0; i < 20; i++) {
            b.deaf = i % 2 == 0;
            world.run(12_000);
        }
        assertThat(a.expirations).isZero();
    }

    @Test
    void anAuthenticForbiddenEndsItAtOnce() {
        ByteBuf asked = nextConsentRequest();
        IceWorld.inject(a, 0, b.sockets().getFirst(), answer(asked, b, StunError.FORBIDDEN));
        assertThat(a.expirations).isEqualTo(1);
        assertThat(a.agent.state()).isEqualTo(IceState.FAILED);
    }

    @Test
    void aForgedForbiddenEndsNothing() {
        ByteBuf asked = nextConsentRequest();
        ByteBuf forged = Unpooled.buffer();
        StunWriter.begin(
                        forged,
                        StunClass.ERROR_RESPONSE,
                        StunMessage.BINDING,
                        parse(asked).transactionId())
                .errorCode(StunError.FORBIDDEN)
                .messageIntegrity(StunIntegrity.ofPassword("not the password of the peer"))
                .fingerprint();
        IceWorld.inject(a, 0, b.sockets().getFirst(), forged);
        assertThat(a.statuses.getLast()).isEqualTo(IceStatus.BAD_INTEGRITY);
        assertThat(a.expirations).isZero();
    }

    @Test
    void consentOfThePathInUseGoesOnDuringARestart() {
        a.startData();
        a.restart();
        b.deaf = true;
        world.run(31_000);
        assertThat(a.agent.path()).isNull();
        assertThat(a.expirations).isZero();

        b.deaf = false;
        b.restart();
        FullNode.introduce(a, b);
        world.run(3_000);
        assertThat(a.agent.state()).isEqualTo(IceState.COMPLETED);
    }

    private ByteBuf nextConsentRequest() {
        b.deaf = true;
        int before = a.sentStun.size();
        while (a.sentStun.size() == before || !parse(a.sentStun.getLast()).isBindingRequest()) {
            world.run(10);
        }
        return a.sentStun.getLast();
    }

    private static ByteBuf lastRequest(FullNode node) {
        return node.sentStun.reversed().stream()
                .filter(sent -> parse(sent).isBindingRequest())
                .findFirst()
                .orElseThrow();
    }

    private static ByteBuf answer(
            ByteBuf request, FullNode from, @org.jspecify.annotations.Nullable StunError error) {
        ByteBuf answer = Unpooled.buffer();
        StunWriter writer =
                StunWriter.begin(
                        answer,
                        error == null ? StunClass.SUCCESS_RESPONSE : StunClass.ERROR_RESPONSE,
                        StunMessage.BINDING,
                        parse(request).transactionId());
        if (error == null) {
            writer.xorMappedAddress(from.sockets().getFirst());
        } else {
            writer.errorCode(error);
        }
        writer.messageIntegrity(StunIntegrity.ofPassword(from.agent.localCredentials().password()))
                .fingerprint();
        return answer;
    }

    private static StunMessage parse(ByteBuf bytes) {
        var message = new StunMessage();
        assertThat(message.wrap(bytes)).isTrue();
        return message;
    }
}
