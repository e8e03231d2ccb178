package dev.sluice.srtp.dtls;

import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.ClientCertificateType;
import org.bouncycastle.tls.DTLSRequest;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DefaultTlsServer;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsSRTPUtils;

import java.io.IOException;
import java.util.Hashtable;

/**
 * The passive side: DTLS 1.2, client certificate required, extended master secret required (RFC
 * 7627).
 */
final class DtlsServerRole extends DefaultTlsServer implements DtlsRole {

    private final DtlsNegotiation negotiation;
    private final boolean isAfterCookie;

    /**
     * @param isAfterCookie whether the client's first message is one that a cookie was asked for
     */
    DtlsServerRole(DtlsNegotiation negotiation, boolean isAfterCookie) {
        super(negotiation.crypto());
        this.negotiation = negotiation;
        this.isAfterCookie = isAfterCookie;
    }

    @Override
    public DTLSTransport handshake(MailboxTransport transport) throws IOException {
        DTLSRequest request =
                isAfterCookie ? VerifiedHello.request(transport.receiveFirst(), transport) : null;
        return new DTLSServerProtocol().accept(this, transport, request);
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return ProtocolVersion.DTLSv12.only();
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        return negotiation.serverCipherSuites();
    }

    @Override
    public int[] getSupportedGroups() {
        return negotiation.namedGroups();
    }

    /**
     * Our order, among what the client supports; the base class takes whatever comes first, known
     * or not.
     */
    @Override
    protected int selectECDH(int minimumCurveBits) {
        int[] offered = context.getSecurityParametersHandshake().getClientSupportedGroups();
        if (offered == null) {
            return NamedGroup.secp256r1;
        }
        for (int group : negotiation.namedGroups()) {
            for (int candidate : offered) {
                if (candidate == group) {
                    return group;
                }
            }
        }
        return -1;
    }

    @Override
    protected boolean selectCipherSuite(int cipherSuite) throws IOException {
        negotiation.onCipherSuite(cipherSuite);
        return super.selectCipherSuite(cipherSuite);
    }

    @Override
    protected TlsCredentialedSigner getECDSASignerCredentials() throws IOException {
        return negotiation.signer(context);
    }

    @Override
    protected TlsCredentialedSigner getRSASignerCredentials() throws IOException {
        return negotiation.signer(context);
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
    @SuppressWarnings("rawtypes") // BouncyCastle's signature.
    public void processClientExtensions(Hashtable clientExtensions) throws IOException {
        super.processClientExtensions(clientExtensions);
        negotiation.chooseProfile(clientExtensions);
    }

    @Override
    @SuppressWarnings("rawtypes") // BouncyCastle's signature.
    public Hashtable getServerExtensions() throws IOException {
        Hashtable extensions = super.getServerExtensions();
        TlsSRTPUtils.addUseSRTPExtension(extensions, negotiation.answer());
        return extensions;
    }

    @Override
    public CertificateRequest getCertificateRequest() {
        return new CertificateRequest(
                new short[] {ClientCertificateType.ecdsa_sign, ClientCertificateType.rsa_sign},
                negotiation.signatureAlgorithms(),
                null);
    }

    @Override
    public void notifyClientCertificate(Certificate clientCertificate) throws IOException {
        negotiation.requireExpectedPeer(clientCertificate);
    }

    @Override
    public void notifyHandshakeComplete() throws IOException {
        super.notifyHandshakeComplete();
        negotiation.exportKeys(context, false);
    }
}
