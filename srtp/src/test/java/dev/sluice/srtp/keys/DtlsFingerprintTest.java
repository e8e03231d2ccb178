package dev.sluice.srtp.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

class DtlsFingerprintTest {

    private static final byte[] ABC = "abc".getBytes(StandardCharsets.US_ASCII);

    /** The SHA-256 of "abc", FIPS 180-4 appendix B.1. */
    private static final String SHA_256_OF_ABC =
            "sha-256"
                + " BA:78:16:BF:8F:01:CF:EA:41:41:40:DE:5D:AE:22:23:B0:03:61:A3:96:17:7A:9C:B4:10:FF:61:F2:00:15:AD";

    @Test
    void writesTheSdpForm() {
        assertThat(DtlsFingerprint.sha256Of(ABC).toSdp()).isEqualTo(SHA_256_OF_ABC);
    }

    @Test
    void readsWhatItWritesInEitherCase() {
        assertThat(DtlsFingerprint.parse(SHA_256_OF_ABC)).isEqualTo(DtlsFingerprint.sha256Of(ABC));
        assertThat(DtlsFingerprint.parse(SHA_256_OF_ABC.toLowerCase(Locale.ROOT)).matches(ABC))
                .isTrue();
        assertThat(DtlsFingerprint.parse("SHA-256" + SHA_256_OF_ABC.substring(7)).matches(ABC))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha-256", "sha-384", "sha-512"})
    void verifiesWithEachAcceptedHash(String name) {
        DtlsFingerprint.Algorithm algorithm =
                DtlsFingerprint.Algorithm.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
        DtlsFingerprint fingerprint = new DtlsFingerprint(algorithm, algorithm.digest(ABC));
        assertThat(DtlsFingerprint.parse(fingerprint.toSdp()).matches(ABC)).isTrue();
        assertThat(fingerprint.matches(new byte[] {1})).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sha-256",
                "sha-256 AA:BB",
                "sha-256 AABB",
                "sha-256 zz",
                "sha-1 A9:99:3E:36:47:06:81:6A:BA:3E:25:71:78:50:C2:6C:9C:D0:D8:9D",
                "md5 90:01:50:98:3C:D2:4F:B0:D6:96:3F:7D:28:E1:7F:72"
            })
    void refusesMalformedAndWeakFingerprints(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> DtlsFingerprint.parse(text));
    }

    @Property
    void anyTextIsReadOrRefused(@ForAll String text) {
        try {
            assertThat(DtlsFingerprint.parse(text)).isNotNull();
        } catch (IllegalArgumentException expected) {
            assertThat(expected).isNotNull();
        }
    }
}
