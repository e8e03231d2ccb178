package dev.sluice.srtp.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.sluice.srtp.Bytes;
import dev.sluice.srtp.context.SrtpSender;
import dev.sluice.srtp.context.SrtpStatus;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.math.BigInteger;
import java.security.SecureRandom;

class SrtpKeysTest {

    @ParameterizedTest
    @EnumSource
    void wipedKeysAreGone(SrtpProfile profile) {
        SrtpKeys keys = SrtpKeys.random(profile, new SecureRandom());
        SrtpKeys copy = new SrtpKeys(profile, keys.masterKey(), keys.masterSalt());
        assertThat(keys).isEqualTo(copy);

        try (keys) {
            assertThat(keys.isWiped()).isFalse();
        }

        assertThat(keys.isWiped()).isTrue();
        assertThatIllegalStateException()
                .isThrownBy(keys::masterKey)
                .withMessageContaining("wiped");
        assertThatIllegalStateException().isThrownBy(keys::masterSalt);
        assertThat(keys).isNotEqualTo(copy);
        assertThat(copy.isWiped()).isFalse();
    }

    @Test
    void aSenderOutlivesTheKeysItWasMadeWith() {
        SrtpKeys keys = SrtpKeys.random(SrtpProfile.AES_CM_128_HMAC_SHA1_80, new SecureRandom());
        SrtpKeys same = new SrtpKeys(keys.profile(), keys.masterKey(), keys.masterSalt());
        SrtpSender sender = new SrtpSender(keys);
        keys.wipe();
        var packet = Bytes.buffer("800f1234decafbadcafebabe" + "ab".repeat(16));
        var expected = packet.copy();

        assertThat(sender.protectRtp(packet)).isEqualTo(SrtpStatus.OK);
        new SrtpSender(same).protectRtp(expected);
        assertThat(packet).isEqualTo(expected);
    }

    @Test
    void nothingThatHoldsAKeyPrintsIt() {
        SrtpKeys keys =
                new SrtpKeys(
                        SrtpProfile.AEAD_AES_128_GCM,
                        Bytes.hex("a1".repeat(16)),
                        Bytes.hex("b2".repeat(12)));

        assertThat(keys + " " + SrtpMasterKey.of(keys, Mki.of(5, 2)))
                .isEqualTo(
                        "SrtpKeys[AEAD_AES_128_GCM] SrtpMasterKey[keys=SrtpKeys[AEAD_AES_128_GCM],"
                                + " mki=Mki[5:2], maxPackets=281474976710656]");
    }

    /** No negotiation can choose what has no number, and NULL is no profile at all. */
    @Test
    void dtlsKnowsNoProfileWithoutEncryption() {
        assertThat(SrtpProfile.ofId(0x0005)).isNull();
        assertThat(SrtpProfile.ofId(0x0006)).isNull();
        assertThat(SrtpProfile.ofId(-1)).isNull();
        assertThat(SrtpProfile.ofSuite("NULL_HMAC_SHA1_80")).isNull();
        assertThat(SrtpProfile.values()).allMatch(profile -> !profile.name().contains("NULL"));
        assertThat(SrtpOptions.DEFAULT.isRtpEncrypted()).isTrue();
        assertThat(SrtpOptions.DEFAULT.isRtpAuthenticated()).isTrue();
        assertThat(SrtpOptions.DEFAULT.isRtcpEncrypted()).isTrue();
        assertThat(SrtpOptions.DEFAULT.isCryptex()).isFalse();
    }

    @Test
    void profilesOfSdesAloneHaveNoNumber() {
        assertThat(SrtpProfile.AES_256_CM_HMAC_SHA1_80.hasId()).isFalse();
        assertThatIllegalStateException()
                .isThrownBy(SrtpProfile.AES_256_CM_HMAC_SHA1_32::id)
                .withMessageContaining("AES_256_CM_HMAC_SHA1_32");
        assertThat(SrtpProfile.AEAD_AES_256_GCM.id()).isEqualTo(0x0008);
    }

    @Test
    void identifiersAreNumbersOfAFixedSize() {
        assertThat(Mki.of(1, 4).bytes()).containsExactly(0, 0, 0, 1);
        assertThat(Mki.of(255, 1)).isEqualTo(Mki.ofBytes(new byte[] {-1}));
        assertThat(Mki.of(BigInteger.ONE.shiftLeft(1024).subtract(BigInteger.ONE), 128).bytes())
                .containsOnly(-1);
        assertThat(Mki.ofBytes(new byte[0])).isSameAs(Mki.NONE).hasToString("Mki[]");
        assertThat(Mki.of(1, 4)).isNotEqualTo(Mki.of(1, 3));
        assertThatIllegalArgumentException().isThrownBy(() -> Mki.of(256, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> Mki.of(-1, 4));
        assertThatIllegalArgumentException().isThrownBy(() -> Mki.of(0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> Mki.ofBytes(new byte[129]));
    }
}
