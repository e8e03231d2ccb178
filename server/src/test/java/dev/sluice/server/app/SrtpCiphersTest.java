package dev.sluice.server.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.server.config.SrtpProvider;
import dev.sluice.srtp.cipher.CipherKind;
import dev.sluice.srtp.cipher.CipherProvider;
import dev.sluice.srtp.cipher.CipherProviders;
import dev.sluice.srtp.cipher.CipherUnavailableException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Locale;

class SrtpCiphersTest {

    @Test
    void autoTakesTheFastestOfThisMachine() throws StartException {
        assertThat(SrtpCiphers.of(SrtpProvider.AUTO, CipherProviders::load).kind())
                .isEqualTo(CipherProviders.fastest(CipherProviders::load).provider().kind());
    }

    @Test
    void autoGoesOnToWhatWorks() throws StartException {
        assertThat(SrtpCiphers.of(SrtpProvider.AUTO, SrtpCiphersTest::onlyBouncyCastle).kind())
                .isEqualTo(CipherKind.BOUNCYCASTLE);
    }

    @Test
    void whatIsAlwaysThereCanBeAskedFor() throws StartException {
        assertThat(SrtpCiphers.of(SrtpProvider.JCE, CipherProviders::load).kind())
                .isEqualTo(CipherKind.JCE);
        assertThat(SrtpCiphers.of(SrtpProvider.BOUNCYCASTLE, CipherProviders::load).kind())
                .isEqualTo(CipherKind.BOUNCYCASTLE);
    }

    @ParameterizedTest
    @EnumSource(
            names = {"AUTO", "BOUNCYCASTLE"},
            mode = EnumSource.Mode.EXCLUDE)
    void oneThatIsAskedForAndDoesNotWorkRefusesTheStart(SrtpProvider asked) {
        String name = asked.name().toLowerCase(Locale.ROOT).replace('_', '-');

        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> SrtpCiphers.of(asked, SrtpCiphersTest::onlyBouncyCastle))
                .withMessage(
                        "srtp.provider is %s, but %s is not here: no library. Install what it needs, or set auto, which takes the fastest that works"
                                .formatted(name, name));
    }

    private static CipherProvider onlyBouncyCastle(CipherKind kind)
            throws CipherUnavailableException {
        if (kind != CipherKind.BOUNCYCASTLE) {
            throw new CipherUnavailableException(
                    kind.configName() + " is not here: no library", kind == CipherKind.OPENSSL);
        }
        return CipherProviders.load(kind);
    }
}
