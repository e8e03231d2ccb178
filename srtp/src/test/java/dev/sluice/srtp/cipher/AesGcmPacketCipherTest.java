package dev.sluice.srtp.cipher;

import static dev.sluice.srtp.Bytes.buffer;
import static dev.sluice.srtp.Bytes.hex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.srtp.keys.Mki;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The vectors of RFC 7714 sections 16 and 17, which give session keys directly, with each provider
 * that this machine has.
 */
@ParameterizedClass
@MethodSource("dev.sluice.srtp.Providers#available")
class AesGcmPacketCipherTest {

    private static final String KEY_128 = "000102030405060708090a0b0c0d0e0f";
    private static final String KEY_256 = KEY_128 + "101112131415161718191a1b1c1d1e1f";
    private static final String SALT = "517569642070726f2071756f";

    private static final String RTP_HEADER = "8040f17b8041f8d35501a0b2";
    private static final String RTP =
            RTP_HEADER
                    + "47616c6c696120657374206f6d6e697320646976697361"
                    + "20696e207061727465732074726573";
    private static final long RTP_SSRC = 0x5501a0b2L;
    private static final long RTP_INDEX = 0xf17b;

    private static final String RTCP =
            "81c8000d4d6172734e5450314e545032525450200000042a0000e9304c756e61"
                    + "deadbeefdeadbeefdeadbeefdeadbeefdeadbeef";
    private static final long RTCP_SSRC = 0x4d617273L;
    private static final int RTCP_INDEX = 0x5d4;

    private final CipherProvider provider;

    AesGcmPacketCipherTest(CipherProvider provider) {
        this.provider = provider;
    }

    /** Sections 16.1.1, 16.1.2, 16.2.1 and 16.2.2. */
    @ParameterizedTest
    @CsvSource({
        KEY_128
                + ",f24de3a3fb34de6cacba861c9d7e4bcabe633bd50d294e6f42a5f47a51c7d19b36de3adf8833"
                + "899d7f27beb16a9152cf765ee4390cce",
        KEY_256
                + ",32b1de78a822fe12ef9f78fa332e33aab18012389a58e2f3b50b2a0276ffae0f1ba63799b87b"
                + "7aa3db36dfffd6b0f9bb7878d7a76c13"
    })
    void sealsAndOpensTheRtpPacketsOfRfc7714(String key, String sealedPayload) {
        for (ByteBuf packet : new ByteBuf[] {buffer(RTP), direct(RTP)}) {
            cipher(key).sealRtp(packet, 12, RTP_SSRC, RTP_INDEX);
            assertThat(hex(packet)).isEqualTo(RTP_HEADER + sealedPayload);

            assertThat(cipher(key).openRtp(packet, 12, RTP_SSRC, RTP_INDEX)).isTrue();
            assertThat(hex(packet)).isEqualTo(RTP);
            packet.release();
        }
    }

    /** Sections 17.1 and 17.2. */
    @ParameterizedTest
    @CsvSource({
        KEY_128
                + ",63e94885dcdab67ca727d7662f6b7e997ff5c0f76c06f32dc676a5f1730d6fda4ce09b4686303ded"
                + "0bb9275bc84aa45896cf4d2fc5abf87245d9eade800005d4",
        KEY_256
                + ",d50ae4d1f5ce5d304ba297e47d470c282c3ece5dbffe0a50a2eaa5c1110555be8415f658c61de047"
                + "6f1b6fad1d1eb30c4446839f57ff6f6cb26ac3be800005d4"
    })
    void sealsAndOpensTheRtcpPacketsOfRfc7714(String key, String sealedBody) {
        ByteBuf packet = buffer(RTCP);
        cipher(key).sealRtcp(packet, RTCP_SSRC, RTCP_INDEX);
        assertThat(hex(packet)).isEqualTo("81c8000d4d617273" + sealedBody);

        int indexWord = cipher(key).rtcpIndexWord(packet);
        assertThat(indexWord).isEqualTo(0x800005d4);
        assertThat(cipher(key).openRtcp(packet, RTCP_SSRC, indexWord)).isTrue();
        assertThat(hex(packet)).isEqualTo(RTCP);
    }

    /** Sections 17.3 and 17.4. */
    @ParameterizedTest
    @CsvSource({
        KEY_128 + ",841dd9683dd78ec92ae58790125f62b3",
        KEY_256 + ",91db4afbfeee5a978fab4393ed2615fe"
    })
    void sealsAndOpensTheUnencryptedRtcpPacketsOfRfc7714(String key, String tag) {
        ByteBuf packet = buffer(RTCP);
        cipher(key).sealRtcpInClear(packet, RTCP_SSRC, RTCP_INDEX);
        assertThat(hex(packet)).isEqualTo(RTCP + tag + "000005d4");

        assertThat(cipher(key).openRtcp(packet, RTCP_SSRC, cipher(key).rtcpIndexWord(packet)))
                .isTrue();
        assertThat(hex(packet)).isEqualTo(RTCP);
    }

    @Test
    void leavesAPacketThatDoesNotVerifyAsItWas() {
        ByteBuf packet = buffer(RTP);
        cipher(KEY_128).sealRtp(packet, 12, RTP_SSRC, RTP_INDEX);
        String sealed = hex(packet);

        assertThat(cipher(KEY_128).openRtp(packet, 12, RTP_SSRC, RTP_INDEX + 1)).isFalse();
        assertThat(cipher(KEY_256).openRtp(packet, 12, RTP_SSRC, RTP_INDEX)).isFalse();
        assertThat(hex(packet)).isEqualTo(sealed);
    }

    private static ByteBuf direct(String hex) {
        return Unpooled.directBuffer(64).writeZero(3).skipBytes(3).writeBytes(hex(hex));
    }

    private AesGcmPacketCipher cipher(String key) {
        SessionKeys keys = new SessionKeys(hex(key), new byte[0], hex(SALT));
        return new AesGcmPacketCipher(provider, keys, keys, Mki.NONE);
    }
}
