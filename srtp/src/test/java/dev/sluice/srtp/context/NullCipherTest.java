package dev.sluice.srtp.context;

import static dev.sluice.srtp.Bytes.buffer;
import static dev.sluice.srtp.Bytes.hex;
import static dev.sluice.srtp.context.TestPackets.SSRC;
import static dev.sluice.srtp.context.TestPackets.keys;
import static dev.sluice.srtp.context.TestPackets.rtcp;
import static dev.sluice.srtp.context.TestPackets.rtp;
import static dev.sluice.srtp.context.TestPackets.unprotect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.srtp.cipher.CipherProvider;
import dev.sluice.srtp.keys.SrtpKeys;
import dev.sluice.srtp.keys.SrtpMasterKey;
import dev.sluice.srtp.keys.SrtpOptions;
import dev.sluice.srtp.keys.SrtpProfile;

import io.netty.buffer.ByteBuf;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;

/** RFC 3711 section 4.1.3 and the NULL profiles of RFC 5764 section 4.1.2. */
@ParameterizedClass
@MethodSource("dev.sluice.srtp.Providers#available")
class NullCipherTest {

    private final CipherProvider provider;

    NullCipherTest(CipherProvider provider) {
        this.provider = provider;
    }

    /** As libsrtp's own tests expect it (srtp_driver.c, srtp_validate_null). */
    @Test
    void sendsThePacketsOfLibsrtpInTheClearWithTheirTags() {
        SrtpKeys keys =
                new SrtpKeys(
                        SrtpProfile.AES_CM_128_HMAC_SHA1_80,
                        hex("e1f97a0d3e018be0d64fa32c06de4139"),
                        hex("0ec675ad498afeebb6960b3aabe6"));
        SrtpSender sender =
                new SrtpSender(SrtpMasterKey.of(keys), SrtpOptions.nullCipher(), provider);
        String clear = "800f1234decafbadcafebabe" + "ab".repeat(16);
        String clearControl = "81c8000bcafebabe" + "ab".repeat(16);
        ByteBuf packet = buffer(clear);
        ByteBuf control = buffer(clearControl);

        sender.protectRtp(packet);
        sender.age(0, 1);
        sender.protectRtcp(control);

        assertThat(hex(packet)).isEqualTo(clear + "aba136270b679134ce9b");
        assertThat(hex(control)).isEqualTo(clearControl + "00000001" + "fe88c7fdfd37ebce615d");
    }

    @ParameterizedTest
    @EnumSource(names = "AES_.*", mode = EnumSource.Mode.MATCH_ALL)
    void authenticatesWhatItDoesNotEncrypt(SrtpProfile profile) {
        SrtpSender sender = sender(profile, SrtpOptions.nullCipher());
        SrtpReceiver receiver = receiver(profile, SrtpOptions.nullCipher());
        ByteBuf packet = rtp(SSRC, 1);
        ByteBuf control = rtcp(SSRC);
        sender.protectRtp(packet);
        sender.protectRtcp(control);

        assertThat(packet.slice(0, 28)).isEqualTo(rtp(SSRC, 1));
        assertThat(packet.readableBytes()).isEqualTo(28 + profile.rtpTagSizeBytes());
        assertThat(control.slice(0, 28)).isEqualTo(rtcp(SSRC));
        assertThat(control.readableBytes()).isEqualTo(28 + 4 + 10);
        assertThat(unprotect(receiver, packet.copy().setByte(20, 0x55)))
                .isEqualTo(SrtpStatus.AUTHENTICATION_FAILED);
        assertThat(receiver.unprotectRtcp(control.copy().setByte(20, 0x55)))
                .isEqualTo(SrtpStatus.AUTHENTICATION_FAILED);
        assertThat(unprotect(receiver, packet)).isEqualTo(SrtpStatus.OK);
        assertThat(packet).isEqualTo(rtp(SSRC, 1));
        assertThat(receiver.unprotectRtcp(control)).isEqualTo(SrtpStatus.OK);
        assertThat(control).isEqualTo(rtcp(SSRC));
    }

    @Test
    void withoutAuthenticationRtpIsPlainAndRtcpStillHasItsTag() {
        SrtpOptions options = SrtpOptions.nullCipher().withoutRtpAuthentication();
        SrtpProfile profile = SrtpProfile.AES_CM_128_HMAC_SHA1_80;
        SrtpSender sender = sender(profile, options);
        SrtpReceiver receiver = receiver(profile, options);
        ByteBuf packet = rtp(SSRC, 1);
        ByteBuf control = rtcp(SSRC);

        assertThat(sender.protectRtp(packet)).isEqualTo(SrtpStatus.OK);
        assertThat(packet).isEqualTo(rtp(SSRC, 1));
        assertThat(unprotect(receiver, packet)).isEqualTo(SrtpStatus.OK);
        assertThat(packet).isEqualTo(rtp(SSRC, 1));
        sender.protectRtcp(control);
        assertThat(control.readableBytes()).isEqualTo(28 + 4 + 10);
        assertThat(receiver.unprotectRtcp(control)).isEqualTo(SrtpStatus.OK);
    }

    @ParameterizedTest
    @EnumSource
    void rtcpAloneCanGoUnencrypted(SrtpProfile profile) {
        SrtpSender sender = sender(profile, SrtpOptions.DEFAULT.withoutRtcpEncryption());
        ByteBuf control = rtcp(SSRC);
        ByteBuf packet = rtp(SSRC, 1);
        sender.protectRtcp(control);
        sender.protectRtp(packet);

        assertThat(control.slice(0, 28)).isEqualTo(rtcp(SSRC));
        assertThat(packet.getLong(12)).isNotEqualTo(1);
        assertThat(new SrtpReceiver(keys(profile), provider).unprotectRtcp(control))
                .isEqualTo(SrtpStatus.OK);
        assertThat(control).isEqualTo(rtcp(SSRC));
    }

    @ParameterizedTest
    @EnumSource(names = "AEAD_.*", mode = EnumSource.Mode.MATCH_ALL)
    void anAeadProfileCannotLeaveRtpUnprotected(SrtpProfile profile) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sender(profile, SrtpOptions.nullCipher()))
                .withMessageContaining(profile.name());
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> receiver(profile, SrtpOptions.DEFAULT.withoutRtpAuthentication()));
    }

    private SrtpSender sender(SrtpProfile profile, SrtpOptions options) {
        return new SrtpSender(SrtpMasterKey.of(keys(profile)), options, provider);
    }

    private SrtpReceiver receiver(SrtpProfile profile, SrtpOptions options) {
        return new SrtpReceiver(List.of(SrtpMasterKey.of(keys(profile))), options, provider);
    }
}
