package dev.sluice.fuzz;

import static dev.sluice.fuzz.FuzzTarget.hold;

import dev.sluice.media.rtp.RtpPacket;
import dev.sluice.srtp.cipher.CipherProvider;
import dev.sluice.srtp.cipher.CipherProviders;
import dev.sluice.srtp.context.SrtpReceiver;
import dev.sluice.srtp.context.SrtpStatus;
import dev.sluice.srtp.keys.CryptoAttribute;
import dev.sluice.srtp.keys.CryptoParse;
import dev.sluice.srtp.keys.DtlsFingerprint;
import dev.sluice.srtp.keys.SrtpKeys;
import dev.sluice.srtp.keys.SrtpMasterKey;
import dev.sluice.srtp.keys.SrtpOptions;
import dev.sluice.srtp.keys.SrtpProfile;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Protected packets that nobody with the key made. */
final class SrtpTargets {

    /** The fastest of the machine, which is native code where there is any. */
    private static final CipherProvider CIPHERS =
            CipherProviders.fastest(CipherProviders::load).provider();

    private SrtpTargets() {}

    static Map<String, FuzzTarget> all() {
        Map<String, FuzzTarget> all = new TreeMap<>();
        all.put("srtp-gcm", input -> rtp(SrtpProfile.AEAD_AES_128_GCM, input));
        all.put("srtp-hmac", input -> rtp(SrtpProfile.AES_CM_128_HMAC_SHA1_80, input));
        all.put("srtcp-gcm", input -> rtcp(SrtpProfile.AEAD_AES_128_GCM, input));
        all.put("srtcp-hmac", input -> rtcp(SrtpProfile.AES_CM_128_HMAC_SHA1_80, input));
        all.put("srtp-cryptex", SrtpTargets::cryptex);
        all.put("sdes-crypto", SrtpTargets::sdes);
        all.put("dtls-fingerprint", SrtpTargets::fingerprint);
        return all;
    }

    private static void rtp(SrtpProfile profile, byte[] input) {
        try (SrtpReceiver receiver = new SrtpReceiver(keys(profile), CIPHERS)) {
            rtp(receiver, input);
        }
    }

    private static void cryptex(byte[] input) {
        SrtpKeys keys = keys(SrtpProfile.AES_CM_128_HMAC_SHA1_80);
        SrtpMasterKey key = CryptoAttribute.of(1, keys).keys().getFirst();
        SrtpOptions options = SrtpOptions.DEFAULT.withCryptex();
        try (SrtpReceiver receiver = new SrtpReceiver(List.of(key), options, CIPHERS)) {
            rtp(receiver, input);
        }
    }

    private static void sdes(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        if (CryptoAttribute.parse(text) instanceof CryptoParse.Parsed(CryptoAttribute read)) {
            CryptoParse again = CryptoAttribute.parse(read.value());
            hold(
                    again instanceof CryptoParse.Parsed(CryptoAttribute same) && same.equals(read),
                    read + " came back as " + again);
        }
    }

    private static void rtp(SrtpReceiver receiver, byte[] input) {
        ByteBuf datagram = Unpooled.directBuffer().writeBytes(input);
        RtpPacket packet = new RtpPacket();
        if (packet.wrapHeader(datagram)) {
            hold(receiver.unprotectRtp(packet) != SrtpStatus.OK, "nobody forges a tag");
            hold(receiver.rtpStreamCount() == 0, "no state before authentication");
        }
        datagram.release();
    }

    private static void rtcp(SrtpProfile profile, byte[] input) {
        ByteBuf datagram = Unpooled.directBuffer().writeBytes(input);
        try (SrtpReceiver receiver = new SrtpReceiver(keys(profile), CIPHERS)) {
            hold(receiver.unprotectRtcp(datagram) != SrtpStatus.OK, "nobody forges a tag");
            hold(receiver.rtcpStreamCount() == 0, "no state before authentication");
        }
        datagram.release();
    }

    private static SrtpKeys keys(SrtpProfile profile) {
        return new SrtpKeys(
                profile, new byte[profile.keySizeBytes()], new byte[profile.saltSizeBytes()]);
    }

    private static void fingerprint(byte[] input) {
        try {
            DtlsFingerprint read =
                    DtlsFingerprint.parse(new String(input, StandardCharsets.US_ASCII));
            hold(DtlsFingerprint.parse(read.toSdp()).equals(read), "it comes back the same");
        } catch (IllegalArgumentException expected) {
            hold(expected.getMessage() != null, "it says what is wrong");
        }
    }
}
