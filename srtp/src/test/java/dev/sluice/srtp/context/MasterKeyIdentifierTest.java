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

@ParameterizedClass
@MethodSource("dev.sluice.srtp.Providers#available")
class MasterKeyIdentifierTest {

    private final CipherProvider provider;

    MasterKeyIdentifierTest(CipherProvider provider) {
        this.provider = provider;
    }

    @ParameterizedTest
    @EnumSource
    void eachPacketSaysWhichKeyProtectsIt(SrtpProfile profile) {
        SrtpMasterKey first = key(profile, 1);
        SrtpMasterKey second = key(profile, 2);
        SrtpSender sender = new SrtpSender(first, SrtpOptions.DEFAULT, provider);
        SrtpReceiver receiver = receiver(first, second);

        for (int sequence = 1; sequence < 6; sequence++) {
            if (sequence == 3) {
                sender.rekey(second);
            }
            ByteBuf packet = rtp(SSRC, sequence);
            assertThat(sender.protectRtp(packet)).isEqualTo(SrtpStatus.OK);
            assertThat(packet.readableBytes()).isEqualTo(28 + sender.rtpOverheadBytes());
            assertThat(unprotect(receiver, packet)).isEqualTo(SrtpStatus.OK);
            assertThat(packet).isEqualTo(rtp(SSRC, sequence));

            ByteBuf control = rtcp(SSRC);
            assertThat(sender.protectRtcp(control)).isEqualTo(SrtpStatus.OK);
            assertThat(control.readableBytes()).isEqualTo(28 + sender.rtcpOverheadBytes());
            assertThat(receiver.unprotectRtcp(control)).isEqualTo(SrtpStatus.OK);
            assertThat(control).isEqualTo(rtcp(SSRC));
        }
    }

    /**
     * RFC 3711 section 3.1: before the tag; RFC 7714 section 7.1: behind it, as there is no field.
     */
    @Test
    void standsWhereTheRfcsPutIt() {
        SrtpProfile cm = SrtpProfile.AES_CM_128_HMAC_SHA1_32;
        ByteBuf packet = rtp(SSRC, 1);
        ByteBuf control = rtcp(SSRC);
        SrtpSender sender = new SrtpSender(key(cm, 0xABCD), SrtpOptions.DEFAULT, provider);
        sender.protectRtp(packet);
        sender.protectRtcp(control);
        assertThat(packet.getInt(packet.writerIndex() - 8)).isEqualTo(0xABCD);
        assertThat(control.getInt(control.writerIndex() - 14)).isEqualTo(0xABCD);

        packet = rtp(SSRC, 1);
        control = rtcp(SSRC);
        sender =
                new SrtpSender(
                        key(SrtpProfile.AEAD_AES_128_GCM, 0xABCD), SrtpOptions.DEFAULT, provider);
        sender.protectRtp(packet);
        sender.protectRtcp(control);
        assertThat(packet.getInt(packet.writerIndex() - 4)).isEqualTo(0xABCD);
        assertThat(control.getInt(control.writerIndex() - 4)).isEqualTo(0xABCD);
        assertThat(control.getInt(control.writerIndex() - 8)).isEqualTo(0x8000_0000);
    }

    /** The tag does not cover the identifier, so all else is as without one. */
    @Test
    void isNotAuthenticated() {
        SrtpProfile profile = SrtpProfile.AES_CM_128_HMAC_SHA1_80;
        ByteBuf with = rtp(SSRC, 1);
        ByteBuf without = rtp(SSRC, 1);
        new SrtpSender(key(profile, 7), SrtpOptions.DEFAULT, provider).protectRtp(with);
        new SrtpSender(keys(profile, 7), provider).protectRtp(without);

        assertThat(with.slice(0, 28)).isEqualTo(without.slice(0, 28));
        assertThat(with.slice(32, 10)).isEqualTo(without.slice(28, 10));
    }

    @ParameterizedTest
    @EnumSource
    void anUnknownIdentifierIsToldAndLeavesThePacketAsItWas(SrtpProfile profile) {
        SrtpSender sender = new SrtpSender(key(profile, 3), SrtpOptions.DEFAULT, provider);
        SrtpReceiver receiver = receiver(key(profile, 1), key(profile, 2));
        ByteBuf packet = rtp(SSRC, 1);
        ByteBuf control = rtcp(SSRC);
        sender.protectRtp(packet);
        sender.protectRtcp(control);
        ByteBuf packetBefore = packet.copy();
        ByteBuf controlBefore = control.copy();

        assertThat(unprotect(receiver, packet)).isEqualTo(SrtpStatus.UNKNOWN_MKI);
        assertThat(receiver.unprotectRtcp(control)).isEqualTo(SrtpStatus.UNKNOWN_MKI);

        assertThat(packet).isEqualTo(packetBefore);
        assertThat(control).isEqualTo(controlBefore);
        assertThat(receiver.rtpStreamCount()).isZero();
        assertThat(receiver.rtcpStreamCount()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void aPacketTooShortForTheIdentifierIsMalformed(SrtpProfile profile) {
        SrtpSender sender = new SrtpSender(key(profile, 1), SrtpOptions.DEFAULT, provider);
        SrtpReceiver receiver = receiver(key(profile, 1));
        int rtpSize = 12 + sender.rtpOverheadBytes();
        int rtcpSize = 8 + sender.rtcpOverheadBytes();

        assertThat(unprotect(receiver, rtp(SSRC, 1).writeZero(99).writerIndex(rtpSize - 1)))
                .isEqualTo(SrtpStatus.MALFORMED);
        assertThat(receiver.unprotectRtcp(rtcp(SSRC).writeZero(99).writerIndex(rtcpSize - 1)))
                .isEqualTo(SrtpStatus.MALFORMED);
    }

    @Test
    void theRolloverCounterGoesOnUnderTheNextKey() {
        SrtpProfile profile = SrtpProfile.AEAD_AES_128_GCM;
        SrtpMasterKey first = key(profile, 1);
        SrtpMasterKey second = key(profile, 2);
        SrtpSender sender = new SrtpSender(first, SrtpOptions.DEFAULT, provider);
        SrtpReceiver receiver = receiver(first, second);
        for (int sequence : new int[] {65534, 65535, 0}) {
            if (sequence == 65535) {
                sender.rekey(second);
            }
            ByteBuf packet = rtp(SSRC, sequence);
            assertThat(sender.protectRtp(packet)).isEqualTo(SrtpStatus.OK);
            assertThat(unprotect(receiver, packet)).isEqualTo(SrtpStatus.OK);
        }
        assertThat(sender.protectRtp(rtp(SSRC, 0))).isEqualTo(SrtpStatus.REPLAYED);
    }

    @Test
    void keysThatCannotBeToldApartAreRefused() {
        SrtpProfile gcm = SrtpProfile.AEAD_AES_128_GCM;
        SrtpMasterKey one = key(gcm, 1);
        List<List<SrtpMasterKey>> wrong =
                List.of(
                        List.of(),
                        List.of(one, one),
                        List.of(one, SrtpMasterKey.of(keys(gcm))),
                        List.of(one, key(SrtpProfile.AES_CM_128_HMAC_SHA1_80, 2)));
        for (List<SrtpMasterKey> keys : wrong) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new SrtpReceiver(keys, SrtpOptions.DEFAULT, provider));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                new SrtpSender(one, SrtpOptions.DEFAULT, provider)
                                        .rekey(key(SrtpProfile.AEAD_AES_256_GCM, 2)));
    }

    private static SrtpMasterKey key(SrtpProfile profile, int identifier) {
        return SrtpMasterKey.of(keys(profile, identifier & 0x7F), Mki.of(identifier, 4));
    }

    private SrtpReceiver receiver(SrtpMasterKey... keys) {
        return new SrtpReceiver(List.of(keys), SrtpOptions.DEFAULT, provider);
    }
}
