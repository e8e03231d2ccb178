package dev.sluice.srtp.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.srtp.Bytes;
import dev.sluice.srtp.keys.DtlsFingerprint;
import dev.sluice.srtp.keys.KeyingMaterial;
import dev.sluice.srtp.keys.SrtpProfile;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.DatagramSocket;
import java.nio.file.Path;

/** Both roles against OpenSSL, which has to be installed: what it exports, we must have, too. */
class OpensslInteropTest {

    @TempDir Path directory;

    /** At the smaller size its certificate comes in fragments. */
    @ParameterizedTest
    @ValueSource(ints = {1200, 300})
    void opensslConnectsToOurServer(int maxDatagramSizeBytes) throws Exception {
        DtlsFingerprint fingerprint = OpensslPeer.makeCertificate(directory);
        try (UdpLoop loop = new UdpLoop()) {
            DtlsEndpoint server =
                    DtlsEndpoint.server(
                            DtlsLink.SERVER,
                            fingerprint,
                            DtlsLink.PROFILES,
                            loop,
                            System.nanoTime());
            try (OpensslPeer peer =
                    OpensslPeer.client(directory, loop.port(), maxDatagramSizeBytes)) {
                assertThat(loop.runUntil(server, () -> isConnected(loop, peer)))
                        .as(peer::log)
                        .isTrue();
                assertThat(loop.recorded.keys).isEqualTo(exported(peer, false));

                peer.quit();
                assertThat(loop.runUntil(server, server::isEnded)).as(peer::log).isTrue();
                assertThat(loop.recorded.events).containsExactly("connected", "closed");
            }
        }
    }

    @Test
    void ourClientConnectsToOpenssl() throws Exception {
        DtlsFingerprint fingerprint = OpensslPeer.makeCertificate(directory);
        int port = freePort();
        try (UdpLoop loop = new UdpLoop();
                OpensslPeer peer = OpensslPeer.server(directory, port)) {
            loop.peer(port);
            DtlsEndpoint client =
                    DtlsEndpoint.client(
                            DtlsLink.CLIENT,
                            fingerprint,
                            DtlsLink.PROFILES,
                            loop,
                            System.nanoTime());
            assertThat(loop.runUntil(client, () -> isConnected(loop, peer))).as(peer::log).isTrue();
            assertThat(loop.recorded.keys).isEqualTo(exported(peer, true));
            client.close(System.nanoTime());
            assertThat(loop.runUntil(client, client::isEnded)).isTrue();
        }
    }

    @Test
    void opensslWithAnotherCertificateIsRefused() throws Exception {
        OpensslPeer.makeCertificate(directory);
        try (UdpLoop loop = new UdpLoop()) {
            DtlsEndpoint server =
                    DtlsEndpoint.server(
                            DtlsLink.SERVER,
                            DtlsLink.CLIENT.fingerprint(),
                            DtlsLink.PROFILES,
                            loop,
                            System.nanoTime());
            try (OpensslPeer peer = OpensslPeer.client(directory, loop.port(), 1200)) {
                assertThat(loop.runUntil(server, () -> server.isEnded() && !peer.isAlive()))
                        .as(peer::log)
                        .isTrue();
                assertThat(peer.log()).contains("alert bad certificate");
            }
        }
    }

    private static boolean isConnected(UdpLoop loop, OpensslPeer peer) {
        return loop.recorded.keys != null && !peer.keyingMaterial().isEmpty();
    }

    private static KeyingMaterial exported(OpensslPeer peer, boolean isClient) {
        return KeyingMaterial.ofExported(
                SrtpProfile.AEAD_AES_128_GCM, Bytes.hex(peer.keyingMaterial()), isClient);
    }

    private static int freePort() throws Exception {
        try (DatagramSocket socket = new DatagramSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
