package dev.sluice.media.ice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.stun.StunClass;
import dev.sluice.media.stun.StunMessage;
import dev.sluice.media.stun.StunWriter;
import dev.sluice.media.time.Deadline;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;

import org.junit.jupiter.api.Test;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;

class ServerReflexiveGatheringTest {

    private static final long MILLI = 1_000_000L;
    private static final long START = -7_000 * MILLI;
    private static final InetSocketAddress SERVER = new InetSocketAddress("192.0.2.250", 3_478);
    private static final InetSocketAddress MAPPED = new InetSocketAddress("198.51.100.1", 7_000);

    private final List<LocalCandidate> hosts =
            List.of(
                    LocalCandidate.host(0, new InetSocketAddress("10.0.0.1", 5_000), 2),
                    LocalCandidate.host(1, new InetSocketAddress("10.0.1.1", 5_000), 1),
                    LocalCandidate.host(2, new InetSocketAddress("2001:db8::1", 5_000), 3));
    private final List<ByteBuf> sent = new ArrayList<>();
    private final List<NetworkPath> sentTo = new ArrayList<>();
    private final List<Long> sentAt = new ArrayList<>();
    private final ServerReflexiveGathering gathering =
            new ServerReflexiveGathering(
                    hosts, List.of(SERVER), UnpooledByteBufAllocator.DEFAULT, new Random(1), START);

    private void runUntil(long endNanos) {
        for (long next = gathering.nextDeadlineNanos();
                next <= endNanos;
                next = gathering.nextDeadlineNanos()) {
            long now = next;
            gathering.onDeadline(
                    now,
                    (request, path) -> {
                        sent.add(Unpooled.copiedBuffer(request));
                        sentTo.add(path);
                        sentAt.add((now - START) / MILLI);
                        request.release();
                    });
        }
    }

    @Test
    void asksFromEachSocketOfTheFamilyOneQuestionEachTa() {
        runUntil(START + 100 * MILLI);
        assertThat(sentTo).containsExactly(new NetworkPath(0, SERVER), new NetworkPath(1, SERVER));
        assertThat(sentAt).containsExactly(0L, 50L);
    }

    @Test
    void anAnswerMakesACandidate() {
        runUntil(START + 100 * MILLI);
        LocalCandidate found = Objects.requireNonNull(answer(0, MAPPED, sentTo.getFirst()));
        assertThat(found.type()).isEqualTo(CandidateType.SERVER_REFLEXIVE);
        assertThat(found.address()).isEqualTo(MAPPED);
        assertThat(found.base()).isEqualTo(hosts.getFirst().base());
        assertThat(gathering.isDone()).isFalse();
        assertThat(answer(0, MAPPED, sentTo.getFirst())).isNull();
        assertThat(answer(1, hosts.get(1).base(), sentTo.get(1))).as("no NAT").isNull();
        assertThat(gathering.isDone()).isTrue();
        assertThat(gathering.nextDeadlineNanos()).isEqualTo(Deadline.NEVER);
    }

    @Test
    void anAnswerOfSomebodyElseIsNone() {
        runUntil(START + 100 * MILLI);
        assertThat(answer(0, MAPPED, new NetworkPath(0, MAPPED))).isNull();
        assertThat(answer(1, MAPPED, sentTo.getFirst())).isNull();
        assertThat(gathering.isDone()).isFalse();
        assertThat(answer(0, MAPPED, sentTo.getFirst())).isNotNull();
    }

    @Test
    void asksSevenTimesAndGivesUp() {
        runUntil(START + 60_000 * MILLI);
        assertThat(gathering.isDone()).isTrue();
        assertThat(sent).hasSize(14);
        List<Long> first = new ArrayList<>();
        for (int i = 0; i < sent.size(); i++) {
            if (sentTo.get(i).socket() == 0) {
                first.add(sentAt.get(i));
            }
        }
        // RFC 8489, section 6.2.1.
        assertThat(first).containsExactly(0L, 500L, 1500L, 3500L, 7500L, 15500L, 31500L);
    }

    private @org.jspecify.annotations.Nullable LocalCandidate answer(
            int question, InetSocketAddress mapped, NetworkPath path) {
        var asked = new StunMessage();
        assertThat(asked.wrap(sent.get(question))).isTrue();
        ByteBuf answer = Unpooled.buffer();
        StunWriter.begin(
                        answer,
                        StunClass.SUCCESS_RESPONSE,
                        StunMessage.BINDING,
                        asked.transactionId())
                .xorMappedAddress(mapped)
                .fingerprint();
        var message = new StunMessage();
        assertThat(message.wrap(answer)).isTrue();
        return gathering.onStun(message, path);
    }
}
