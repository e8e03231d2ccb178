package dev.sluice.srtp.dtls;

import dev.sluice.srtp.keys.CertificateIdentity;
import dev.sluice.srtp.keys.DtlsFingerprint;
import dev.sluice.srtp.keys.KeyingMaterial;
import dev.sluice.srtp.keys.SrtpProfile;

import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.ExporterLabel;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.UseSRTPData;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * What client and server have in common: our certificate, the check of theirs, use_srtp (RFC 5764),
 * keys.
 */
final class SrtpNegotiation {

    private static final byte[] NO_MKI = {};

    private final CertificateIdentity identity;
    private final DtlsFingerprint expectedPeer;
    private final List<SrtpProfile> profiles;
    private @Nullable SrtpProfile profile;
    private @Nullable KeyingMaterial keys;
    private boolean peerClosed;
    private DtlsFailure failure = DtlsFailure.PROTOCOL;

    SrtpNegotiation(
            CertificateIdentity identity,
            DtlsFingerprint expectedPeer,
            List<SrtpProfile> profiles) {
        this.identity = identity;
        this.expectedPeer = expectedPeer;
        this.profiles = List.copyOf(profiles);
    }

    /** The offer's profile identifiers in the order of preference. */
    int[] profileIds() {
        return profiles.stream().mapToInt(SrtpProfile::id).toArray();
    }

    /** Chooses the first of ours that the peer has too. */
    SrtpProfile choose(int[] peerProfileIds) throws TlsFatalAlert {
        for (SrtpProfile candidate : profiles) {
            for (int id : peerProfileIds) {
                if (candidate.id() == id) {
                    profile = candidate;
                    return candidate;
                }
            }
        }
        failure = DtlsFailure.NO_COMMON_PROFILE;
        throw new TlsFatalAlert(
                AlertDescription.handshake_failure, "no common SRTP protection profile");
    }

    /**
     * Holds the peer's certificate against the fingerprint that came by signalling (RFC 8122 5).
     */
    void verify(@Nullable Certificate certificate) throws IOException {
        if (certificate == null
                || certificate.isEmpty()
                || !expectedPeer.matches(certificate.getCertificateAt(0).getEncoded())) {
            failure = DtlsFailure.WRONG_CERTIFICATE;
            throw new TlsFatalAlert(
                    AlertDescription.bad_certificate,
                    "the certificate does not have the announced fingerprint");
        }
    }

    TlsCredentialedSigner credentials(TlsContext context, BcTlsCrypto crypto) throws IOException {
        TlsCertificate certificate = crypto.createCertificate(identity.certificateDer());
        return new BcDefaultTlsCredentialedSigner(
                new TlsCryptoParameters(context),
                crypto,
                identity.privateKey(),
                new Certificate(new TlsCertificate[] {certificate}),
                new SignatureAndHashAlgorithm(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa));
    }

    /** Exports the keys (RFC 5764 4.2). */
    void onHandshakeComplete(TlsContext context, boolean isClient) {
        SrtpProfile chosen = Objects.requireNonNull(profile);
        byte[] exported =
                context.exportKeyingMaterial(
                        ExporterLabel.dtls_srtp, null, KeyingMaterial.exportedSizeBytes(chosen));
        keys = KeyingMaterial.ofExported(chosen, exported, isClient);
        Arrays.fill(exported, (byte) 0);
    }

    /** What the server's hello says: the chosen profile, without an MKI. */
    UseSRTPData chosen() throws TlsFatalAlert {
        SrtpProfile known = profile;
        if (known == null) {
            throw new TlsFatalAlert(AlertDescription.internal_error, "no profile was chosen");
        }
        return new UseSRTPData(new int[] {known.id()}, NO_MKI);
    }

    /** The peer said close_notify or broke off. */
    void onPeerClosed() {
        peerClosed = true;
    }

    boolean isPeerClosed() {
        return peerClosed;
    }

    @Nullable KeyingMaterial keys() {
        return keys;
    }

    DtlsFailure failure() {
        return failure;
    }
}
