package dev.sluice.srtp.dtls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.media.time.Deadline;
import dev.sluice.srtp.keys.KeyingMaterial;
import dev.sluice.srtp.keys.SrtpProfile;

import io.netty.buffer.Unpooled;

import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsExtensionsUtils;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsServerCertificate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.time.Duration;
import java.util.Hashtable;
import java.util.List;
import java.util.Objects;
import java.util.Random;

class DtlsEndpointTest {

    private static final long SECOND = 1_000_000_000;

    @Test
    void bothSidesGetTheSameKeysCrosswise() {
        DtlsLink link = new DtlsLink();
        link.drive();

        assertConnected(link, SrtpProfile.AEAD_AES_128_GCM);
        assertThat(link.nowNanos).isLessThan(SECOND / 10);
    }

    @Test
    void flightsTravelInFewDatagrams() {
        DtlsLink link = new DtlsLink();
        link.drive();

        // Four flights; each of their thirteen records could have been a datagram.
        assertThat(link.sentDatagrams).isLessThan(8);
    }

    @ParameterizedTest
    @EnumSource(names = "AES_256_.*", mode = EnumSource.Mode.MATCH_NONE)
    void anySingleProfileCanBeAgreedOn(SrtpProfile profile) {
        DtlsLink link = linkWith(List.of(profile), List.of(SrtpProfile.values()));
        link.drive();

        assertConnected(link, profile);
    }

    @Test
    void theServersOrderOfProfilesDecides() {
        DtlsLink link =
                linkWith(
                        List.of(SrtpProfile.AES_CM_128_HMAC_SHA1_80, SrtpProfile.AEAD_AES_256_GCM),
                        DtlsLink.PROFILES);
        link.drive();

        assertConnected(link, SrtpProfile.AEAD_AES_256_GCM);
    }

    @Test
    void withoutACommonProfileBothSidesFail() {
        DtlsLink link =
                linkWith(
                        List.of(SrtpProfile.AES_CM_128_HMAC_SHA1_32),
                        List.of(SrtpProfile.AEAD_AES_128_GCM));
        link.drive();

        assertThat(link.serverOutput.events).containsExactly("failed NO_COMMON_PROFILE");
        assertThat(link.clientOutput.events).containsExactly("failed REFUSED_BY_PEER");
        assertEnded(link);
    }

    @Test
    void aClientWithAnotherCertificateIsRefused() {
        DtlsLink link =
                new DtlsLink(
                        DtlsLink.PROFILES,
                        DtlsLink.PROFILES,
                        DtlsLink.identity().fingerprint(),
                        DtlsLink.SERVER.fingerprint());
        link.drive();

        assertThat(link.serverOutput.events).containsExactly("failed PEER_NOT_AUTHENTICATED");
        assertThat(link.clientOutput.events).containsExactly("failed REFUSED_BY_PEER");
        assertEnded(link);
    }

    @Test
    void aServerWithAnotherCertificateIsRefused() {
        DtlsLink link =
                new DtlsLink(
                        DtlsLink.PROFILES,
                        DtlsLink.PROFILES,
                        DtlsLink.CLIENT.fingerprint(),
                        DtlsLink.identity().fingerprint());
        link.drive();

        assertThat(link.clientOutput.events).containsExactly("failed PEER_NOT_AUTHENTICATED");
        assertThat(link.serverOutput.events).containsExactly("failed REFUSED_BY_PEER");
        assertEnded(link);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void theLossOfAnyOneDatagramIsRepaired(int lost) {
        DtlsLink link = new DtlsLink();
        link.isLost = number -> number == lost;
        link.drive();

        assertConnected(link, SrtpProfile.AEAD_AES_128_GCM);
        assertThat(link.nowNanos).isLessThan(SECOND);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aQuarterOfAllDatagramsMayBeLost(long seed) {
        Random random = new Random(seed);
        DtlsLink link = new DtlsLink();
        link.isLost = number -> random.nextInt(4) == 0;
        link.drive();

        assertConnected(link, SrtpProfile.AEAD_AES_128_GCM);
    }

    @Test
    void retransmissionsBackOff() {
        DtlsLink link = new DtlsLink();
        link.isLost = number -> true;
        link.drive(2 * SECOND);

        // The ClientHello at 0, and again after 100, 300, 700 and 1,500 ms.
        assertThat(link.sentDatagrams).isBetween(4, 7);
        link.client.close(link.nowNanos);
        link.server.close(link.nowNanos);
        link.awaitIdle();
    }

    @Test
    void aHandshakeWithoutAnAnswerTimesOut() {
        DtlsLink link = new DtlsLink();
        link.awaitIdle();
        link.client.onDeadline(DtlsEndpoint.HANDSHAKE_TIMEOUT_NANOS);
        assertThat(link.client.awaitIdle(Duration.ofSeconds(20))).isTrue();

        assertThat(link.clientOutput.events).containsExactly("failed TIMED_OUT");
        assertThat(link.client.isEnded()).isTrue();
        assertThat(link.server.nextDeadlineNanos()).isEqualTo(Deadline.NEVER);
        link.server.close(0);
        link.awaitIdle();
        assertThat(link.serverOutput.events).containsExactly("failed CLOSED");
    }

    @Test
    void aHandshakeHasTheTimeThatItsOwnerGivesIt() {
        var output = new RecordedOutput();
        DtlsEndpoint client = client(output, 15 * SECOND);
        client.onDeadline(15 * SECOND - 1);
        assertThat(client.awaitIdle(Duration.ofSeconds(20))).isTrue();
        assertThat(output.events).isEmpty();

        client.onDeadline(15 * SECOND);
        assertThat(client.awaitIdle(Duration.ofSeconds(20))).isTrue();
        assertThat(output.events).containsExactly("failed TIMED_OUT");
    }

    @Test
    void noHandshakeHasMoreTimeThanTheLibraryWaits() {
        var output = new RecordedOutput();
        for (long nanos : new long[] {-1, 0, 60 * SECOND + 1}) {
            assertThatThrownBy(() -> client(output, nanos))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(Long.toString(nanos));
        }
    }

    private static DtlsEndpoint client(RecordedOutput output, long handshakeTimeoutNanos) {
        return DtlsEndpoint.client(
                DtlsLink.CLIENT,
                DtlsLink.SERVER.fingerprint(),
                DtlsLink.PROFILES,
                handshakeTimeoutNanos,
                output,
                0);
    }

    @Test
    void aPeersCloseNotifyIsSeen() {
        DtlsLink link = new DtlsLink();
        link.drive();
        link.client.close(link.nowNanos);
        link.drive();

        assertThat(link.serverOutput.events).containsExactly("connected", "closed");
        assertThat(link.serverOutput.detail).isEqualTo("close_notify");
        assertThat(link.clientOutput.events).containsExactly("connected");
        assertEnded(link);
    }

    @Test
    void aServersCloseNotifyIsSeenAndClosingAgainSaysNothing() {
        DtlsLink link = new DtlsLink();
        link.drive();
        link.server.close(link.nowNanos);
        link.server.close(link.nowNanos);
        link.drive();
        int sent = link.sentDatagrams;
        link.server.close(link.nowNanos);
        link.client.close(link.nowNanos);
        link.drive();

        assertThat(link.clientOutput.events).containsExactly("connected", "closed");
        assertThat(link.serverOutput.events).containsExactly("connected");
        assertThat(link.sentDatagrams).isEqualTo(sent);
        assertEnded(link);
    }

    @Test
    void bothMayCloseAtOnce() {
        DtlsLink link = new DtlsLink();
        link.drive();
        link.server.close(link.nowNanos);
        link.client.close(link.nowNanos);
        link.drive();

        assertThat(link.clientOutput.events).containsExactly("connected");
        assertThat(link.serverOutput.events).containsExactly("connected");
        assertEnded(link);
    }

    @Test
    void aFatalAlertEndsTheAssociationAndIsNamed() {
        DtlsLink link = linkThatDoesAfterwards(DtlsEndpointTest::sendTooMuch);
        link.drive();

        assertThat(link.serverOutput.events).containsExactly("connected", "closed");
        assertThat(link.serverOutput.detail).contains("internal_error");
        link.client.close(link.nowNanos);
        assertEnded(link);
    }

    /** More than a record holds, at which BouncyCastle gives up with a fatal alert. */
    private static void sendTooMuch(DTLSTransport established) throws IOException {
        byte[] tooMuch = new byte[1 << 15];
        assertThatExceptionOfType(TlsFatalAlert.class)
                .isThrownBy(() -> established.send(tooMuch, 0, tooMuch.length));
    }

    @Test
    void applicationDataIsCountedAndDropped() {
        byte[] data = {1, 2, 3};
        DtlsLink link =
                linkThatDoesAfterwards(
                        established -> {
                            for (int i = 0; i < 5; i++) {
                                established.send(data, 0, data.length);
                            }
                        });
        link.drive();

        assertThat(link.server.applicationRecords()).isEqualTo(5);
        assertThat(link.serverOutput.events).containsExactly("connected");
        link.client.close(link.nowNanos);
        link.server.close(link.nowNanos);
        assertEnded(link);
    }

    private interface Afterwards {

        void use(DTLSTransport established) throws IOException;
    }

    private static DtlsLink linkThatDoesAfterwards(Afterwards afterwards) {
        DtlsNegotiation negotiation = TestHello.negotiation();
        return new DtlsLink(
                new DtlsClientRole(negotiation) {
                    @Override
                    public DTLSTransport handshake(MailboxTransport transport) throws IOException {
                        DTLSTransport established = super.handshake(transport);
                        afterwards.use(established);
                        return established;
                    }
                },
                negotiation);
    }

    @Test
    void aServerThatKnowsNoCipherSuiteOfOursRefuses() {
        DtlsNegotiation negotiation = TestHello.negotiation();
        DtlsLink link =
                new DtlsLink(
                        new DtlsClientRole(negotiation) {
                            @Override
                            protected int[] getSupportedCipherSuites() {
                                return new int[] {CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA};
                            }
                        },
                        negotiation);
        link.drive();

        assertThat(link.serverOutput.events).containsExactly("failed PROTOCOL_ERROR");
        assertThat(link.clientOutput.events).containsExactly("failed REFUSED_BY_PEER");
        assertThat(link.clientOutput.detail).contains("handshake_failure");
        assertEnded(link);
    }

    /** RFC 7627 section 5.1: without it the exported keys could be those of two handshakes. */
    @Test
    void aPeerWithoutExtendedMasterSecretIsRefused() {
        DtlsNegotiation negotiation = TestHello.negotiation();
        DtlsLink link =
                new DtlsLink(
                        new DtlsClientRole(negotiation) {
                            @Override
                            public boolean requiresExtendedMasterSecret() {
                                return false;
                            }

                            @Override
                            public boolean shouldUseExtendedMasterSecret() {
                                return false;
                            }
                        },
                        negotiation);
        link.drive();

        assertThat(link.serverOutput.events).containsExactly("failed PROTOCOL_ERROR");
        assertEnded(link);
    }

    @Test
    void aClientWithoutACertificateIsRefused() {
        DtlsNegotiation negotiation = TestHello.negotiation();
        DtlsLink link =
                new DtlsLink(
                        new DtlsClientRole(negotiation) {
                            @Override
                            public TlsAuthentication getAuthentication() {
                                TlsAuthentication usual = super.getAuthentication();
                                return new TlsAuthentication() {
                                    @Override
                                    public void notifyServerCertificate(
                                            TlsServerCertificate certificate) throws IOException {
                                        usual.notifyServerCertificate(certificate);
                                    }

                                    @Override
                                    public @Nullable TlsCredentials getClientCredentials(
                                            CertificateRequest request) {
                                        return null;
                                    }
                                };
                            }
                        },
                        negotiation);
        link.drive();

        assertThat(link.serverOutput.events).containsExactly("failed PEER_NOT_AUTHENTICATED");
        assertThat(link.serverOutput.detail).contains("no certificate");
        assertEnded(link);
    }

    @Test
    void anEstablishedAssociationWaitsForNothingAndHoldsItsThread() {
        DtlsLink link = new DtlsLink();
        link.drive();

        assertThat(link.server.nextDeadlineNanos()).isEqualTo(Deadline.NEVER);
        assertThat(link.server.isEnded()).isFalse();
        assertThat(link.server.thread().isAlive()).isTrue();
    }

    @Test
    void closingMidHandshakeFailsItAndTellsThePeer() {
        DtlsLink link = new DtlsLink();
        link.awaitIdle();
        byte[] clientHello = Objects.requireNonNull(link.clientOutput.datagrams.poll());
        link.server.onDatagram(Unpooled.wrappedBuffer(clientHello), 1);
        link.awaitIdle();
        link.server.close(2);
        link.drive();

        assertThat(link.serverOutput.events).containsExactly("failed CLOSED");
        assertThat(link.clientOutput.events).containsExactly("failed REFUSED_BY_PEER");
        assertEnded(link);
    }

    @Test
    void junkNeitherEndsNorDelaysAHandshake() {
        Random random = new Random(7);
        DtlsLink link = new DtlsLink();
        for (int step = 0; step < 8; step++) {
            link.drive(link.nowNanos + 1);
            for (int i = 0; i < 50; i++) {
                byte[] junk = new byte[random.nextInt(200)];
                random.nextBytes(junk);
                if (junk.length > 13 && i % 2 == 0) {
                    junk[0] = (byte) (20 + random.nextInt(4));
                    junk[1] = (byte) 0xFE;
                    junk[2] = (byte) 0xFD;
                }
                link.client.onDatagram(Unpooled.wrappedBuffer(junk), link.nowNanos);
                link.server.onDatagram(Unpooled.wrappedBuffer(junk), link.nowNanos);
            }
        }
        link.drive();

        assertConnected(link, SrtpProfile.AEAD_AES_128_GCM);
    }

    @Test
    void forgedProtectedRecordsDoNotEndAnAssociation() {
        DtlsLink link = new DtlsLink();
        link.drive();
        for (int type = 20; type <= 23; type++) {
            byte[] forged = new byte[13 + 40];
            forged[0] = (byte) type;
            forged[1] = (byte) 0xFE;
            forged[2] = (byte) 0xFD;
            forged[4] = 1;
            forged[10] = 99;
            forged[12] = 40;
            assertThat(link.server.onDatagram(Unpooled.wrappedBuffer(forged), link.nowNanos))
                    .isEqualTo(DtlsStatus.OK);
            link.awaitIdle();
        }
        assertThat(link.serverOutput.events).containsExactly("connected");
        link.client.close(link.nowNanos);
        link.drive();
        assertThat(link.serverOutput.events).containsExactly("connected", "closed");
    }

    @Test
    void aClientHelloInSeveralDatagramsIsReassembled() {
        DtlsNegotiation negotiation =
                new DtlsNegotiation(
                        DtlsLink.CLIENT, DtlsLink.SERVER.fingerprint(), DtlsLink.PROFILES);
        DtlsLink link =
                new DtlsLink(
                        new DtlsClientRole(negotiation) {
                            @Override
                            @SuppressWarnings("rawtypes")
                            public Hashtable getClientExtensions() throws IOException {
                                Hashtable extensions = super.getClientExtensions();
                                TlsExtensionsUtils.addPaddingExtension(extensions, 2500);
                                return extensions;
                            }
                        },
                        negotiation);
        link.drive();

        assertConnected(link, SrtpProfile.AEAD_AES_128_GCM);
        assertThat(link.sentDatagrams).isGreaterThanOrEqualTo(6);
    }

    @Test
    void aFullInboxDropsWhatComes() {
        RecordedOutput output = new RecordedOutput();
        DtlsMailbox mailbox = new DtlsMailbox(DtlsEndpoint.HANDSHAKE_TIMEOUT_NANOS, 0);
        for (int i = 0; i < DtlsMailbox.INBOX_CAPACITY_DATAGRAMS; i++) {
            assertThat(mailbox.offer(new byte[1], 0)).isEqualTo(DtlsStatus.OK);
        }
        assertThat(mailbox.offer(new byte[1], 0)).isEqualTo(DtlsStatus.INBOX_FULL);
        mailbox.end();
        assertThat(mailbox.offer(new byte[1], 0)).isEqualTo(DtlsStatus.ENDED);
        assertThat(output.events).isEmpty();
    }

    @Test
    void anEndpointWithoutProfilesIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> linkWith(DtlsLink.PROFILES, List.of()));
    }

    private static DtlsLink linkWith(
            List<SrtpProfile> clientProfiles, List<SrtpProfile> serverProfiles) {
        return new DtlsLink(
                clientProfiles,
                serverProfiles,
                DtlsLink.CLIENT.fingerprint(),
                DtlsLink.SERVER.fingerprint());
    }

    private static void assertConnected(DtlsLink link, SrtpProfile profile) {
        assertThat(link.clientOutput.events).containsExactly("connected");
        assertThat(link.serverOutput.events).containsExactly("connected");
        KeyingMaterial client = Objects.requireNonNull(link.clientOutput.keys);
        KeyingMaterial server = Objects.requireNonNull(link.serverOutput.keys);
        assertThat(client.profile()).isEqualTo(profile);
        assertThat(client.local()).isEqualTo(server.remote());
        assertThat(client.remote()).isEqualTo(server.local());
        link.client.close(link.nowNanos);
        link.server.close(link.nowNanos);
        assertEnded(link);
    }

    private static void assertEnded(DtlsLink link) {
        Threads.assertEnded(link.client);
        Threads.assertEnded(link.server);
    }
}
