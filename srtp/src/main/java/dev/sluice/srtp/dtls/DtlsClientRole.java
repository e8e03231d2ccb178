package dev.sluice.srtp.dtls;

import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CertificateStatusRequest;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsServerCertificate;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Hashtable;
import java.util.Vector;

/**
 * The active side: DTLS 1.2, with our certificate if the server asks for it, extended master secret
 * required.
 */
class DtlsClientRole extends DefaultTlsClient implements DtlsRole {

    private final DtlsNegotiation negotiation;

    DtlsClientRole(DtlsNegotiation negotiation) {
        super(negotiation.crypto());
        this.negotiation = negotiation;
    }

    @Override
    public DTLSTransport handshake(MailboxTransport transport) throws IOException {
        return new DTLSClientProtocol().connect(this, transport);
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return ProtocolVersion.DTLSv12.only();
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        return negotiation.clientCipherSuites();
    }

    @Override
    @SuppressWarnings({"rawtypes", "JdkObsolete"}) // BouncyCastle's signature.
    protected Vector getSupportedGroups(Vector namedGroupRoles) {
        Vector<Integer> groups = new Vector<>();
        for (int group : negotiation.namedGroups()) {
            groups.add(group);
        }
        return groups;
    }

    @Override
    @SuppressWarnings("rawtypes") // BouncyCastle's signature.
    protected Vector getSupportedSignatureAlgorithms() {
        return negotiation.signatureAlgorithms();
    }

    /** A self-signed certificate has no issuer to ask about. */
    @Override
    protected @Nullable CertificateStatusRequest getCertificateStatusRequest() {
        return null;
    }

    @Override
    public boolean requiresExtendedMasterSecret() {
        return true;
    }

    /** The certificate is trusted by its fingerprint, so nobody relies on its signature. */
    @Override
    public boolean shouldCheckSigAlgOfPeerCerts() {
        return false;
    }

    @Override
    public int getHandshakeResendTimeMillis() {
        return MailboxTransport.BOUNCY_CASTLE_RESEND_MILLIS;
    }

    @Override
    public void notifySelectedCipherSuite(int cipherSuite) {
        super.notifySelectedCipherSuite(cipherSuite);
        negotiation.onCipherSuite(cipherSuite);
    }

    @Override
    @SuppressWarnings("rawtypes") // BouncyCastle's signature.
    public Hashtable getClientExtensions() throws IOException {
        Hashtable extensions = super.getClientExtensions();
        TlsSRTPUtils.addUseSRTPExtension(extensions, negotiation.offer());
        return extensions;
    }

    @Override
    @SuppressWarnings("rawtypes") // BouncyCastle's signature.
    public void processServerExtensions(Hashtable serverExtensions) throws IOException {
        super.processServerExtensions(serverExtensions);
        negotiation.acceptProfile(serverExtensions);
    }

    @Override
    public TlsAuthentication getAuthentication() {
        return new TlsAuthentication() {
            @Override
            public void notifyServerCertificate(TlsServerCertificate certificate)
                    throws IOException {
                negotiation.requireExpectedPeer(certificate.getCertificate());
            }

            @Override
            public TlsCredentials getClientCredentials(CertificateRequest request)
                    throws IOException {
                return negotiation.signer(context);
            }
        };
    }

    @Override
    public void notifyHandshakeComplete() throws IOException {
        super.notifyHandshakeComplete();
        negotiation.exportKeys(context, true);
    }
}
