package dev.sluice.srtp.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.media.time.WallClock;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;

class IdentityRotationTest {

    /** Negative, as the monotonic clock of a real machine may be. */
    private static final long START = -9_876_543_210_123L;

    private static final Instant EPOCH = Instant.parse("2026-02-03T04:05:06Z");
    private static final Duration PERIOD = Duration.ofDays(30);

    private final IdentityRotation rotation =
            new IdentityRotation(
                    new SecureRandom(),
                    new WallClock(EPOCH.getEpochSecond() * 1_000_000_000 - START),
                    PERIOD,
                    START);

    @Test
    void givesOneCertificateForItsPeriodAndThenAnother() {
        CertificateIdentity first = rotation.current(START);

        assertThat(rotation.current(START + PERIOD.toNanos() - 1)).isSameAs(first);
        CertificateIdentity second = rotation.current(START + PERIOD.toNanos());
        assertThat(second.fingerprint()).isNotEqualTo(first.fingerprint());
        assertThat(rotation.current(START + 2 * PERIOD.toNanos() - 1)).isSameAs(second);
    }

    @Test
    void skipsWhatNobodyAskedFor() {
        CertificateIdentity late = rotation.current(START + 5 * PERIOD.toNanos() / 2);

        assertThat(rotation.current(START + 7 * PERIOD.toNanos() / 2 - 1)).isSameAs(late);
        assertThat(rotation.current(START + 7 * PERIOD.toNanos() / 2)).isNotSameAs(late);
    }

    @Test
    void certificatesAreValidForTwicePeriodFromWhenTheyWereMade() throws Exception {
        assertThat(read(rotation.current(START)).getNotAfter())
                .isEqualTo(Date.from(EPOCH.plus(PERIOD.multipliedBy(2))));
        assertThat(read(rotation.current(START + PERIOD.toNanos())).getNotAfter())
                .isEqualTo(Date.from(EPOCH.plus(PERIOD.multipliedBy(3))));
    }

    @Test
    void refusesAPeriodOfNothing() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                new IdentityRotation(
                                        new SecureRandom(), new WallClock(0), Duration.ZERO, 0))
                .withMessageContaining("PT0S");
    }

    private static X509Certificate read(CertificateIdentity identity) throws Exception {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(identity.certificateDer()));
    }
}
