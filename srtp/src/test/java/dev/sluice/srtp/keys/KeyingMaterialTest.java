package dev.sluice.srtp.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.srtp.Bytes;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeyingMaterialTest {

    @Test
    void cutsClientKeyServerKeyClientSaltServerSaltInThatOrder() {
        byte[] exported =
                Bytes.hex("aa".repeat(16) + "bb".repeat(16) + "cc".repeat(12) + "dd".repeat(12));
        KeyingMaterial client =
                KeyingMaterial.ofExported(SrtpProfile.AEAD_AES_128_GCM, exported, true);

        assertThat(client.local().masterKey()).containsOnly(0xaa);
        assertThat(client.local().masterSalt()).containsOnly(0xcc);
        assertThat(client.remote().masterKey()).containsOnly(0xbb);
        assertThat(client.remote().masterSalt()).containsOnly(0xdd);
    }

    @ParameterizedTest
    @EnumSource
    void theTwoSidesKeysMatchCrosswise(SrtpProfile profile) {
        byte[] exported = new byte[KeyingMaterial.exportedSizeBytes(profile)];
        for (int i = 0; i < exported.length; i++) {
            exported[i] = (byte) i;
        }
        KeyingMaterial client = KeyingMaterial.ofExported(profile, exported, true);
        KeyingMaterial server = KeyingMaterial.ofExported(profile, exported, false);

        assertThat(client.local()).isEqualTo(server.remote()).isNotEqualTo(server.local());
        assertThat(client.remote()).isEqualTo(server.local());
    }

    @Test
    void printsNoKeyBytes() {
        byte[] exported = Bytes.hex("ab".repeat(56));

        assertThat(KeyingMaterial.ofExported(SrtpProfile.AEAD_AES_128_GCM, exported, true))
                .hasToString(
                        "KeyingMaterial[local=SrtpKeys[AEAD_AES_128_GCM],"
                                + " remote=SrtpKeys[AEAD_AES_128_GCM]]");
    }

    @Test
    void refusesMaterialOfTheWrongSize() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                KeyingMaterial.ofExported(
                                        SrtpProfile.AEAD_AES_128_GCM, new byte[55], true));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                new SrtpKeys(
                                        SrtpProfile.AEAD_AES_256_GCM, new byte[16], new byte[12]));
    }

    @Test
    void profilesAreFoundByTheirRegisteredNumbers() {
        assertThat(SrtpProfile.ofId(0x0001)).isEqualTo(SrtpProfile.AES_CM_128_HMAC_SHA1_80);
        assertThat(SrtpProfile.ofId(0x0007)).isEqualTo(SrtpProfile.AEAD_AES_128_GCM);
        assertThat(SrtpProfile.ofId(0x0005)).isNull();
    }
}
