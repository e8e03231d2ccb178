package dev.sluice.srtp.keys;

import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcECContentSignerBuilder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;

/**
 * An ECDSA P-256 key and its self-signed certificate (RFC 8827 section 6.5). Peers trust it by its
 * fingerprint only, so one made at start and forgotten at exit is enough. Never prints its key.
 */
public final class CertificateIdentity {

    /** Far above any uptime; peers compare the fingerprint and most do not look at the dates. */
    public static final Duration DEFAULT_VALIDITY = Duration.ofDays(365);

    /** How far before now a certificate starts to be valid, for peers whose clock is behind. */
    private static final Duration CLOCK_SKEW_ALLOWED = Duration.ofDays(1);

    /** Random serial numbers of 64 bits, so that two identities never share issuer and serial. */
    private static final int SERIAL_BITS = 64;

    private static final String SUBJECT = "CN=Sluice";

    private final ECPrivateKeyParameters privateKey;
    private final byte[] certificateDer;
    private final DtlsFingerprint fingerprint;

    private CertificateIdentity(ECPrivateKeyParameters privateKey, byte[] certificateDer) {
        this.privateKey = privateKey;
        this.certificateDer = certificateDer;
        this.fingerprint = DtlsFingerprint.sha256Of(certificateDer);
    }

    /**
     * Makes a key and a certificate valid from a day before {@code now} until {@code validity}
     * after it.
     */
    public static CertificateIdentity generate(
            SecureRandom random, Instant now, Duration validity) {
        AsymmetricCipherKeyPair keyPair = generateKeyPair(random);
        ECPrivateKeyParameters privateKey = (ECPrivateKeyParameters) keyPair.getPrivate();
        try {
            X500Name name = new X500Name(SUBJECT);
            SubjectPublicKeyInfo publicKey =
                    SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(keyPair.getPublic());
            X509v3CertificateBuilder builder =
                    new X509v3CertificateBuilder(
                            name,
                            new BigInteger(SERIAL_BITS, random).add(BigInteger.ONE),
                            Date.from(now.minus(CLOCK_SKEW_ALLOWED)),
                            Date.from(now.plus(validity)),
                            name,
                            publicKey);
            return new CertificateIdentity(
                    privateKey, sign(builder, privateKey, random).getEncoded());
        } catch (IOException e) {
            throw new UncheckedIOException("encoding a self-signed certificate", e);
        }
    }

    public ECPrivateKeyParameters privateKey() {
        return privateKey;
    }

    /** A copy of the certificate in DER. */
    public byte[] certificateDer() {
        return certificateDer.clone();
    }

    /** The SHA-256 fingerprint for the SDP answer. */
    public DtlsFingerprint fingerprint() {
        return fingerprint;
    }

    @Override
    public String toString() {
        return "CertificateIdentity[" + fingerprint + "]";
    }

    private static AsymmetricCipherKeyPair generateKeyPair(SecureRandom random) {
        ECNamedDomainParameters p256 =
                new ECNamedDomainParameters(
                        SECObjectIdentifiers.secp256r1,
                        CustomNamedCurves.getByOID(SECObjectIdentifiers.secp256r1));
        ECKeyPairGenerator generator = new ECKeyPairGenerator();
        generator.init(new ECKeyGenerationParameters(p256, random));
        return generator.generateKeyPair();
    }

    private static X509CertificateHolder sign(
            X509v3CertificateBuilder builder, ECPrivateKeyParameters key, SecureRandom random) {
        AlgorithmIdentifier signature =
                new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
        AlgorithmIdentifier digest = new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256);
        try {
            return builder.build(
                    new BcECContentSignerBuilder(signature, digest)
                            .setSecureRandom(random)
                            .build(key));
        } catch (OperatorCreationException e) {
            throw new IllegalStateException("ECDSA with SHA-256 is missing from BouncyCastle", e);
        }
    }
}
