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

    /** RFC 3711 appendix B.3 gives 94 bytes of the authentication key's keystream. */
    @Test
    void goesOnWithTheKeystreamAsRfc3711AppendixB3Does() {
        byte[] key = hex("E1F97A0D3E018BE0D64FA32C06DE4139");
        byte[] salt = hex("0EC675AD498AFEEBB6960B3AABE6");

        assertThat(
                        SrtpKeyDerivation.keystream(
                                key, salt, SrtpKeyDerivation.LABEL_RTP_AUTHENTICATION, 94))
                .isEqualTo(
                        hex(
                                "CEBE321F6FF7716B6FD4AB49AF256A156D38BAA48F0A0ACF3C34E2359E6CDBCE"
                                        + "E049646C43D9327AD175578EF72270986371C10C9A369AC2F94A8C5F"
                                        + "BCDDDC256D6E919A48B610EF17C2041E474035766B68642C59BBFC2F"
                                        + "34DB60DBDFB2"));
    }

    /** RFC 6188 section 7.1: the keystream of AES-256 counter mode. */
    @Test
    void countsBlocksAsRfc6188DoesWithA256BitKey() {
        AesCounterMode aes =
                new AesCounterMode(
                        hex("57f82fe3613fd170a85ec93c40b1f0922ec4cb0dc025b58272147cc438944a98"));
        System.arraycopy(hex("f0f1f2f3f4f5f6f7f8f9fafbfcfd"), 0, aes.counter(), 0, 14);
        byte[] keystream = new byte[0xff02 * 16];
        aes.process(new byte[keystream.length], keystream.length, keystream);

        assertThat(block(keystream, 0)).isEqualTo(hex("92bdd28a93c3f52511c677d08b5515a4"));
        assertThat(block(keystream, 1)).isEqualTo(hex("9da71b2378a854f67050756ded165bac"));
        assertThat(block(keystream, 2)).isEqualTo(hex("63c4868b7096d88421b563b8c94c9a31"));
        assertThat(block(keystream, 0xfeff)).isEqualTo(hex("cea518c90fd91ced9cbb18c078a54711"));
        assertThat(block(keystream, 0xff00)).isEqualTo(hex("3dbc4814f4da5f00a08772b63c6a046d"));
        assertThat(block(keystream, 0xff01)).isEqualTo(hex("6eb246913062a16891433e97dd01a57f"));
    }

    /**
     * RFC 6188 section 7.4; the suites with 192-bit keys are not offered, the function has them.
     */
    @Test
    void derivesTheSessionKeysOfRfc6188WithA192BitKey() {
        byte[] key = hex("73edc66c4fa15776fb57f9505c17136550ffda71f3e8e5f1");
        byte[] salt = hex("c8522f3acd4ce86d5add78edbb11");

        assertThat(
                        SrtpKeyDerivation.keystream(
                                key, salt, SrtpKeyDerivation.LABEL_RTP_ENCRYPTION, 24))
                .isEqualTo(hex("31874736a8f1143870c26e4857d8a5b2c4a354407faadabb"));
        assertThat(SrtpKeyDerivation.keystream(key, salt, SrtpKeyDerivation.LABEL_RTP_SALT, 14))
                .isEqualTo(hex("2372b82d639b6d8503a47adc0a6c"));
        assertThat(
                        SrtpKeyDerivation.keystream(
                                key, salt, SrtpKeyDerivation.LABEL_RTP_AUTHENTICATION, 20))
                .isEqualTo(hex("355b10973cd95b9eacf4061c7e1a7151e7cfbfcb"));
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
