package dev.sluice.media.ice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.stun.StunClass;
import dev.sluice.media.stun.StunIntegrity;
import dev.sluice.media.stun.StunMessage;
import dev.sluice.media.stun.StunWriter;
import dev.sluice.media.time.Deadline;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.UnaryOperator;

class IceLiteAgentTest {

    private static final long SECOND = 1_000_000_000L;
    private static final long CONSENT_TIMEOUT = 30 * SECOND;
    private static final IceCredentials LOCAL =
            new IceCredentials("localUfrag", "localPasswordlocalPassword");
    private static final IceCredentials REMOTE =
            new IceCredentials("remoteUfrag", "remotePasswordremotePass");
    private static final IceCredentials LOCAL_2 =
            new IceCredentials("localAgain", "anotherPasswordanotherPass");
    private static final IceCredentials REMOTE_2 =
            new IceCredentials("remoteAgain", "anotherPasswordanotherPas2");

    private final RecordingIceSink out = new RecordingIceSink();
    private final IceLiteAgent agent =
            new IceLiteAgent(LOCAL, REMOTE, CONSENT_TIMEOUT, UnpooledByteBufAllocator.DEFAULT, 0);

    @AfterEach
    void releaseAnswers() {
        out.release();
    }

    @Test
    void answersARightCheckWithTheAddressItCameFrom() {
        IceStatus status = check(path(5000), 0, writer -> writer);

        StunMessage answer = out.lastAnswer();
        assertThat(status).isEqualTo(IceStatus.ANSWERED);
        assertThat(answer.messageClass()).isEqualTo(StunClass.SUCCESS_RESPONSE);
        assertThat(answer.xorMappedAddress()).isEqualTo(path(5000).remote());
        assertThat(answer.transactionId()).isEqualTo(new byte[12]);
        assertThat(answer.hasFingerprint()).isTrue();
        assertThat(answer.verifyIntegrity(StunIntegrity.ofPassword(LOCAL.password()))).isTrue();
        assertThat(out.events).containsExactly("validated 5000");
        assertThat(agent.selected()).isNull();
    }

    @Test
    void selectsThePathThePeerNominates() {
        check(path(5000), 0, writer -> writer);
        nominate(path(5001), 1);

        assertThat(agent.selected()).isEqualTo(path(5001));
        assertThat(out.events).containsExactly("validated 5000", "validated 5001", "selected 5001");
    }

    @Test
    void tellsTheSamePortOnAnotherSocketApart() {
        check(path(5000), 0, writer -> writer);

        assertThat(agent.isValidated(path(5000))).isTrue();
        assertThat(agent.isValidated(new NetworkPath(1, path(5000).remote()))).isFalse();
    }

    @Test
    void keepsNoStateForAWrongPassword() {
        ByteBuf request = request(LOCAL, REMOTE, "wrongPasswordwrongPassword", writer -> writer);

        assertThat(receive(request, path(5000), 0)).isEqualTo(IceStatus.BAD_INTEGRITY);
        assertNothingHappened();
    }

    @Test
    void refusesAnotherUfragOnEitherSide() {
        var stranger = new IceCredentials("stranger", "strangerPasswordstranger");

        assertThat(
                        receive(
                                request(stranger, REMOTE, LOCAL.password(), writer -> writer),
                                path(5000),
                                0))
                .isEqualTo(IceStatus.WRONG_USERNAME);
        assertThat(
                        receive(
                                request(LOCAL, stranger, LOCAL.password(), writer -> writer),
                                path(5000),
                                0))
                .isEqualTo(IceStatus.WRONG_USERNAME);
        assertNothingHappened();
    }

    @Test
    void refusesACheckWithoutIntegrity() {
        ByteBuf request = Unpooled.buffer();
        StunWriter.begin(request, StunClass.REQUEST, StunMessage.BINDING, new byte[12])
                .username("localUfrag:remoteUfrag")
                .priority(1)
                .fingerprint();

        assertThat(receive(request, path(5000), 0)).isEqualTo(IceStatus.BAD_INTEGRITY);
        assertNothingHappened();
    }

    @Test
    void ignoresIndicationsAndResponses() {
        for (StunClass messageClass :
                new StunClass[] {
                    StunClass.INDICATION, StunClass.SUCCESS_RESPONSE, StunClass.ERROR_RESPONSE
                }) {
            ByteBuf message = Unpooled.buffer();
            StunWriter.begin(message, messageClass, StunMessage.BINDING, new byte[12])
                    .fingerprint();
            assertThat(receive(message, path(5000), 0)).isEqualTo(IceStatus.NOT_A_REQUEST);
        }
        assertNothingHappened();
    }

    @Test
    void answersAPeerThatSaysItIsControlledWithARoleConflict() {
        ByteBuf request = Unpooled.buffer();
        StunWriter.begin(request, StunClass.REQUEST, StunMessage.BINDING, new byte[12])
                .username("localUfrag:remoteUfrag")
                .priority(1)
                .iceControlled(99)
                .messageIntegrity(StunIntegrity.ofPassword(LOCAL.password()))
                .fingerprint();

        assertThat(receive(request, path(5000), 0)).isEqualTo(IceStatus.ROLE_CONFLICT);
        assertThat(out.lastAnswer().errorCode()).isEqualTo(487);
        assertThat(agent.isValidated(path(5000))).isFalse();
    }

    @Test
    void answersAnUnknownRequiredAttributeWith420() {
        IceStatus status = check(path(5000), 0, writer -> writer.text(0x0033, "what is this"));

        assertThat(status).isEqualTo(IceStatus.UNKNOWN_ATTRIBUTE);
        assertThat(out.lastAnswer().errorCode()).isEqualTo(420);
        assertThat(agent.isValidated(path(5000))).isFalse();
    }

    @Test
    void neverAnswersWithMoreThanOneAndAHalfTimesTheRequest() {
        check(path(5000), 0, writer -> writer);
        check(new NetworkPath(0, new InetSocketAddress("2001:db8::1", 5000)), 0, writer -> writer);
        check(path(5000), 0, writer -> writer.text(0x0033, "?"));

        int smallest = request(LOCAL, REMOTE, LOCAL.password(), writer -> writer).readableBytes();
        assertThat(out.sent)
                .hasSize(3)
                .allSatisfy(
                        answer ->
                                assertThat(answer.readableBytes() * 2)
                                        .isLessThanOrEqualTo(smallest * 3));
    }

    @Test
    void evenTheSmallestRequestsGetNoLargerAnswer() {
        var local = new IceCredentials("aaaa", "localPasswordlocalPassword");
        var remote = new IceCredentials("bbbb", "remotePasswordremotePass");
        var small =
                new IceLiteAgent(
                        local, remote, CONSENT_TIMEOUT, UnpooledByteBufAllocator.DEFAULT, 0);
        var from = new NetworkPath(0, new InetSocketAddress("2001:db8::1", 5000));
        List<UnaryOperator<StunWriter>> contents =
                List.of(
                        writer -> writer.priority(1),
                        writer -> writer.iceControlled(1),
                        writer -> writer.text(0x0033, ""));

        for (UnaryOperator<StunWriter> content : contents) {
            ByteBuf request = Unpooled.buffer();
            content.apply(
                            StunWriter.begin(
                                            request,
                                            StunClass.REQUEST,
                                            StunMessage.BINDING,
                                            new byte[12])
                                    .username("aaaa:bbbb"))
                    .messageIntegrity(StunIntegrity.ofPassword(local.password()));
            var message = new StunMessage();
            assertThat(message.wrap(request)).isTrue();
            small.onStun(message, from, 0, out);
            assertThat(out.sent.getLast().readableBytes() * 2)
                    .isLessThanOrEqualTo(request.readableBytes() * 3);
        }
        assertThat(out.sent).hasSize(3);
    }

    /** ffmpeg 8.0 sends such, and a lite agent has nothing to weigh by it. */
    @Test
    void answersACheckWithoutPriority() {
        ByteBuf request = Unpooled.buffer();
        StunWriter.begin(request, StunClass.REQUEST, StunMessage.BINDING, new byte[12])
                .username("localUfrag:remoteUfrag")
                .messageIntegrity(StunIntegrity.ofPassword(LOCAL.password()))
                .fingerprint();

        assertThat(receive(request, path(5000), 0)).isEqualTo(IceStatus.ANSWERED);
    }

    @Test
    void expiresConsentOnceWhenThePeerFallsSilent() {
        nominate(path(5000), 10 * SECOND);
        agent.onDeadline(39 * SECOND, out);
        assertThat(out.events).doesNotContain("consent expired");
        assertThat(agent.nextDeadlineNanos()).isEqualTo(40 * SECOND);

        agent.onDeadline(40 * SECOND, out);
        agent.onDeadline(41 * SECOND, out);

        assertThat(out.events)
                .endsWith("retired 5000", "consent expired")
                .containsOnlyOnce("consent expired");
        assertThat(agent.nextDeadlineNanos()).isEqualTo(Deadline.NEVER);
        assertThat(agent.selected()).isNull();
    }

    @Test
    void expiresAPeerThatNeverCame() {
        agent.onDeadline(CONSENT_TIMEOUT, out);

        assertThat(out.events).containsExactly("consent expired");
    }

    @Test
    void mediaRenewsConsentOnAPathThatWasCheckedOnly() {
        nominate(path(5000), 10 * SECOND);
        agent.onAuthenticMedia(path(5000), 35 * SECOND);
        assertThat(agent.nextDeadlineNanos()).isEqualTo(65 * SECOND);
        assertThat(agent.isFresh(path(5000), 64 * SECOND)).isTrue();

        agent.onAuthenticMedia(path(5001), 50 * SECOND);
        assertThat(agent.nextDeadlineNanos()).isEqualTo(65 * SECOND);
    }

    @Test
    void aCheckOfAStrangerDoesNotRenewConsent() {
        receive(
                request(LOCAL, REMOTE, "wrongPasswordwrongPassword", writer -> writer),
                path(5000),
                20 * SECOND);

        assertThat(agent.nextDeadlineNanos()).isEqualTo(CONSENT_TIMEOUT);
    }

    @Test
    void capsThePathsAndKeepsTheSelectedOne() {
        nominate(path(5000), 0);
        for (int i = 1; i < 40; i++) {
            check(path(5000 + i), i, writer -> writer);
        }

        assertThat(agent.isValidated(path(5000))).isTrue();
        assertThat(agent.isValidated(path(5001))).isFalse();
        assertThat(agent.isValidated(path(5039))).isTrue();
        assertThat(
                        out.events.stream().filter(event -> event.startsWith("validated")).count()
                                - out.events.stream()
                                        .filter(event -> event.startsWith("retired"))
                                        .count())
                .isEqualTo(ValidatedPaths.MAX_PATHS);
    }

    @Test
    void followsThePeerToAnotherNominatedPathWhenTheSelectedOneIsSilent() {
        nominate(path(5000), 0);
        nominate(path(5001), 0);
        check(path(5000), 5 * SECOND, writer -> writer);
        assertThat(agent.selected()).isEqualTo(path(5001));

        check(path(5000), 10 * SECOND, writer -> writer);

        assertThat(agent.selected()).isEqualTo(path(5000));
    }

    @Test
    void aRestartKeepsTheOldPathUntilANewOneIsNominated() {
        nominate(path(5000), 0);
        agent.restart(LOCAL_2, REMOTE_2, out);

        assertThat(nominate(path(5000), SECOND)).isEqualTo(IceStatus.ANSWERED);
        receive(
                request(LOCAL_2, REMOTE_2, LOCAL_2.password(), writer -> writer),
                path(6000),
                2 * SECOND);
        assertThat(agent.selected()).isEqualTo(path(5000));

        receive(
                request(LOCAL_2, REMOTE_2, LOCAL_2.password(), StunWriter::useCandidate),
                path(6000),
                3 * SECOND);
        assertThat(agent.selected()).isEqualTo(path(6000));
        assertThat(out.events)
                .endsWith(
                        "validated 6000",
                        "selected 6000",
                        "ufrag retired localUfrag",
                        "retired 5000");
        assertThat(check(path(5000), 4 * SECOND, writer -> writer))
                .isEqualTo(IceStatus.WRONG_USERNAME);
    }

    @Test
    void aRestartOnTheSameSocketKeepsThePath() {
        nominate(path(5000), 0);
        agent.restart(LOCAL_2, REMOTE_2, out);
        receive(
                request(LOCAL_2, REMOTE_2, LOCAL_2.password(), writer -> writer),
                path(5000),
                SECOND);
        check(path(5000), SECOND, writer -> writer);
        receive(
                request(LOCAL_2, REMOTE_2, LOCAL_2.password(), StunWriter::useCandidate),
                path(5000),
                SECOND);

        assertThat(agent.isValidated(path(5000))).isTrue();
        assertThat(agent.selected()).isEqualTo(path(5000));
        assertThat(out.events)
                .containsExactly("validated 5000", "selected 5000", "ufrag retired localUfrag");
    }

    @Test
    void aSecondRestartRetiresTheOneThatNeverCompleted() {
        nominate(path(5000), 0);
        agent.restart(LOCAL_2, REMOTE_2, out);
        agent.restart(new IceCredentials("thirdLocal", LOCAL_2.password()), REMOTE_2, out);

        assertThat(out.events).endsWith("ufrag retired localAgain");
        assertThat(check(path(5000), SECOND, writer -> writer)).isEqualTo(IceStatus.ANSWERED);
    }

    private IceStatus check(NetworkPath path, long nowNanos, UnaryOperator<StunWriter> more) {
        return receive(request(LOCAL, REMOTE, LOCAL.password(), more), path, nowNanos);
    }

    private IceStatus nominate(NetworkPath path, long nowNanos) {
        return check(path, nowNanos, StunWriter::useCandidate);
    }

    private IceStatus receive(ByteBuf request, NetworkPath path, long nowNanos) {
        var message = new StunMessage();
        assertThat(message.wrap(request)).isTrue();
        return agent.onStun(message, path, nowNanos, out);
    }

    private void assertNothingHappened() {
        assertThat(out.sent).isEmpty();
        assertThat(out.events).isEmpty();
        assertThat(agent.isValidated(path(5000))).isFalse();
        assertThat(agent.nextDeadlineNanos()).isEqualTo(CONSENT_TIMEOUT);
    }

    private static ByteBuf request(
            IceCredentials to,
            IceCredentials from,
            String password,
            UnaryOperator<StunWriter> more) {
        ByteBuf request = Unpooled.buffer();
        var writer =
                StunWriter.begin(request, StunClass.REQUEST, StunMessage.BINDING, new byte[12])
                        .username(to.ufrag() + ":" + from.ufrag())
                        .priority(0x6E00_00FFL)
                        .iceControlling(1);
        more.apply(writer).messageIntegrity(StunIntegrity.ofPassword(password)).fingerprint();
        return request;
    }

    private static NetworkPath path(int port) {
        return new NetworkPath(0, new InetSocketAddress("192.0.2.7", port));
    }
}
