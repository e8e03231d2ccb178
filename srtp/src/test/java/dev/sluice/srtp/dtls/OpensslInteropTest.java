package dev.sluice.srtp.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.srtp.keys.CertificateIdentity;
import dev.sluice.srtp.keys.DtlsFingerprint;
import dev.sluice.srtp.keys.SrtpProfile;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.DatagramSocket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Both roles against OpenSSL, which has to be installed: what it exports, we must have, too. */
class OpensslInteropTest {

    private static final SrtpProfile GCM = SrtpProfile.AEAD_AES_128_GCM;
    private static final List<SrtpProfile> ALL = List.of(SrtpProfile.values());

    private static final CertificateIdentity RSA =
            CertificateIdentity.generateRsa(
                    2048,
                    new SecureRandom(),
                    Instant.parse("2026-01-01T00:00:00Z"),
                    Duration.ofDays(30));

    /** Makes its hello longer than two datagrams, as a post-quantum key share would. */
    private static final String MANY_PROTOCOLS = "a-protocol-of-many,".repeat(130) + "the-last";

    @TempDir Path directory;

    @ParameterizedTest
    @EnumSource(
            names = {
                "AEAD_AES_128_GCM",
                "AEAD_AES_256_GCM",
                "AES_CM_128_HMAC_SHA1_80",
                "AES_CM_128_HMAC_SHA1_32"
            })
    void bothRolesExportTheSameKeysForEachProfile(SrtpProfile profile) throws Exception {
        DtlsFingerprint fingerprint = OpensslPeer.makeCertificate(directory, OpensslPeer.P256);
        assertServes(DtlsLink.SERVER, fingerprint, profile);
        assertConnects(DtlsLink.CLIENT, fingerprint, profile);
    }

    @ParameterizedTest
    @ValueSource(ints = {2048, 3072, 4096})
    void aPeerMayHaveAnRsaCertificate(int bits) throws Exception {
        DtlsFingerprint fingerprint =
                OpensslPeer.makeCertificate(directory, List.of("-newkey", "rsa:" + bits));
        assertServes(DtlsLink.SERVER, fingerprint, GCM);
        assertConnects(DtlsLink.CLIENT, fingerprint, GCM);
    }

    @Test
    void aPeerMayHaveAP384Certificate() throws Exception {
        DtlsFingerprint fingerprint = OpensslPeer.makeCertificate(directory, OpensslPeer.P384);
        assertServes(DtlsLink.SERVER, fingerprint, GCM);
        assertConnects(DtlsLink.CLIENT, fingerprint, GCM);
    }

    @Test
    void weMayHaveAnRsaCertificate() throws Exception {
        DtlsFingerprint fingerprint = OpensslPeer.makeCertificate(directory, OpensslPeer.P256);
        assertServes(RSA, fingerprint, GCM);
        assertConnects(RSA, fingerprint, GCM);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ECDHE-ECDSA-AES128-GCM-SHA256",
                "ECDHE-ECDSA-AES256-GCM-SHA384",
                "ECDHE-ECDSA-CHACHA20-POLY1305"
            })
    void eachCipherSuiteCanBeTheOnlyOne(String suite) throws Exception {
        DtlsFingerprint fingerprint = OpensslPeer.makeCertificate(directory, OpensslPeer.P256);
        assertServes(DtlsLink.SERVER, fingerprint, GCM, "-cipher", suite);
        assertConnects(DtlsLink.CLIENT, fingerprint, GCM, "-cipher", suite);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ECDHE-RSA-AES128-GCM-SHA256",
                "ECDHE-RSA-AES256-GCM-SHA384",
                "ECDHE-RSA-CHACHA20-POLY1305"
            })
    void eachCipherSuiteOfRsaServersCanBeTheOnlyOne(String suite) throws Exception {
        DtlsFingerprint fingerprint =
                OpensslPeer.makeCertificate(directory, List.of("-newkey", "rsa:2048"));
        assertConnects(DtlsLink.CLIENT, fingerprint, GCM, "-cipher", suite);
    }

    /** With RSA, as OpenSSL holds an ECDSA certificate to the client's groups, too. */
    @ParameterizedTest
    @ValueSource(strings = {"X25519", "P-256", "P-384"})
    void eachGroupCanBeTheOnlyOne(String group) throws Exception {
        DtlsFingerprint fingerprint = OpensslPeer.makeCertificate(directory, OpensslPeer.P256);
        assertServes(RSA, fingerprint, GCM, "-groups", group);
        assertConnects(RSA, fingerprint, GCM, "-named_curve", group);
    }

    /** At the smaller size its certificate comes in fragments, and its hello, too. */
    @ParameterizedTest
    @ValueSource(ints = {1200, 300})
    void opensslMayCutItsMessagesSmall(int maxDatagramSizeBytes) throws Exception {
        DtlsFingerprint fingerprint =
                OpensslPeer.makeCertificate(directory, List.of("-newkey", "rsa:2048"));
        String mtu = Integer.toString(maxDatagramSizeBytes);
        assertServes(DtlsLink.SERVER, fingerprint, GCM, "-mtu", mtu, "-alpn", MANY_PROTOCOLS);
        assertConnects(DtlsLink.CLIENT, fingerprint, GCM, "-mtu", mtu);
    }

    @Test
    void ourClientBringsTheCookieThatOpensslAsksFor() throws Exception {
        DtlsFingerprint fingerprint = OpensslPeer.makeCertificate(directory, OpensslPeer.P256);
        assertConnects(DtlsLink.CLIENT, fingerprint, GCM, "-listen");
    }

    /** At the smaller size its hello comes in ten datagrams, and again with the cookie. */
    @ParameterizedTest
    @ValueSource(ints = {1200, 300})
    void opensslBringsTheCookieThatWeAskFor(int maxDatagramSizeBytes) throws Exception {
        DtlsFingerprint fingerprint = OpensslPeer.makeCertificate(directory, OpensslPeer.P256);
        CookieVerifier verifier = new CookieVerifier(new SecureRandom(), System.nanoTime());
        String mtu = Integer.toString(maxDatagramSizeBytes);
        try (UdpLoop loop = new UdpLoop();
                OpensslPeer peer =
                        OpensslPeer.client(
                                directory,
                                loop.port(),
                                GCM,
                                "-mtu",
                                mtu,
                                "-alpn",
                                MANY_PROTOCOLS)) {
            DtlsEndpoint server =
                    loop.accept(
                            verifier,
                            () ->
                                    DtlsEndpoint.serverAfterCookie(
                                            DtlsLink.SERVER,
                                            fingerprint,
                                            ALL,
                                            loop,
                                            System.nanoTime()));
            assertThat(loop.refusedDatagrams()).isPositive();
            assertThat(loop.runUntil(server, () -> isConnected(loop, peer)))
                    .as(() -> loop.recorded.events + loop.recorded.detail + peer.log())
                    .isTrue();
            assertThat(loop.recorded.keys).isEqualTo(peer.keysOfItsPeer(false));
            server.close(System.nanoTime());
            assertThat(loop.runUntil(server, server::isEnded)).isTrue();
        }
    }

    @Test
    void opensslWithAnotherCertificateIsRefused() throws Exception {
        OpensslPeer.makeCertificate(directory, OpensslPeer.P256);
        try (UdpLoop loop = new UdpLoop()) {
            DtlsEndpoint server = server(DtlsLink.SERVER, DtlsLink.CLIENT.fingerprint(), loop);
            try (OpensslPeer peer = OpensslPeer.client(directory, loop.port(), GCM)) {
                assertThat(loop.runUntil(server, () -> server.isEnded() && !peer.isAlive()))
                        .as(peer::log)
                        .isTrue();
                assertThat(peer.log()).contains("alert bad certificate");
                assertThat(loop.recorded.events).containsExactly("failed PEER_NOT_AUTHENTICATED");
                assertThat(loop.recorded.detail).contains("fingerprint");
            }
        }
    }

    @Test
    void applicationDataIsCountedAndRenegotiationIgnored() throws Exception {
        DtlsFingerprint fingerprint = OpensslPeer.makeCertificate(directory, OpensslPeer.P256);
        try (UdpLoop loop = new UdpLoop()) {
            DtlsEndpoint server = server(DtlsLink.SERVER, fingerprint, loop);
            try (OpensslPeer peer = OpensslPeer.client(directory, loop.port(), GCM)) {
                assertThat(loop.runUntil(server, () -> isConnected(loop, peer))).isTrue();
                peer.type("hello");
                assertThat(loop.runUntil(server, () -> server.applicationRecords() == 1))
                        .as(peer::log)
                        .isTrue();
                int sent = loop.sentDatagrams();
                int received = loop.receivedDatagrams();
                peer.type("R");
                assertThat(loop.runUntil(server, () -> loop.receivedDatagrams() > received))
                        .as(peer::log)
                        .isTrue();
                assertThat(server.awaitIdle(Duration.ofSeconds(20))).isTrue();
                assertThat(peer.log()).contains("RENEGOTIATING");
                assertThat(loop.sentDatagrams()).isEqualTo(sent);
                assertThat(loop.recorded.events).containsExactly("connected");
            }
            server.close(System.nanoTime());
            assertThat(loop.runUntil(server, server::isEnded)).isTrue();
        }
    }

    private void assertServes(
            CertificateIdentity identity,
            DtlsFingerprint expectedPeer,
            SrtpProfile profile,
            String... more)
            throws Exception {
        try (UdpLoop loop = new UdpLoop()) {
            DtlsEndpoint server = server(identity, expectedPeer, loop);
            try (OpensslPeer peer = OpensslPeer.client(directory, loop.port(), profile, more)) {
                assertThat(loop.runUntil(server, () -> isConnected(loop, peer)))
                        .as(() -> loop.recorded.events + loop.recorded.detail + peer.log())
                        .isTrue();
                assertThat(loop.recorded.keys).isEqualTo(peer.keysOfItsPeer(false));
                assertThat(peer.log()).contains("Extended master secret: yes");

                peer.quit();
                assertThat(loop.runUntil(server, server::isEnded)).as(peer::log).isTrue();
                assertThat(loop.recorded.events).containsExactly("connected", "closed");
                assertThat(loop.recorded.detail).isEqualTo("close_notify");
            }
        }
    }

    private void assertConnects(
            CertificateIdentity identity,
            DtlsFingerprint expectedPeer,
            SrtpProfile profile,
            String... more)
            throws Exception {
        int port = freePort();
        try (UdpLoop loop = new UdpLoop();
                OpensslPeer peer = OpensslPeer.server(directory, port, profile, more)) {
            loop.peer(port);
            DtlsEndpoint client =
                    DtlsEndpoint.client(identity, expectedPeer, ALL, loop, System.nanoTime());
            assertThat(loop.runUntil(client, () -> isConnected(loop, peer)))
                    .as(() -> loop.recorded.events + loop.recorded.detail + peer.log())
                    .isTrue();
            assertThat(loop.recorded.keys).isEqualTo(peer.keysOfItsPeer(true));
            client.close(System.nanoTime());
            assertThat(loop.runUntil(client, client::isEnded)).isTrue();
        }
    }

    private static DtlsEndpoint server(
            CertificateIdentity identity, DtlsFingerprint expectedPeer, UdpLoop loop) {
        return DtlsEndpoint.server(identity, expectedPeer, ALL, loop, System.nanoTime());
    }

    private static boolean isConnected(UdpLoop loop, OpensslPeer peer) {
        return loop.recorded.keys != null && peer.hasKeys();
    }

    private static int freePort() throws Exception {
        try (DatagramSocket socket = new DatagramSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
