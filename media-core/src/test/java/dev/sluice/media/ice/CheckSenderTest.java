package dev.sluice.media.ice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.time.Deadline;

import io.netty.buffer.UnpooledByteBufAllocator;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.InetSocketAddress;
import java.util.Random;

/** RFC 8445, sections 6.1.4.2 and 14. */
class CheckSenderTest {

    private static final long MILLI = 1_000_000L;
    private static final NetworkPath CONNECTION =
            NetworkPath.ofConnection(3, new InetSocketAddress("203.0.113.1", 443));

    private final CheckCredentials credentials =
            new CheckCredentials(new IceCredentials("ours", "ourPasswordOurPasswordOur"));
    private final AgentRole role = new AgentRole(IceRole.CONTROLLING, new Random(1));
    private final CheckList list = new CheckList();
    private final RecordingIceSink out = new RecordingIceSink();
    private final CheckSender sender =
            new CheckSender(
                    credentials,
                    role,
                    list,
                    new ChecksInFlight(),
                    UnpooledByteBufAllocator.DEFAULT,
                    new Random(2));

    @AfterEach
    void release() {
        out.release();
    }

    private CandidatePair pair(int port) {
        LocalCandidate own =
                LocalCandidate.host(0, new InetSocketAddress("192.0.2.1", 5_000), 65_535);
        return add(own, new InetSocketAddress("203.0.113.1", port), CandidateTransport.UDP);
    }

    private CandidatePair add(
            LocalCandidate own, InetSocketAddress theirs, CandidateTransport transport) {
        var remote =
                new RemoteCandidate(
                        CandidateType.HOST, transport, theirs, 1, "of " + theirs.getPort());
        CandidatePair pair = CandidatePair.of(own, remote);
        assertThat(list.add(pair, role.current())).isTrue();
        return pair;
    }

    private void start() {
        credentials.onRemote(new IceCredentials("they", "theirPasswordTheirPasswor"));
        sender.start(0);
    }

    @Test
    void sendsNothingBeforeThePeersCredentialsAreHere() {
        pair(1);
        sender.beginNext(0, out);
        assertThat(out.sent).isEmpty();
        assertThat(sender.nextDeadlineNanos()).isEqualTo(Deadline.NEVER);
    }

    @Test
    void beginsOneCheckEachTa() {
        pair(1);
        pair(2);
        start();
        sender.beginNext(0, out);
        sender.beginNext(0, out);
        assertThat(out.sent).hasSize(1);
        assertThat(sender.nextDeadlineNanos()).isEqualTo(IcePacing.TA_NANOS);
        sender.beginNext(IcePacing.TA_NANOS - 1, out);
        assertThat(out.sent).hasSize(1);
        sender.beginNext(IcePacing.TA_NANOS, out);
        assertThat(out.sent).hasSize(2);
    }

    /** Section 14.3: all pairs that may still be checked count. */
    @Test
    void theMoreThereIsToCheckTheLaterACheckIsRepeated() {
        for (int i = 0; i < 20; i++) {
            pair(1 + i);
        }
        start();
        sender.beginNext(0, out);
        sender.repeat(999 * MILLI, out);
        assertThat(out.sent).hasSize(1);
        sender.repeat(1_000 * MILLI, out);
        assertThat(out.sent).hasSize(2);
        assertThat(out.sent.getLast()).isEqualTo(out.sent.getFirst());
    }

    @Test
    void tellsOfThePairThatDidNotAnswerSevenRequests() {
        CandidatePair pair = pair(1);
        start();
        sender.beginNext(0, out);
        CandidatePair failed = null;
        while (failed == null) {
            failed = sender.repeat(sender.nextDeadlineNanos(), out);
        }
        assertThat(failed).isSameAs(pair);
        assertThat(out.sent).hasSize(ConnectivityCheck.MAX_SENDS);
        assertThat(sender.nextDeadlineNanos()).isEqualTo(Deadline.NEVER);
    }

    @Test
    void aCheckOverTcpWaitsForItsConnection() {
        LocalCandidate opens =
                LocalCandidate.tcpHost(
                        CandidateTransport.TCP_ACTIVE,
                        new InetSocketAddress("192.0.2.1", 9),
                        8_191);
        add(opens, CONNECTION.remote(), CandidateTransport.TCP_PASSIVE);
        start();
        sender.beginNext(0, out);
        assertThat(out.events).containsExactly("connect 443");
        assertThat(out.sent).isEmpty();

        sender.onTcpConnected(CONNECTION, MILLI, out);
        sender.onTcpConnected(CONNECTION, MILLI, out);
        assertThat(out.sent).hasSize(1);
    }

    @Test
    void nothingIsRepeatedAfterTheEnd() {
        pair(1);
        pair(2);
        start();
        sender.beginNext(0, out);
        sender.stop();
        assertThat(sender.nextDeadlineNanos()).isEqualTo(Deadline.NEVER);
        assertThat(sender.repeat(60_000 * MILLI, out)).isNull();
        sender.beginNext(60_000 * MILLI, out);
        assertThat(out.sent).hasSize(1);
    }
}
