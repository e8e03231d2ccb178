package dev.sluice.srtp.dtls;

import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.AlertLevel;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.UseSRTPData;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Hashtable;

/** The active side of a DTLS-SRTP handshake. */
final class SrtpTlsClient extends DefaultTlsClient {

    private static final int[] CIPHER_SUITES = {
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
    };

    private static final byte[] NO_MKI = {};

    private final BcTlsCrypto crypto;
    private final SrtpNegotiation negotiation;

    SrtpTlsClient(BcTlsCrypto crypto, SrtpNegotiation negotiation) {
        super(crypto);
        this.crypto = crypto;
        this.negotiation = negotiation;
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return ProtocolVersion.DTLSv12.only();
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        return CIPHER_SUITES.clone();
    }

    @Override
    public int getHandshakeResendTimeMillis() {
        return DtlsTimes.RESEND_MILLIS;
    }

    @Override
    public int getHandshakeTimeoutMillis() {
        return DtlsTimes.HANDSHAKE_MILLIS;
    }

    @Override
    @SuppressWarnings("unchecked") // BouncyCastle's signature
    public Hashtable<Integer, byte[]> getClientExtensions() throws IOException {
        Hashtable<Integer, byte[]> extensions = super.getClientExtensions();
        if (extensions == null) {
            extensions = new Hashtable<>();
        }
        TlsSRTPUtils.addUseSRTPExtension(
                extensions, new UseSRTPData(negotiation.profileIds(), NO_MKI));
        return extensions;
    }

    @Override
    @SuppressWarnings("rawtypes") // BouncyCastle's signature
    public void processServerExtensions(Hashtable extensions) throws IOException {
        super.processServerExtensions(extensions);
        UseSRTPData chosen = TlsSRTPUtils.getUseSRTPExtension(extensions);
        negotiation.choose(chosen == null ? new int[0] : chosen.getProtectionProfiles());
    }

    @Override
    public TlsAuthentication getAuthentication() {
        return new TlsAuthentication() {
            @Override
            public void notifyServerCertificate(@Nullable TlsServerCertificate server)
                    throws IOException {
                negotiation.verify(server == null ? null : server.getCertificate());
            }

            @Override
            public TlsCredentials getClientCredentials(CertificateRequest request)
                    throws IOException {
                return negotiation.credentials(context, crypto);
            }
        };
    }

    @Override
    public void notifyAlertReceived(short level, short description) {
        if (description == AlertDescription.close_notify || level == AlertLevel.fatal) {
            negotiation.onPeerClosed();
        }
    }

    @Override
    public void notifyHandshakeComplete() throws IOException {
        super.notifyHandshakeComplete();
        negotiation.onHandshakeComplete(context, true);
    }
}
