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
import io.netty.buffer.UnpooledByteBufAllocator;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.Random;

/** RFC 7675, section 5.1. */
class ConsentFreshnessTest {

    private static final long SECOND = 1_000_000_000L;
    private static final String THEIR_PASSWORD = "theirPasswordTheirPasswor";

    private final CheckCredentials credentials =
            new CheckCredentials(new IceCredentials("ours", "ourPasswordOurPasswordOur"));
    private final RecordingIceSink out = new RecordingIceSink();
    private final CandidatePair pair = pair(7_000);
    private final NetworkPath path = Objects.requireNonNull(pair.path());
    private final ConsentFreshness consent =
            new ConsentFreshness(
                    new AgentRole(IceRole.CONTROLLING, new Random(1)),
                    UnpooledByteBufAllocator.DEFAULT,
                    new Random(2));

    private static CandidatePair pair(int port) {
        var remote =
                new RemoteCandidate(
                        CandidateType.HOST,
                        CandidateTransport.UDP,
                        new InetSocketAddress("203.0.113.1", port),
                        1,
                        "1");
        var own = new InetSocketAddress("192.0.2.1", 5_000);
        return CandidatePair.of(LocalCandidate.host(0, own, 65_535), remote);
    }

    @BeforeEach
    void watch() {
        credentials.onRemote(new IceCredentials("they", THEIR_PASSWORD));
        pair.onSuccess(SECOND);
        consent.watch(pair, credentials, 2 * SECOND);
    }

    @AfterEach
    void release() {
        out.release();
    }

    @Test
    void consentCountsFromTheCheckThatHasGivenIt() {
        assertThat(consent.isExpired(31 * SECOND - 1)).isFalse();
        assertThat(consent.isExpired(31 * SECOND)).isTrue();
    }

    @Test
    void anAnswerGivesItForThirtySecondsMore() {
        byte[] asked = ask();
        assertThat(answer(asked, null, path)).isEqualTo(IceStatus.RESPONSE);
        assertThat(consent.isExpired(40 * SECOND - 1)).isFalse();
        assertThat(consent.isExpired(40 * SECOND)).isTrue();
        assertThat(answer(asked, null, path)).isEqualTo(IceStatus.UNKNOWN_TRANSACTION);
    }

    @Test
    void anAnswerFromElsewhereGivesNone() {
        var elsewhere = new NetworkPath(1, path.remote());
        assertThat(answer(ask(), null, elsewhere)).isEqualTo(IceStatus.NOT_SYMMETRIC);
        assertThat(consent.isExpired(31 * SECOND)).isTrue();
    }

    @Test
    void aForbiddenTakesItBackAndOtherErrorsDoNot() {
        byte[] asked = ask();
        answer(asked, StunError.ROLE_CONFLICT, path);
        assertThat(consent.isRevoked()).isFalse();
        answer(asked, StunError.FORBIDDEN, path);
        assertThat(consent.isRevoked()).isTrue();

        consent.watch(pair(7_001), credentials, 10 * SECOND);
        assertThat(consent.isRevoked()).isFalse();
    }

    @Test
    void whatWasAskedOfAnotherPathCountsNoMore() {
        byte[] asked = ask();
        consent.watch(pair(7_001), credentials, 10 * SECOND);
        assertThat(answer(asked, null, path)).isEqualTo(IceStatus.UNKNOWN_TRANSACTION);
    }

    @Test
    void whatIsNotWatchedIsNotAskedOf() {
        consent.stop();
        assertThat(consent.nextDeadlineNanos()).isEqualTo(Deadline.NEVER);
        consent.askIfDue(100 * SECOND, out);
        assertThat(out.sent).isEmpty();
        assertThat(consent.isExpired(100 * SECOND)).isFalse();
    }

    /** The transaction id of a request at the time of ten seconds. */
    private byte[] ask() {
        consent.askIfDue(10 * SECOND, out);
        return out.lastAnswer().transactionId();
    }

    private IceStatus answer(byte[] transactionId, @Nullable StunError error, NetworkPath from) {
        ByteBuf answer = Unpooled.buffer();
        StunClass answerClass =
                error == null ? StunClass.SUCCESS_RESPONSE : StunClass.ERROR_RESPONSE;
        StunWriter writer =
                StunWriter.begin(answer, answerClass, StunMessage.BINDING, transactionId);
        if (error != null) {
            writer.errorCode(error);
        }
        writer.messageIntegrity(StunIntegrity.ofPassword(THEIR_PASSWORD)).fingerprint();
        var message = new StunMessage();
        assertThat(message.wrap(answer)).isTrue();
        return consent.onResponse(message, from, 10 * SECOND);
    }
}
