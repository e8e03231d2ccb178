package dev.sluice.srtp.context;

import static dev.sluice.srtp.context.TestPackets.SSRC;
import static dev.sluice.srtp.context.TestPackets.keys;
import static dev.sluice.srtp.context.TestPackets.rtcp;
import static dev.sluice.srtp.context.TestPackets.rtp;
import static dev.sluice.srtp.context.TestPackets.unprotect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sluice.srtp.cipher.CipherProvider;
import dev.sluice.srtp.keys.Mki;
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

/** RFC 3711 section 9.2 and RFC 7714 section 12, on both sides. */
@ParameterizedClass
@MethodSource("dev.sluice.srtp.Providers#available")
class KeyLifetimeTest {

    private final CipherProvider provider;

    KeyLifetimeTest(CipherProvider provider) {
        this.provider = provider;
    }

    private static final long LAST_RTP_INDEX = (1L << 48) - 1;
    private static final long LAST_RTCP_INDEX = (1L << 31) - 1;

    @ParameterizedTest
    @EnumSource
    void packetNumbersEndAtTheirLast(SrtpProfile profile) {
        SrtpSender sender = new SrtpSender(keys(profile), provider);
        SrtpReceiver receiver = new SrtpReceiver(keys(profile), provider);
        sender.startAt(SSRC, LAST_RTP_INDEX - 2);
        receiver.startAt(SSRC, LAST_RTP_INDEX - 2, 0);

        ByteBuf beforeLast = rtp(SSRC, 0xFFFE);
        ByteBuf last = rtp(SSRC, 0xFFFF);
        assertThat(sender.protectRtp(beforeLast)).isEqualTo(SrtpStatus.OK);
        assertThat(sender.protectRtp(last)).isEqualTo(SrtpStatus.OK);
        ByteBuf wrapped = rtp(SSRC, 0);
        assertThat(sender.protectRtp(wrapped)).isEqualTo(SrtpStatus.KEY_EXHAUSTED);
        assertThat(wrapped).isEqualTo(rtp(SSRC, 0));

        assertThat(unprotect(receiver, last)).isEqualTo(SrtpStatus.OK);
        assertThat(unprotect(receiver, beforeLast)).isEqualTo(SrtpStatus.OK);
        ByteBuf forged = rtp(SSRC, 0).writeZero(16);
        assertThat(unprotect(receiver, forged)).isEqualTo(SrtpStatus.KEY_EXHAUSTED);
        assertThat(forged).isEqualTo(rtp(SSRC, 0).writeZero(16));
    }

    @ParameterizedTest
    @EnumSource
    void theRtcpIndexDoesNotWrap(SrtpProfile profile) {
        SrtpSender sender = new SrtpSender(keys(profile), provider);
        SrtpReceiver receiver = new SrtpReceiver(keys(profile), provider);
        ByteBuf first = rtcp(SSRC);
        assertThat(sender.protectRtcp(first)).isEqualTo(SrtpStatus.OK);
        sender.age(0, LAST_RTCP_INDEX);
        ByteBuf last = rtcp(SSRC);
        assertThat(sender.protectRtcp(last)).isEqualTo(SrtpStatus.OK);
        assertThat(sender.protectRtcp(rtcp(SSRC))).isEqualTo(SrtpStatus.KEY_EXHAUSTED);
        receiver.startAt(SSRC, 0, LAST_RTCP_INDEX - 1);
        ByteBuf lastAgain = last.copy();

        assertThat(receiver.unprotectRtcp(last)).isEqualTo(SrtpStatus.OK);
        assertThat(last).isEqualTo(rtcp(SSRC));
        assertThat(receiver.unprotectRtcp(lastAgain)).isEqualTo(SrtpStatus.REPLAYED);
        assertThat(receiver.unprotectRtcp(first)).isEqualTo(SrtpStatus.TOO_OLD);
    }

    @Test
    void aSenderStopsAtTheLifetimeThatWasAgreed() {
        SrtpSender sender = new SrtpSender(lasting(3), SrtpOptions.DEFAULT, provider);
        for (int i = 0; i < 3; i++) {
            assertThat(sender.protectRtp(rtp(SSRC + i, 1))).isEqualTo(SrtpStatus.OK);
            assertThat(sender.protectRtcp(rtcp(SSRC))).isEqualTo(SrtpStatus.OK);
        }
        ByteBuf packet = rtp(SSRC, 2);
        ByteBuf control = rtcp(SSRC);

        assertThat(sender.protectRtp(packet)).isEqualTo(SrtpStatus.KEY_EXHAUSTED);
        assertThat(sender.protectRtcp(control)).isEqualTo(SrtpStatus.KEY_EXHAUSTED);
        assertThat(packet).isEqualTo(rtp(SSRC, 2));
        assertThat(control).isEqualTo(rtcp(SSRC));
    }

    @Test
    void aReceiverStopsAtTheLifetimeThatWasAgreedAndCountsAuthenticPacketsAlone() {
        SrtpSender sender = new SrtpSender(keys(SrtpProfile.AEAD_AES_128_GCM), provider);
        SrtpReceiver receiver =
                new SrtpReceiver(List.of(lasting(2)), SrtpOptions.DEFAULT, provider);
        for (int i = 0; i < 5; i++) {
            assertThat(unprotect(receiver, rtp(SSRC, 9).writeZero(16)))
                    .isEqualTo(SrtpStatus.AUTHENTICATION_FAILED);
        }
        for (int i = 0; i < 3; i++) {
            ByteBuf packet = rtp(SSRC, i);
            ByteBuf control = rtcp(SSRC);
            sender.protectRtp(packet);
            sender.protectRtcp(control);
            SrtpStatus expected = i < 2 ? SrtpStatus.OK : SrtpStatus.KEY_EXHAUSTED;
            assertThat(unprotect(receiver, packet)).isEqualTo(expected);
            assertThat(receiver.unprotectRtcp(control)).isEqualTo(expected);
        }
    }

    @Test
    void theLimitsOfTheRfcHoldOnBothSides() {
        SrtpKeys keys = keys(SrtpProfile.AEAD_AES_256_GCM);
        SrtpSender sender = new SrtpSender(keys, provider);
        SrtpReceiver receiver = new SrtpReceiver(keys, provider);
        receiver.age(LAST_RTP_INDEX, LAST_RTCP_INDEX);
        for (int i = 0; i < 2; i++) {
            ByteBuf packet = rtp(SSRC, i);
            ByteBuf control = rtcp(SSRC);
            assertThat(sender.protectRtp(packet)).isEqualTo(SrtpStatus.OK);
            assertThat(sender.protectRtcp(control)).isEqualTo(SrtpStatus.OK);
            SrtpStatus expected = i == 0 ? SrtpStatus.OK : SrtpStatus.KEY_EXHAUSTED;
            assertThat(unprotect(receiver, packet)).isEqualTo(expected);
            assertThat(receiver.unprotectRtcp(control)).isEqualTo(expected);
        }
    }

    @Test
    void aFreshKeyGoesOnWhereTheOldOneEnded() {
        SrtpProfile profile = SrtpProfile.AES_CM_128_HMAC_SHA1_80;
        SrtpMasterKey brief = new SrtpMasterKey(keys(profile, 1), Mki.of(1, 2), 1);
        SrtpMasterKey next = SrtpMasterKey.of(keys(profile, 2), Mki.of(2, 2));
        SrtpSender sender = new SrtpSender(brief, SrtpOptions.DEFAULT, provider);
        SrtpReceiver receiver =
                new SrtpReceiver(List.of(brief, next), SrtpOptions.DEFAULT, provider);
        ByteBuf first = rtp(SSRC, 1);
        sender.protectRtp(first);
        assertThat(sender.protectRtp(rtp(SSRC, 2))).isEqualTo(SrtpStatus.KEY_EXHAUSTED);

        sender.rekey(next);
        ByteBuf second = rtp(SSRC, 2);
        assertThat(sender.protectRtp(second)).isEqualTo(SrtpStatus.OK);

        assertThat(unprotect(receiver, first)).isEqualTo(SrtpStatus.OK);
        assertThat(unprotect(receiver, second)).isEqualTo(SrtpStatus.OK);
    }

    @Test
    void aLifetimeIsOneToTheRfcsLimit() {
        SrtpKeys keys = keys(SrtpProfile.AEAD_AES_128_GCM);
        for (long wrong : new long[] {0, -1, (1L << 48) + 1}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new SrtpMasterKey(keys, Mki.NONE, wrong));
        }
        assertThat(SrtpMasterKey.of(keys).maxRtcpPackets()).isEqualTo(1L << 31);
    }

    private static SrtpMasterKey lasting(long packets) {
        return new SrtpMasterKey(keys(SrtpProfile.AEAD_AES_128_GCM), Mki.NONE, packets);
    }
}
