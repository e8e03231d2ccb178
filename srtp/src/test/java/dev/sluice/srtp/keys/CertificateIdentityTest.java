package dev.sluice.srtp.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;

class CertificateIdentityTest {

    private static final Instant NOW = Instant.parse("2026-02-03T04:05:06Z");

    private final SecureRandom random = new SecureRandom();

    @Test
    void signsItsOwnP256Certificate() throws Exception {
        X509Certificate certificate =
                read(CertificateIdentity.generate(random, NOW, Duration.ofDays(30)));

        certificate.verify(certificate.getPublicKey());
        assertThat(certificate.getSigAlgName()).isEqualTo("SHA256withECDSA");
        assertThat(
                        ((ECPublicKey) certificate.getPublicKey())
                                .getParams()
                                .getCurve()
                                .getField()
                                .getFieldSize())
                .isEqualTo(256);
    }

    @ParameterizedTest
    @ValueSource(ints = {2048, 3072})
    void signsItsOwnRsaCertificate(int bits) throws Exception {
        CertificateIdentity identity =
                CertificateIdentity.generateRsa(bits, random, NOW, Duration.ofDays(30));
        X509Certificate certificate = read(identity);

        certificate.verify(certificate.getPublicKey());
        assertThat(certificate.getSigAlgName()).isEqualTo("SHA256withRSA");
        assertThat(((RSAPublicKey) certificate.getPublicKey()).getModulus().bitLength())
                .isEqualTo(bits);
        assertThat(identity.isRsa()).isTrue();
        assertThat(identity.fingerprint().matches(identity.certificateDer())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1024, 2047, 4097, 16_384})
    void refusesRsaKeysThatAreTooShortOrNeedlesslyLong(int bits) {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                CertificateIdentity.generateRsa(
                                        bits, random, NOW, Duration.ofDays(30)))
                .withMessageContaining("" + bits);
    }

    @Test
    void isValidFromADayBeforeNowOn() throws Exception {
        X509Certificate certificate =
                read(CertificateIdentity.generate(random, NOW, Duration.ofDays(30)));

        assertThat(certificate.getNotBefore()).isEqualTo(Date.from(NOW.minus(Duration.ofDays(1))));
        assertThat(certificate.getNotAfter()).isEqualTo(Date.from(NOW.plus(Duration.ofDays(30))));
    }

    @Test
    void isKnownByTheFingerprintOfItsCertificate() {
        CertificateIdentity identity =
                CertificateIdentity.generate(random, NOW, Duration.ofDays(30));
        CertificateIdentity other = CertificateIdentity.generate(random, NOW, Duration.ofDays(30));

        assertThat(identity.fingerprint().matches(identity.certificateDer())).isTrue();
        assertThat(identity.fingerprint().matches(other.certificateDer())).isFalse();
    }

    @Test
    void printsNothingButTheFingerprint() {
        CertificateIdentity identity =
                CertificateIdentity.generate(random, NOW, Duration.ofDays(30));

        assertThat(identity)
                .hasToString("CertificateIdentity[" + identity.fingerprint().toSdp() + "]");
    }

    private static X509Certificate read(CertificateIdentity identity) throws Exception {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        return (X509Certificate)
                factory.generateCertificate(new ByteArrayInputStream(identity.certificateDer()));
    }
}
