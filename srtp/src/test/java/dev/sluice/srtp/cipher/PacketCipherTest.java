package dev.sluice.srtp.cipher;

import static dev.sluice.srtp.Bytes.buffer;
import static dev.sluice.srtp.Bytes.hex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.srtp.keys.SrtpKeys;
import dev.sluice.srtp.keys.SrtpProfile;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("dev.sluice.srtp.Providers#available")
class PacketCipherTest {

    private static final String RTP = "800f1234decafbadcafebabe" + "ab".repeat(16);
    private static final String RTCP = "81c8000bcafebabe" + "ab".repeat(16);
    private static final long SSRC = 0xcafebabeL;

    private final CipherProvider provider;

    PacketCipherTest(CipherProvider provider) {
        this.provider = provider;
    }

    /**
     * Packets as libsrtp's own tests expect them, from master keys on; so key derivation is checked
     * too.
     */
    @ParameterizedTest
    @CsvSource({
        "AES_CM_128_HMAC_SHA1_80,e1f97a0d3e018be0d64fa32c06de4139,0ec675ad498afeebb6960b3aabe6,"
                + "4e55dc4ce79978d88ca4d215949d2402b78d6acc99ea179b8dbb,"
                + "7128035be487b9bdbef89041f977a5a880000001993e08cd54d6c1230798",
        "AEAD_AES_128_GCM,000102030405060708090a0b0c0d0e0f,a0a1a2a3a4a5a6a7a8a9aaab,"
                + "c5002ede04cfdd2eb91159e0880aa06ed2976826f796b201df3131a127e8a392,"
                + "c98b8b5df0392a55852b6c21ac8e7025c52c6fbea2b3b446ea31123ba88ce61e80000001"
    })
    void sealsWhatLibsrtpSeals(
            SrtpProfile profile, String key, String salt, String rtpTail, String rtcpTail) {
        PacketCipher cipher = provider.cipher(new SrtpKeys(profile, hex(key), hex(salt)));
        ByteBuf rtp = buffer(RTP);
        ByteBuf rtcp = buffer(RTCP);

        cipher.sealRtp(rtp, 12, SSRC, 0x1234);
        cipher.sealRtcp(rtcp, SSRC, 1);

        assertThat(hex(rtp)).isEqualTo("800f1234decafbadcafebabe" + rtpTail);
        assertThat(hex(rtcp)).isEqualTo("81c8000bcafebabe" + rtcpTail);
    }

    /** The same for AES_256_CM_HMAC_SHA1_80 (srtp_driver.c, srtp_validate_aes_256). */
    @Test
    void sealsWhatLibsrtpSealsWithA256BitKey() {
        PacketCipher cipher =
                provider.cipher(
                        new SrtpKeys(
                                SrtpProfile.AES_256_CM_HMAC_SHA1_80,
                                hex(
                                        "f0f04914b513f2763a1b1fa130f10e29"
                                                + "98f6f6e43e4309d1e622a0e332b9f1b6"),
                                hex("3b04803de51ee7c96423ab5b78d2")));
        ByteBuf rtp = buffer(RTP);

        cipher.sealRtp(rtp, 12, SSRC, 0x1234);

        assertThat(hex(rtp))
                .isEqualTo(
                        "800f1234decafbadcafebabe"
                                + "f1d9de17ff251ff1aa007774b0b4b40da08d9d9a5b3a55d8873b");
    }

    /** RFC 5764 section 4.1.2: the short tag is not for RTCP. */
    @ParameterizedTest
    @EnumSource(names = ".*_32", mode = EnumSource.Mode.MATCH_ALL)
    void theShortTagIsForRtpAlone(SrtpProfile profile) {
        PacketCipher cipher = cipher(profile);
        assertThat(cipher.rtpOverheadBytes()).isEqualTo(4);
        assertThat(cipher.rtcpOverheadBytes()).isEqualTo(4 + 10);
        ByteBuf shortTag = buffer(RTP);
        ByteBuf longTag = buffer(RTP);
        cipher.sealRtp(shortTag, 12, SSRC, 0x1234);
        cipher(SrtpProfile.ofSuite(profile.name().replace("_32", "_80")))
                .sealRtp(longTag, 12, SSRC, 0x1234);

        assertThat(shortTag).isEqualTo(longTag.slice(0, 32));
    }

    @ParameterizedTest
    @EnumSource
    void opensWhatItSealedAndGrowsByTheStatedOverhead(SrtpProfile profile) {
        PacketCipher cipher = cipher(profile);
        ByteBuf rtp = buffer(RTP);
        ByteBuf rtcp = buffer(RTCP);

        cipher.sealRtp(rtp, 12, SSRC, 0x7_1234);
        cipher.sealRtcp(rtcp, SSRC, 77);

        assertThat(rtp.readableBytes()).isEqualTo(28 + cipher.rtpOverheadBytes());
        assertThat(rtcp.readableBytes()).isEqualTo(24 + cipher.rtcpOverheadBytes());
        assertThat(cipher.openRtp(rtp, 12, SSRC, 0x7_1234)).isTrue();
        assertThat(cipher.openRtcp(rtcp, SSRC, cipher.rtcpIndexWord(rtcp))).isTrue();
        assertThat(hex(rtp)).isEqualTo(RTP);
        assertThat(hex(rtcp)).isEqualTo(RTCP);
    }

    @ParameterizedTest
    @EnumSource
    void noBitOfAPacketCanChangeUnnoticed(SrtpProfile profile) {
        PacketCipher cipher = cipher(profile);
        ByteBuf rtp = buffer(RTP);
        ByteBuf rtcp = buffer(RTCP);
        cipher.sealRtp(rtp, 12, SSRC, 0x1234);
        cipher.sealRtcp(rtcp, SSRC, 1);

        for (int bit = 0; bit < 8 * rtp.readableBytes(); bit++) {
            ByteBuf tampered = flip(rtp, bit);
            assertThat(cipher.openRtp(tampered, 12, SSRC, 0x1234)).as("RTP bit %s", bit).isFalse();
        }
        for (int bit = 0; bit < 8 * rtcp.readableBytes(); bit++) {
            ByteBuf tampered = flip(rtcp, bit);
            assertThat(cipher.openRtcp(tampered, SSRC, cipher.rtcpIndexWord(tampered)))
                    .as("RTCP bit %s", bit)
                    .isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void theRolloverCounterIsAuthenticatedThoughThePacketLacksIt(SrtpProfile profile) {
        PacketCipher cipher = cipher(profile);
        ByteBuf rtp = buffer(RTP);
        cipher.sealRtp(rtp, 12, SSRC, 0x1_1234);

        assertThat(cipher.openRtp(rtp, 12, SSRC, 0x1234)).isFalse();
        assertThat(cipher.openRtp(rtp, 12, SSRC, 0x1_1234)).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void handlesEmptyPayloadsLongHeadersAndLargePackets(SrtpProfile profile) {
        PacketCipher cipher = cipher(profile);
        String[] packets = {RTP.substring(0, 24), RTP + "cd".repeat(9000), RTP + "ef".repeat(300)};
        int[] headers = {12, 12, 200};
        for (int i = 0; i < packets.length; i++) {
            ByteBuf packet = buffer(packets[i]);
            cipher.sealRtp(packet, headers[i], SSRC, i);
            assertThat(cipher.openRtp(packet, headers[i], SSRC, i)).isTrue();
            assertThat(hex(packet)).isEqualTo(packets[i]);
        }
    }

    @Test
    void anUnencryptedRtcpPacketIsVerifiedOnly() {
        PacketCipher cipher = cipher(SrtpProfile.AES_CM_128_HMAC_SHA1_80);
        PacketMac mac =
                provider.mac(
                        SrtpKeyDerivation.rtcp(keys(SrtpProfile.AES_CM_128_HMAC_SHA1_80))
                                .authenticationKey());
        ByteBuf packet = buffer(RTCP + "00000009");
        packet.writeBytes(mac.digest(packet, packet.readableBytes()), 0, 10);

        assertThat(cipher.openRtcp(packet, SSRC, cipher.rtcpIndexWord(packet))).isTrue();
        assertThat(hex(packet)).isEqualTo(RTCP);
    }

    private static ByteBuf flip(ByteBuf packet, int bit) {
        ByteBuf copy = packet.copy();
        int at = copy.readerIndex() + bit / 8;
        return copy.setByte(at, copy.getByte(at) ^ (1 << (bit % 8)));
    }

    private PacketCipher cipher(@Nullable SrtpProfile profile) {
        assertThat(profile).isNotNull();
        return provider.cipher(keys(profile));
    }

    private static SrtpKeys keys(SrtpProfile profile) {
        return new SrtpKeys(
                profile,
                hex("5a".repeat(profile.keySizeBytes())),
                hex("a5".repeat(profile.saltSizeBytes())));
    }
}
