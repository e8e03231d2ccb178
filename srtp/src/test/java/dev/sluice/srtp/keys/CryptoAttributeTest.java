package dev.sluice.srtp.keys;

import static dev.sluice.srtp.Bytes.hex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** RFC 4568. */
class CryptoAttributeTest {

    private static final String BASE64 = "WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz";
    private static final String PLAIN = "1 AES_CM_128_HMAC_SHA1_80 inline:" + BASE64;

    /** The attribute of section 4.1 of RFC 4568, with its session parameter left out. */
    @Test
    void readsTagSuiteKeyLifetimeAndIdentifier() {
        CryptoAttribute attribute = parsed("a=crypto:" + PLAIN + "|2^20|1:4");

        assertThat(attribute.tag()).isEqualTo(1);
        assertThat(attribute.profile()).isEqualTo(SrtpProfile.AES_CM_128_HMAC_SHA1_80);
        SrtpMasterKey key = attribute.keys().getFirst();
        assertThat(key.maxPackets()).isEqualTo(1 << 20);
        assertThat(key.mki()).isEqualTo(Mki.ofBytes(hex("00000001")));
        assertThat(key.keys().masterKey()).isEqualTo(hex("59535f5f5f73656d63746c202829207b"));
        assertThat(key.keys().masterSalt()).isEqualTo(hex("093232303b7d0a7d0a756e6c6573"));
        assertThat(attribute.line()).isEqualTo("a=crypto:" + PLAIN + "|2^20|1:4");
    }

    @Test
    void readsSeveralKeysAndSessionParameters() {
        String text =
                "7 AES_CM_128_HMAC_SHA1_32 inline:"
                        + BASE64
                        + "|2^20|1:4;inline:QUJjZGVmMTIzNDU2Nzg5QUJDREUwMTIzNDU2Nzg5|1000|2:4"
                        + " KDR=24 UNENCRYPTED_SRTP UNENCRYPTED_SRTCP UNAUTHENTICATED_SRTP"
                        + " FEC_ORDER=SRTP_FEC WSH=128 -later=7";
        CryptoAttribute attribute = parsedSyntax(text);

        assertThat(attribute.keys()).hasSize(2);
        assertThat(attribute.keys().get(1).maxPackets()).isEqualTo(1000);
        assertThat(attribute.keys().get(1).mki().value()).isEqualTo(BigInteger.TWO);
        assertThat(attribute.parameters())
                .isEqualTo(
                        new SessionParameters(
                                24,
                                true,
                                true,
                                true,
                                SessionParameters.FecOrder.SRTP_FEC,
                                128,
                                List.of("later=7")));
        assertThat(attribute.value()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "AES_CM_128_HMAC_SHA1_80,30",
        "AES_CM_128_HMAC_SHA1_32,30",
        "AES_256_CM_HMAC_SHA1_80,46",
        "AES_256_CM_HMAC_SHA1_32,46",
        "AEAD_AES_128_GCM,28",
        "AEAD_AES_256_GCM,44"
    })
    void namesTheSuitesAsTheirRfcsDo(String suite, int keyAndSaltBytes) {
        SrtpProfile profile = SrtpProfile.ofSuite(suite);
        assertThat(profile).isNotNull();
        CryptoAttribute attribute = CryptoAttribute.random(3, profile, new SecureRandom());

        assertThat(attribute.value()).startsWith("3 " + suite + " inline:");
        assertThat(profile.keySizeBytes() + profile.saltSizeBytes()).isEqualTo(keyAndSaltBytes);
        assertThat(parsed(attribute.value())).isEqualTo(attribute);
    }

    @ParameterizedTest
    @EnumSource
    void freshKeysDiffer(SrtpProfile profile) {
        SecureRandom random = new SecureRandom();
        assertThat(CryptoAttribute.random(1, profile, random))
                .isNotEqualTo(CryptoAttribute.random(1, profile, random));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UNENCRYPTED_SRTP",
                "UNENCRYPTED_SRTCP",
                "UNAUTHENTICATED_SRTP",
                "KDR=0",
                "FEC_ORDER=FEC_SRTP",
                "FEC_KEY=inline:" + BASE64,
                "SOMETHING_NEW=1"
            })
    void whatASessionCannotOrMustNotDoIsRefusedByName(String parameter) {
        String name = parameter.replaceFirst("=.*", "");

        assertThat(refusal(PLAIN + " " + parameter)).contains(name).doesNotContain(BASE64);
    }

    @Test
    void optionalParametersAreNoReasonToRefuse() {
        CryptoAttribute attribute = parsed(PLAIN + " -NEW=secret WSH=64");

        assertThat(attribute.parameters().optional()).containsExactly("NEW=secret");
        assertThat(attribute.parameters().windowSizeHint()).isEqualTo(64);
        assertThat(attribute.toString()).contains("-NEW=...").doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "''!without tag",
                "1 AES_CM_128_HMAC_SHA1_80!without tag",
                "x AES_CM_128_HMAC_SHA1_80 inline:K!tag",
                "01 AES_CM_128_HMAC_SHA1_80 inline:K!tag",
                "1234567890 AES_CM_128_HMAC_SHA1_80 inline:K!tag",
                "1 F8_128_HMAC_SHA1_80 inline:K!F8_128_HMAC_SHA1_80",
                "1 NULL_HMAC_SHA1_80 inline:K!NULL_HMAC_SHA1_80",
                "1 AES_CM_128_HMAC_SHA1_80 uri:K!inline",
                "1 AES_CM_128_HMAC_SHA1_80 inline:####!base64",
                "1 AES_CM_128_HMAC_SHA1_80 inline:QUJD!3 bytes, not 30",
                "1 AEAD_AES_128_GCM inline:KEY!30 bytes, not 28",
                "1 AES_CM_128_HMAC_SHA1_80 inline:KEY|2^49!lifetime",
                "1 AES_CM_128_HMAC_SHA1_80 inline:KEY|0!lifetime",
                "1 AES_CM_128_HMAC_SHA1_80 inline:KEY|-1!lifetime",
                "1 AES_CM_128_HMAC_SHA1_80 inline:KEY|2^20|1!MKI",
                "1 AES_CM_128_HMAC_SHA1_80 inline:KEY|2^20|1:0!MKI",
                "1 AES_CM_128_HMAC_SHA1_80 inline:KEY|2^20|1:129!MKI",
                "1 AES_CM_128_HMAC_SHA1_80 inline:KEY|2^20|256:1!MKI",
                "1 AES_CM_128_HMAC_SHA1_80 inline:KEY|2^20|1:4|x!more than",
                "1 AES_CM_128_HMAC_SHA1_80 inline:KEY;inline:KEY!two keys have",
                "1 AES_CM_128_HMAC_SHA1_80 inline:KEY|1:4;inline:KEY|2:2!identifier size",
                "1 AES_CM_128_HMAC_SHA1_80 inline:KEY KDR=25!KDR",
                "1 AES_CM_128_HMAC_SHA1_80 inline:KEY WSH=63!WSH",
                "1 AES_CM_128_HMAC_SHA1_80 inline:KEY WSH=64 WSH=64!twice",
                "1 AES_CM_128_HMAC_SHA1_80 inline:KEY UNENCRYPTED_SRTP=1!takes no value",
                "1 AES_CM_128_HMAC_SHA1_80 inline:KEY FEC_ORDER=X!FEC_ORDER"
            })
    void saysWhatIsWrong(String text, String said) {
        assertThat(refusal(text.replace("KEY", BASE64))).contains(said).doesNotContain(BASE64);
    }

    @Test
    void printsNoKey() {
        CryptoAttribute attribute = parsed(PLAIN + "|2^20|1:4");

        assertThat(attribute.toString() + CryptoAttribute.parse(PLAIN) + attribute.keys())
                .contains("AES_CM_128_HMAC_SHA1_80")
                .doesNotContain(BASE64)
                .doesNotContain(BASE64.substring(0, 8));
    }

    @Test
    void aConstructorRefusesWhatTheTextCouldNotSay() {
        SrtpKeys keys = parsed(PLAIN).keys().getFirst().keys();
        assertThatIllegalArgumentException().isThrownBy(() -> CryptoAttribute.of(-1, keys));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CryptoAttribute(1, List.of(), SessionParameters.NONE));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                new SessionParameters(
                                        SessionParameters.NO_RATE,
                                        false,
                                        false,
                                        false,
                                        null,
                                        0,
                                        List.of("two words")));
    }

    @Provide
    Arbitrary<CryptoAttribute> attributes() {
        Arbitrary<SessionParameters> parameters =
                Combinators.combine(
                                Arbitraries.integers().between(-1, 24),
                                Arbitraries.of(true, false),
                                Arbitraries.of(true, false),
                                Arbitraries.of(true, false),
                                Arbitraries.of(SessionParameters.FecOrder.class).injectNull(0.5),
                                Arbitraries.integers().between(64, 1_000_000).injectNull(0.5),
                                Arbitraries.strings()
                                        .withCharRange('!', '~')
                                        .ofMaxLength(9)
                                        .list()
                                        .ofMaxSize(3))
                        .as(CryptoAttributeTest::parameters);
        return Combinators.combine(
                        Arbitraries.integers().between(0, CryptoAttribute.MAX_TAG),
                        Arbitraries.of(SrtpProfile.class),
                        Arbitraries.integers().between(1, CryptoAttribute.MAX_KEYS),
                        Arbitraries.integers().between(2, Mki.MAX_SIZE_BYTES),
                        Arbitraries.longs().between(1, SrtpMasterKey.MAX_RTP_PACKETS),
                        parameters,
                        Arbitraries.longs())
                .as(CryptoAttributeTest::attribute);
    }

    private static SessionParameters parameters(
            int rate,
            boolean rtp,
            boolean rtcp,
            boolean unauthenticated,
            SessionParameters.@Nullable FecOrder order,
            @Nullable Integer window,
            List<String> optional) {
        int hint = window == null ? SessionParameters.NO_WINDOW_SIZE : window;
        return new SessionParameters(rate, rtp, rtcp, unauthenticated, order, hint, optional);
    }

    private static CryptoAttribute attribute(
            int tag,
            SrtpProfile profile,
            int count,
            int mkiSize,
            long lifetime,
            SessionParameters parameters,
            long seed) {
        Random random = new Random(seed);
        List<SrtpMasterKey> keys = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] key = new byte[profile.keySizeBytes()];
            byte[] salt = new byte[profile.saltSizeBytes()];
            random.nextBytes(key);
            random.nextBytes(salt);
            Mki mki = count == 1 && random.nextBoolean() ? Mki.NONE : Mki.of(i * 3L, mkiSize);
            keys.add(new SrtpMasterKey(new SrtpKeys(profile, key, salt), mki, lifetime));
        }
        return new CryptoAttribute(tag, keys, parameters);
    }

    @Property(seed = "42")
    void whatIsWrittenReadsBackTheSame(@ForAll("attributes") CryptoAttribute attribute) {
        assertThat(parsedSyntax(attribute.value())).isEqualTo(attribute);
        assertThat(parsedSyntax(attribute.line())).isEqualTo(attribute);
    }

    @Property(seed = "42")
    void anyTextGivesAnAnswer(@ForAll String text) {
        for (String whole : List.of(text, "1 " + text, PLAIN + text, PLAIN + " " + text)) {
            assertThat(CryptoAttribute.parse(whole)).isNotNull();
            assertThat(CryptoAttribute.parseSyntax(whole)).isNotNull();
        }
    }

    private static CryptoAttribute parsed(String text) {
        return ((CryptoParse.Parsed) CryptoAttribute.parse(text)).attribute();
    }

    private static CryptoAttribute parsedSyntax(String text) {
        return ((CryptoParse.Parsed) CryptoAttribute.parseSyntax(text)).attribute();
    }

    private static String refusal(String text) {
        return ((CryptoParse.Refused) CryptoAttribute.parse(text)).reason();
    }
}
