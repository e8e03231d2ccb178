package dev.sluice.srtp.cipher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sluice.srtp.Providers;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.ValueLayout;
import java.util.EnumSet;
import java.util.Set;

class CipherProvidersTest {

    /** The Java runtime and BouncyCastle always are; bin/verify installs and names all. */
    @Test
    void whatTheBuildExpectsIsHere() {
        String expected =
                System.getenv().getOrDefault("EXPECTED_SRTP_PROVIDERS", "jce bouncycastle");

        assertThat(Providers.available())
                .extracting(provider -> provider.kind().configName())
                .contains("jce", "bouncycastle")
                .contains(expected.split(" "));
    }

    @ParameterizedTest
    @EnumSource
    void aProviderIsGivenOrThereIsAReason(CipherKind kind) {
        try {
            CipherProvider provider = CipherProviders.load(kind);
            assertThat(provider.kind()).isEqualTo(kind);
            assertThat(provider.libraries()).isNotBlank();
        } catch (CipherUnavailableException e) {
            assertThat(e).hasMessageContaining(kind.configName()).hasMessageContaining("lib");
            assertThat(e.isFaulty()).isFalse();
            assertThat(kind).isIn(CipherKind.OPENSSL, CipherKind.IPSEC_MB);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theFastestThatWorksIsTakenAndTheFasterOnesAreTold(CipherKind fastest) {
        Set<CipherKind> faster = EnumSet.range(CipherKind.IPSEC_MB, fastest);
        faster.remove(fastest);

        CipherProviders.Choice choice =
                CipherProviders.fastest(
                        kind -> {
                            if (faster.contains(kind)) {
                                throw new CipherUnavailableException(kind + " is away", false);
                            }
                            return new FaultyProvider(kind);
                        });

        assertThat(choice.provider().kind()).isEqualTo(fastest);
        assertThat(choice.refused())
                .extracting(Throwable::getMessage)
                .containsExactlyElementsOf(faster.stream().map(kind -> kind + " is away").toList());
    }

    @ParameterizedTest
    @EnumSource
    void aProviderThatComputesSomethingElseIsRefused(FaultyProvider.Fault fault) {
        assertThatExceptionOfType(CipherUnavailableException.class)
                .isThrownBy(() -> ProviderSelfTest.run(new FaultyProvider(fault)))
                .withMessageStartingWith("jce (a faulty library) fails its self-test: ")
                .withMessageContaining(fault.complaint())
                .satisfies(e -> assertThat(e.isFaulty()).isTrue());
    }

    @Test
    void theSelfTestLetsThroughWhatIsRight() throws CipherUnavailableException {
        ProviderSelfTest.run(new FaultyProvider(CipherKind.JCE));
    }

    @Test
    void aLibraryThatIsNotThereSaysItsNames() {
        NativeLibrary library = NativeLibrary.load("libsluice-none.so.7", "libsluice-none.so");

        assertThat(library.problem())
                .contains("libsluice-none.so.7 or libsluice-none.so", "loader does not find it");
    }

    @Test
    void aFunctionThatALibraryLacksIsNamed() {
        NativeLibrary library = NativeLibrary.ofSystem();
        assertThat(library.problem()).isNull();

        library.function("sluice_none", FunctionDescriptor.of(ValueLayout.JAVA_INT));

        assertThat(library.problem()).contains("it has no function sluice_none");
    }

    @Test
    void anAddressOfNoLibraryIsKnown() {
        NativeLibrary library = NativeLibrary.ofSystem();
        try (NativeMemory memory = new NativeMemory(64)) {
            assertThat(library.holds(memory.address(0, 64), "calloc")).isFalse();
            assertThat(library.holds(0, "calloc")).isFalse();
        }
    }
}
