package dev.sluice.srtp.cipher;

import dev.sluice.srtp.keys.Mki;
import dev.sluice.srtp.keys.SrtpKeys;
import dev.sluice.srtp.keys.SrtpProfile;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

import java.util.HexFormat;

/**
 * What a provider has to get right before any packet is given to it: known answers of the RFCs, and
 * the same packets as BouncyCastle over many sizes.
 */
final class ProviderSelfTest {

    private static final String KEY_128 = "000102030405060708090a0b0c0d0e0f";
    private static final String KEY_256 = KEY_128 + "101112131415161718191a1b1c1d1e1f";
    private static final String GCM_SALT = "517569642070726f2071756f";
    private static final String GCM_HEADER = "8040f17b8041f8d35501a0b2";
    private static final String GCM_PAYLOAD =
            "47616c6c696120657374206f6d6e697320646976697361" + "20696e207061727465732074726573";
    private static final long GCM_SSRC = 0x5501a0b2L;
    private static final long GCM_INDEX = 0xf17b;

    /** RFC 7714 sections 16.1.1 and 16.2.1. */
    private static final String GCM_128_SEALED =
            "f24de3a3fb34de6cacba861c9d7e4bcabe633bd50d294e6f42a5f47a51c7d19b36de3adf8833"
                    + "899d7f27beb16a9152cf765ee4390cce";

    private static final String GCM_256_SEALED =
            "32b1de78a822fe12ef9f78fa332e33aab18012389a58e2f3b50b2a0276ffae0f1ba63799b87b"
                    + "7aa3db36dfffd6b0f9bb7878d7a76c13";

    /** RFC 3711 appendix B.2. */
    private static final String CM_KEY = "2b7e151628aed2a6abf7158809cf4f3c";

    private static final long CM_COUNTER_HEAD = 0xf0f1f2f3f4f5f6f7L;
    private static final long CM_COUNTER_TAIL = 0xf8f9fafbfcfd0000L;
    private static final String CM_KEYSTREAM =
            "e03ead0935c95e80e166b16dd92b4eb4d23513162b02d0f72a43a2fe4a5f97ab"
                    + "41e95b3bb0a2e8dd477901e4fca894c0";

    /** RFC 2202 section 3, test case 1. */
    private static final String MAC_KEY = "0b".repeat(PacketMac.SIZE_BYTES);

    private static final String MAC_DATA = "4869205468657265";
    private static final String MAC_DIGEST = "b617318655057264e28bc0b6fb378c8ef146be00";

    /** Of payloads: around the sizes of blocks, of several blocks at a time, and of packets. */
    private static final int[] SIZES_BYTES = {
        0, 1, 15, 16, 17, 31, 63, 64, 65, 127, 128, 129, 255, 256, 257, 511, 767, 768, 1023, 1200,
        1472, 9000, 65_000
    };

    private static final int HEADER_SIZE_BYTES = 12;
    private static final int ROOM_BYTES = 64;
    private static final long SSRC = 0x89ab_cdefL;

    private final CipherProvider provider;

    private ProviderSelfTest(CipherProvider provider) {
        this.provider = provider;
    }

    /**
     * @throws CipherUnavailableException when the provider fails, with what it gave and what it
     *     should have given
     */
    static void run(CipherProvider provider) throws CipherUnavailableException {
        try {
            new ProviderSelfTest(provider).run();
        } catch (IllegalStateException e) {
            throw new CipherUnavailableException(
                    provider.kind().configName()
                            + " ("
                            + provider.libraries()
                            + ") fails its self-test: "
                            + e.getMessage(),
                    true);
        }
    }

    private void run() {
        answersAesGcm(KEY_128, GCM_128_SEALED);
        answersAesGcm(KEY_256, GCM_256_SEALED);
        answersCounterMode();
        answersHmacSha1();
        for (SrtpProfile profile : SrtpProfile.values()) {
            agreesWithBouncyCastle(profile);
        }
    }

    private void answersAesGcm(String key, String sealed) {
        SessionKeys keys = new SessionKeys(bytes(key), new byte[0], bytes(GCM_SALT));
        ByteBuf packet = buffer(GCM_HEADER + GCM_PAYLOAD);
        try (PacketCipher cipher = new AesGcmPacketCipher(provider, keys, keys, Mki.NONE)) {
            cipher.sealRtp(packet, HEADER_SIZE_BYTES, GCM_SSRC, GCM_INDEX);
            expect("AES-GCM of RFC 7714", GCM_HEADER + sealed, ByteBufUtil.hexDump(packet));
        } finally {
            packet.release();
        }
    }

    private void answersCounterMode() {
        ByteBuf packet = buffer("00".repeat(CM_KEYSTREAM.length() / 2));
        try (PacketKeystream keystream = provider.keystream(bytes(CM_KEY))) {
            keystream.apply(packet, 0, CM_COUNTER_HEAD, CM_COUNTER_TAIL);
            expect("AES-CM of RFC 3711", CM_KEYSTREAM, ByteBufUtil.hexDump(packet));
        } finally {
            packet.release();
        }
    }

    private void answersHmacSha1() {
        ByteBuf packet = buffer(MAC_DATA);
        try (PacketMac mac = provider.mac(bytes(MAC_KEY))) {
            byte[] digest = mac.digest(packet, packet.readableBytes());
            expect("HMAC-SHA1 of RFC 2202", MAC_DIGEST, HexFormat.of().formatHex(digest));
        } finally {
            packet.release();
        }
    }

    private void agreesWithBouncyCastle(SrtpProfile profile) {
        SrtpKeys keys =
                new SrtpKeys(
                        profile, pattern(profile.keySizeBytes()), pattern(profile.saltSizeBytes()));
        try (PacketCipher mine = provider.cipher(keys);
                PacketCipher other = CipherProvider.bouncyCastle().cipher(keys)) {
            for (int size : SIZES_BYTES) {
                agree(profile, mine, other, size);
            }
        }
    }

    private static void agree(
            SrtpProfile profile, PacketCipher mine, PacketCipher other, int sizeBytes) {
        byte[] clear = pattern(HEADER_SIZE_BYTES + sizeBytes);
        ByteBuf packet = direct(clear);
        ByteBuf expected = direct(clear);
        String what = profile + " over " + sizeBytes + " bytes";
        try {
            mine.sealRtp(packet, HEADER_SIZE_BYTES, SSRC, sizeBytes);
            other.sealRtp(expected, HEADER_SIZE_BYTES, SSRC, sizeBytes);
            expect(what + " seals as BouncyCastle does", true, packet.equals(expected));
            int last = packet.writerIndex() - 1;
            packet.setByte(last, ~packet.getByte(last));
            expected.setByte(last, packet.getByte(last));
            boolean isOpen = mine.openRtp(packet, HEADER_SIZE_BYTES, SSRC, sizeBytes);
            expect(what + " opens with a false tag", false, isOpen);
            expect(what + " keeps a false packet as it was", true, packet.equals(expected));
            packet.setByte(last, ~packet.getByte(last));
            isOpen = mine.openRtp(packet, HEADER_SIZE_BYTES, SSRC, sizeBytes);
            expect(what + " opens", true, isOpen && packet.equals(Unpooled.wrappedBuffer(clear)));
        } finally {
            packet.release();
            expected.release();
        }
    }

    private static void expect(String what, Object expected, Object got) {
        if (!expected.equals(got)) {
            throw new IllegalStateException(what + ": expected " + expected + ", got " + got);
        }
    }

    private static ByteBuf buffer(String hex) {
        return direct(bytes(hex));
    }

    private static ByteBuf direct(byte[] bytes) {
        return Unpooled.directBuffer(bytes.length + ROOM_BYTES).writeBytes(bytes);
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    /** Bytes without a period that a cipher's blocks could hide. */
    private static byte[] pattern(int sizeBytes) {
        byte[] bytes = new byte[sizeBytes];
        int state = 1;
        for (int i = 0; i < sizeBytes; i++) {
            state = state * 1_103_515_245 + 12_345;
            bytes[i] = (byte) (state >>> Short.SIZE);
        }
        return bytes;
    }
}
