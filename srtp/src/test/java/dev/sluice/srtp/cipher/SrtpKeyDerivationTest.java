package dev.sluice.srtp.cipher;

import static dev.sluice.srtp.Bytes.hex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.srtp.keys.SrtpKeys;
import dev.sluice.srtp.keys.SrtpProfile;

import org.junit.jupiter.api.Test;

import java.util.Arrays;

class SrtpKeyDerivationTest {

    /**
     * RFC 3711 appendix B.2: the keystream of AES counter mode, here by way of its counter block.
     */
    @Test
    void countsBlocksAsRfc3711AppendixB2Does() {
        AesCounterMode aes = new AesCounterMode(hex("2B7E151628AED2A6ABF7158809CF4F3C"));
        System.arraycopy(hex("F0F1F2F3F4F5F6F7F8F9FAFBFCFD"), 0, aes.counter(), 0, 14);
        byte[] keystream = new byte[0xff03 * 16];
        aes.process(new byte[keystream.length], keystream.length, keystream);

        assertThat(block(keystream, 0)).isEqualTo(hex("E03EAD0935C95E80E166B16DD92B4EB4"));
        assertThat(block(keystream, 1)).isEqualTo(hex("D23513162B02D0F72A43A2FE4A5F97AB"));
        assertThat(block(keystream, 2)).isEqualTo(hex("41E95B3BB0A2E8DD477901E4FCA894C0"));
        assertThat(block(keystream, 0xfeff)).isEqualTo(hex("EC8CDF7398607CB0F2D21675EA9EA1E4"));
        assertThat(block(keystream, 0xff00)).isEqualTo(hex("362B7C3C6773516318A077D7FC5073AE"));
        assertThat(block(keystream, 0xff01)).isEqualTo(hex("6A2CC3787889374FBEB4C81B17BA6C44"));
    }

    /** RFC 3711 appendix B.3. */
    @Test
    void derivesTheSessionKeysOfRfc3711AppendixB3() {
        byte[] key = hex("E1F97A0D3E018BE0D64FA32C06DE4139");
        byte[] salt = hex("0EC675AD498AFEEBB6960B3AABE6");

        SessionKeys keys =
                SrtpKeyDerivation.rtp(new SrtpKeys(SrtpProfile.AES_CM_128_HMAC_SHA1_80, key, salt));

        assertThat(keys.encryptionKey()).isEqualTo(hex("C61E7A93744F39EE10734AFE3FF7A087"));
        assertThat(keys.salt()).isEqualTo(hex("30CBBC08863D8C85D49DB34A9AE1"));
        assertThat(keys.authenticationKey())
                .isEqualTo(hex("CEBE321F6FF7716B6FD4AB49AF256A156D38BAA4"));
    }

    /** RFC 6188 section 7.2. */
    @Test
    void derivesTheSessionKeysOfRfc6188WithA256BitKey() {
        byte[] key = hex("f0f04914b513f2763a1b1fa130f10e2998f6f6e43e4309d1e622a0e332b9f1b6");
        byte[] salt = hex("3b04803de51ee7c96423ab5b78d2");

        assertThat(
                        SrtpKeyDerivation.keystream(
                                key, salt, SrtpKeyDerivation.LABEL_RTP_ENCRYPTION, 32))
                .isEqualTo(hex("5ba1064e30ec51613cad926c5a28ef731ec7fb397f70a960653caf06554cd8c4"));
        assertThat(SrtpKeyDerivation.keystream(key, salt, SrtpKeyDerivation.LABEL_RTP_SALT, 14))
                .isEqualTo(hex("fa31791685ca444a9e07c6c64e93"));
        assertThat(
                        SrtpKeyDerivation.keystream(
                                key, salt, SrtpKeyDerivation.LABEL_RTP_AUTHENTICATION, 20))
                .isEqualTo(hex("fd9c32d39ed5fbb5a9dc96b30818454d1313dc05"));
    }

    @Test
    void rtpAndRtcpGetDifferentKeys() {
        SrtpKeys master = new SrtpKeys(SrtpProfile.AEAD_AES_128_GCM, new byte[16], new byte[12]);

        assertThat(SrtpKeyDerivation.rtp(master).encryptionKey())
                .isNotEqualTo(SrtpKeyDerivation.rtcp(master).encryptionKey());
        assertThat(SrtpKeyDerivation.rtp(master).salt()).hasSize(12);
        assertThat(SrtpKeyDerivation.rtp(master)).hasToString("SessionKeys[128 bits]");
    }

    private static byte[] block(byte[] keystream, int number) {
        return Arrays.copyOfRange(keystream, 16 * number, 16 * number + 16);
    }
}
