package dev.sluice.srtp.dtls;

import dev.sluice.srtp.keys.CertificateIdentity;
import dev.sluice.srtp.keys.DtlsFingerprint;
import dev.sluice.srtp.keys.KeyingMaterial;
import dev.sluice.srtp.keys.SrtpProfile;

import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.ExporterLabel;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.NamedGroup;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.bouncycastle.util.Arrays;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.Hashtable;
import java.util.List;
import java.util.Vector;

/**
 * What the two roles of one handshake have in common: who we are, whom we expect, what SRTP needs,
 * and the result.
 */
final class DtlsNegotiation {

    /** First the suite that RFC 8827 section 6.5 makes every WebRTC peer speak. */
    private static final int[] ECDSA_SUITES = {
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256
    };

    private static final int[] RSA_SUITES = {
        CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
        CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
        CipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256
    };

    private static final int[] NAMED_GROUPS = {
        NamedGroup.x25519, NamedGroup.secp256r1, NamedGroup.secp384r1
    };

    /** GCM's explicit nonce (RFC 5288 section 3) and tag, and a byte of content. */
    private static final int MIN_GCM_RECORD_BYTES = 8 + 16 + 1;

    /** ChaCha20-Poly1305 has no explicit nonce (RFC 7905 section 2). */
    private static final int MIN_CHACHA20_RECORD_BYTES = 16 + 1;

    private static final short[] HASHES = {
        HashAlgorithm.sha256, HashAlgorithm.sha384, HashAlgorithm.sha512
    };

    private static final byte[] NO_MASTER_KEY_IDENTIFIER = {};

    private final BcTlsCrypto crypto = new BcTlsCrypto(new SecureRandom());
    private final CertificateIdentity identity;
    private final DtlsFingerprint expectedPeer;
    private final List<SrtpProfile> profiles;

    private int minProtectedBytes = MIN_GCM_RECORD_BYTES;
    private @Nullable SrtpProfile chosenProfile;
    private @Nullable KeyingMaterial keys;
    private @Nullable DtlsFailure failure;

    /**
     * @param profiles in order of preference, not empty
     */
    DtlsNegotiation(
            CertificateIdentity identity,
            DtlsFingerprint expectedPeer,
            List<SrtpProfile> profiles) {
        if (profiles.isEmpty()) {
            throw new IllegalArgumentException(
                    "a DTLS-SRTP endpoint needs at least one SRTP profile");
        }
        this.identity = identity;
        this.expectedPeer = expectedPeer;
        this.profiles = profiles.stream().filter(SrtpProfile::hasId).toList();
    }

    BcTlsCrypto crypto() {
        return crypto;
    }

    /** The server's certificate decides, so a client offers both kinds. */
    int[] clientCipherSuites() {
        return Arrays.concatenate(ECDSA_SUITES, RSA_SUITES);
    }

    /** Those that go with our certificate. */
    int[] serverCipherSuites() {
        return identity.isRsa() ? RSA_SUITES.clone() : ECDSA_SUITES.clone();
    }

    void onCipherSuite(int cipherSuite) {
        minProtectedBytes =
                cipherSuite == CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256
                                || cipherSuite
                                        == CipherSuite.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256
                        ? MIN_CHACHA20_RECORD_BYTES
                        : MIN_GCM_RECORD_BYTES;
    }

    /** The shortest record that the chosen cipher suite makes. */
    int minProtectedBytes() {
        return minProtectedBytes;
    }

    /** In order of preference. */
    int[] namedGroups() {
        return NAMED_GROUPS.clone();
    }

    /** Certificates may be ECDSA, as ours, or RSA, which older peers make. */
    @SuppressWarnings("JdkObsolete") // BouncyCastle's type.
    Vector<SignatureAndHashAlgorithm> signatureAlgorithms() {
        Vector<SignatureAndHashAlgorithm> algorithms = new Vector<>();
        for (short signature : new short[] {SignatureAlgorithm.ecdsa, SignatureAlgorithm.rsa}) {
            for (short hash : HASHES) {
                algorithms.add(SignatureAndHashAlgorithm.getInstance(hash, signature));
            }
        }
        return algorithms;
    }

    /** Signs with our key, over SHA-256, which every peer of DTLS 1.2 accepts. */
    TlsCredentialedSigner signer(TlsContext context) throws IOException {
        TlsCertificate own = crypto.createCertificate(identity.certificateDer());
        return new BcDefaultTlsCredentialedSigner(
                new TlsCryptoParameters(context),
                crypto,
                identity.privateKey(),
                new Certificate(new TlsCertificate[] {own}),
                SignatureAndHashAlgorithm.getInstance(
                        HashAlgorithm.sha256,
                        identity.isRsa() ? SignatureAlgorithm.rsa : SignatureAlgorithm.ecdsa));
    }

    /**
     * Throws unless the peer's own certificate, the chain's first, has the signalled fingerprint.
     */
    void requireExpectedPeer(Certificate chain) throws IOException {
        if (chain.isEmpty()) {
            throw refuse(
                    DtlsFailure.PEER_NOT_AUTHENTICATED,
                    AlertDescription.handshake_failure,
                    "no certificate");
        }
        if (!expectedPeer.matches(chain.getCertificateAt(0).getEncoded())) {
            throw refuse(
                    DtlsFailure.PEER_NOT_AUTHENTICATED,
                    AlertDescription.bad_certificate,
                    "the certificate does not have the signalled fingerprint");
        }
    }

    /**
     * The server's choice among what the client offers (RFC 5764 section 4.1.1): the first of ours.
     */
    void chooseProfile(@Nullable Hashtable<?, ?> clientExtensions) throws IOException {
        for (SrtpProfile profile : profiles) {
            if (contains(offered(clientExtensions), profile)) {
                chosenProfile = profile;
                return;
            }
        }
        throw refuse(
                DtlsFailure.NO_COMMON_PROFILE,
                AlertDescription.handshake_failure,
                "the peer offers no SRTP profile of " + profiles);
    }

    /** The client's check that the server has chosen exactly one profile of those offered. */
    void acceptProfile(@Nullable Hashtable<?, ?> serverExtensions) throws IOException {
        int[] chosen = offered(serverExtensions);
        SrtpProfile profile = chosen.length == 1 ? SrtpProfile.ofId(chosen[0]) : null;
        if (profile == null || !profiles.contains(profile)) {
            throw refuse(
                    DtlsFailure.NO_COMMON_PROFILE,
                    AlertDescription.illegal_parameter,
                    "the peer chose no SRTP profile of " + profiles);
        }
        chosenProfile = profile;
    }

    /** The client's offer. */
    UseSRTPData offer() {
        int[] ids = profiles.stream().mapToInt(SrtpProfile::id).toArray();
        return new UseSRTPData(ids, NO_MASTER_KEY_IDENTIFIER);
    }

    /** The server's answer. */
    UseSRTPData answer() {
        return new UseSRTPData(new int[] {requireChosen().id()}, NO_MASTER_KEY_IDENTIFIER);
    }

    /** Takes the SRTP keys out of the finished handshake, RFC 5764 section 4.2. */
    void exportKeys(TlsContext context, boolean isClient) {
        SrtpProfile profile = requireChosen();
        byte[] exported =
                context.exportKeyingMaterial(
                        ExporterLabel.dtls_srtp, null, KeyingMaterial.exportedSizeBytes(profile));
        keys = KeyingMaterial.ofExported(profile, exported, isClient);
    }

    /** Null until {@link #exportKeys}. */
    @Nullable KeyingMaterial keys() {
        return keys;
    }

    /** Why this side refused the peer, or null. */
    @Nullable DtlsFailure failure() {
        return failure;
    }

    private SrtpProfile requireChosen() {
        if (chosenProfile == null) {
            throw new IllegalStateException("no SRTP profile is chosen yet");
        }
        return chosenProfile;
    }

    private TlsFatalAlert refuse(DtlsFailure reason, short alert, String detail) {
        failure = reason;
        return new TlsFatalAlert(alert, detail);
    }

    private static int[] offered(@Nullable Hashtable<?, ?> extensions) throws IOException {
        UseSRTPData data = extensions == null ? null : TlsSRTPUtils.getUseSRTPExtension(extensions);
        return data == null ? new int[0] : data.getProtectionProfiles();
    }

    private static boolean contains(int[] ids, SrtpProfile profile) {
        for (int id : ids) {
            if (id == profile.id()) {
                return true;
            }
        }
        return false;
    }
}
