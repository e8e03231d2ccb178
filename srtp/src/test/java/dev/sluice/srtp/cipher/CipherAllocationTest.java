package dev.sluice.srtp.cipher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.measure.AllocationMeter;
import dev.sluice.srtp.Providers;
import dev.sluice.srtp.keys.SrtpKeys;
import dev.sluice.srtp.keys.SrtpProfile;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a packet leaves on the heap, sealed and opened again, in steady state. */
class CipherAllocationTest {

    private static final int ROUNDS = 2_000;
    private static final int SIZE_BYTES = 1_200;
    private static final long SSRC = 77;
    private static final long FORGED_INDEX = 1L << 32;

    @RegisterExtension final AllocationMeter meter = new AllocationMeter();

    @Test
    void nativeCiphersLeaveNothingBehind() {
        for (CipherProvider provider : Providers.available()) {
            for (SrtpProfile profile : SrtpProfile.values()) {
                for (ByteBuf packet : new ByteBuf[] {direct(), heap()}) {
                    assertThat(leastPerPacket(provider, profile, packet))
                            .as("%s %s %s", provider.kind(), profile, packet)
                            .isLessThanOrEqualTo(allowedBytes(provider.kind()));
                    packet.release();
                }
            }
        }
    }

    /** The others leave what is made inside them, exceptions for forged packets above all. */
    private static long allowedBytes(CipherKind kind) {
        return switch (kind) {
            case IPSEC_MB, OPENSSL -> 0;
            case BOUNCYCASTLE -> 16_384;
            case JCE -> 16_384;
        };
    }

    private static ByteBuf direct() {
        return Unpooled.directBuffer(2 * SIZE_BYTES);
    }

    private static ByteBuf heap() {
        return Unpooled.buffer(2 * SIZE_BYTES);
    }

    /** Of several rounds, as the compiler may still be at work in the first ones. */
    private long leastPerPacket(CipherProvider provider, SrtpProfile profile, ByteBuf packet) {
        SrtpKeys keys =
                new SrtpKeys(
                        profile,
                        new byte[profile.keySizeBytes()],
                        new byte[profile.saltSizeBytes()]);
        long least = Long.MAX_VALUE;
        try (PacketCipher cipher = provider.cipher(keys)) {
            for (int round = 0; round < 30 && least > allowedBytes(provider.kind()); round++) {
                long bytes = meter.bytesOf(() -> sealAndOpen(cipher, packet));
                least = Math.min(least, bytes / ROUNDS);
            }
        }
        return least;
    }

    private static void sealAndOpen(PacketCipher cipher, ByteBuf packet) {
        for (int i = 0; i < ROUNDS; i++) {
            sealAndOpen(cipher, packet, i);
        }
    }

    private static void sealAndOpen(PacketCipher cipher, ByteBuf packet, int index) {
        packet.clear().writerIndex(SIZE_BYTES);
        cipher.sealRtp(packet, 12, SSRC, index);
        if (!cipher.openRtp(packet, 12, SSRC, index)) {
            throw new IllegalStateException("A packet did not open");
        }
        cipher.sealRtcp(packet, SSRC, index);
        if (!cipher.openRtcp(packet, SSRC, cipher.rtcpIndexWord(packet))) {
            throw new IllegalStateException("A control packet did not open");
        }
        cipher.sealRtp(packet, 12, SSRC, FORGED_INDEX + index);
        packet.setByte(20, packet.getByte(20) + 1);
        if (cipher.openRtp(packet, 12, SSRC, FORGED_INDEX + index)) {
            throw new IllegalStateException("A forged packet opened");
        }
    }
}
