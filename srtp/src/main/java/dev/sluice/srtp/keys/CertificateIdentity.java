package dev.sluice.srtp.keys;

import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
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
import org.bouncycastle.crypto.generators.RSAKeyPairGenerator;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.RSAKeyGenerationParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.bc.BcContentSignerBuilder;
import org.bouncycastle.operator.bc.BcECContentSignerBuilder;
import org.bouncycastle.operator.bc.BcRSAContentSignerBuilder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;

/**
 * A key, ECDSA P-256 unless RSA is asked for, and its self-signed certificate (RFC 8827 section
 * 6.5). Peers trust it by its fingerprint only, so one made at start and forgotten at exit is
 * enough. Never prints its key.
 */
public final class CertificateIdentity {

    /** Far above any uptime; peers compare the fingerprint and most do not look at the dates. */
    public static final Duration DEFAULT_VALIDITY = Duration.ofDays(365);

    /** How far before now a certificate starts to be valid, for peers whose clock is behind. */
    private static final Duration CLOCK_SKEW_ALLOWED = Duration.ofDays(1);

    /** Random serial numbers of 64 bits, so that two identities never share issuer and serial. */
    private static final int SERIAL_BITS = 64;

    private static final String SUBJECT = "CN=Sluice";

    /** Shorter RSA keys are refused by peers, longer ones only cost time. */
    private static final int MIN_RSA_BITS = 2048;

    private static final int MAX_RSA_BITS = 4096;

    private static final BigInteger RSA_EXPONENT = BigInteger.valueOf(65_537);
    private static final int RSA_PRIME_CERTAINTY = 112;

    private final AsymmetricKeyParameter privateKey;
    private final byte[] certificateDer;
    private final DtlsFingerprint fingerprint;

    private CertificateIdentity(AsymmetricKeyParameter privateKey, byte[] certificateDer) {
        this.privateKey = privateKey;
        this.certificateDer = certificateDer;
        this.fingerprint = DtlsFingerprint.sha256Of(certificateDer);
    }

    /**
     * Makes an ECDSA P-256 key and a certificate valid from a day before {@code now} until {@code
     * validity} after it.
     */
    public static CertificateIdentity generate(
            SecureRandom random, Instant now, Duration validity) {
        return certify(generateEcKeyPair(random), random, now, validity);
    }

    /**
     * As {@link #generate} with an RSA key, for peers that know nothing else; takes a hundred times
     * as long.
     *
     * @param bits 2048 to 4096
     * @throws IllegalArgumentException when they are more or fewer
     */
    public static CertificateIdentity generateRsa(
            int bits, SecureRandom random, Instant now, Duration validity) {
        if (bits < MIN_RSA_BITS || bits > MAX_RSA_BITS) {
            throw new IllegalArgumentException(
                    "an RSA key has "
                            + MIN_RSA_BITS
                            + " to "
                            + MAX_RSA_BITS
                            + " bits, not "
                            + bits);
        }
        return certify(generateRsaKeyPair(bits, random), random, now, validity);
    }

    private static CertificateIdentity certify(
            AsymmetricCipherKeyPair keyPair, SecureRandom random, Instant now, Duration validity) {
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
            AsymmetricKeyParameter privateKey = keyPair.getPrivate();
            return new CertificateIdentity(
                    privateKey, sign(builder, privateKey, random).getEncoded());
        } catch (IOException e) {
            throw new UncheckedIOException("encoding a self-signed certificate", e);
        }
    }

    public AsymmetricKeyParameter privateKey() {
        return privateKey;
    }

    /** Whether the key is RSA; it is ECDSA otherwise. */
    public boolean isRsa() {
        return privateKey instanceof RSAKeyParameters;
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

    private static AsymmetricCipherKeyPair generateEcKeyPair(SecureRandom random) {
        ECNamedDomainParameters p256 =
                new ECNamedDomainParameters(
                        SECObjectIdentifiers.secp256r1,
                        CustomNamedCurves.getByOID(SECObjectIdentifiers.secp256r1));
        ECKeyPairGenerator generator = new ECKeyPairGenerator();
        generator.init(new ECKeyGenerationParameters(p256, random));
        return generator.generateKeyPair();
    }

    private static AsymmetricCipherKeyPair generateRsaKeyPair(int bits, SecureRandom random) {
        RSAKeyPairGenerator generator = new RSAKeyPairGenerator();
        generator.init(
                new RSAKeyGenerationParameters(RSA_EXPONENT, random, bits, RSA_PRIME_CERTAINTY));
        return generator.generateKeyPair();
    }

    private static X509CertificateHolder sign(
            X509v3CertificateBuilder builder, AsymmetricKeyParameter key, SecureRandom random) {
        try {
            return builder.build(signerBuilder(key).setSecureRandom(random).build(key));
        } catch (OperatorCreationException e) {
            throw new IllegalStateException("SHA-256 signatures are missing", e);
        }
    }

    private static BcContentSignerBuilder signerBuilder(AsymmetricKeyParameter key) {
        AlgorithmIdentifier digest = new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256);
        return key instanceof RSAKeyParameters
                ? new BcRSAContentSignerBuilder(
                        new AlgorithmIdentifier(
                                PKCSObjectIdentifiers.sha256WithRSAEncryption, DERNull.INSTANCE),
                        digest)
                : new BcECContentSignerBuilder(
                        new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256), digest);
    }
}
