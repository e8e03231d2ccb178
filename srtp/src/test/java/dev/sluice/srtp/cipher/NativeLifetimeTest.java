package dev.sluice.srtp.cipher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.sluice.srtp.Providers;
import dev.sluice.srtp.keys.SrtpKeys;
import dev.sluice.srtp.keys.SrtpProfile;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What lies outside the heap is given back once, and never used after that. */
class NativeLifetimeTest {

    private static final int CHURN = 300;

    @Test
    void aHandleReleasesOnce() {
        List<Long> released = new ArrayList<>();
        NativeHandle handle = new NativeHandle(42, released::add);
        assertThat(handle.address()).isEqualTo(42);

        handle.close();
        handle.close();

        assertThat(released).containsExactly(42L);
        assertThatIllegalStateException()
                .isThrownBy(handle::address)
                .withMessageContaining("closed");
    }

    @Test
    void whatItsOwnerForgotIsReleasedByTheCollector() throws InterruptedException {
        CountDownLatch released = new CountDownLatch(1);
        forget(released);
        for (int i = 0; i < 100 && released.getCount() > 0; i++) {
            System.gc();
            released.await(100, TimeUnit.MILLISECONDS);
        }
        assertThat(released.getCount()).isZero();
    }

    private static void forget(CountDownLatch released) {
        new NativeHandle(42, address -> released.countDown());
    }

    @Test
    void memoryIsHeldToItsBounds() {
        NativeMemory memory = new NativeMemory(64);
        memory.setLong(56, 0x0102030405060708L);
        byte[] written = new byte[8];
        memory.get(56, written);
        assertThat(written).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
        assertThat(memory.address(0, 64) % 64).isZero();
        for (int offset : new int[] {-1, 57, 64, Integer.MAX_VALUE}) {
            assertThatExceptionOfType(IndexOutOfBoundsException.class)
                    .isThrownBy(() -> memory.setLong(offset, 1));
            assertThatExceptionOfType(IndexOutOfBoundsException.class)
                    .isThrownBy(() -> memory.address(offset, 8));
        }
        memory.close();
        assertThatIllegalStateException().isThrownBy(() -> memory.get(0, written));
        assertThatIllegalStateException().isThrownBy(() -> memory.address(0, 8));
    }

    @Test
    void aClosedNativeCipherTouchesNothing() {
        for (CipherProvider provider : Providers.available()) {
            for (SrtpProfile profile : SrtpProfile.values()) {
                if (isNative(provider.kind())) {
                    refusesAfterClose(provider.cipher(keys(profile)));
                }
            }
        }
    }

    private static boolean isNative(CipherKind kind) {
        return kind == CipherKind.OPENSSL || kind == CipherKind.IPSEC_MB;
    }

    private static void refusesAfterClose(PacketCipher cipher) {
        ByteBuf packet = Unpooled.directBuffer(200).writeZero(100);
        cipher.close();
        cipher.close();
        assertThatIllegalStateException().isThrownBy(() -> cipher.sealRtp(packet, 12, 1, 1));
        assertThatIllegalStateException().isThrownBy(() -> cipher.openRtp(packet, 12, 1, 1));
        assertThatIllegalStateException().isThrownBy(() -> cipher.sealRtcp(packet, 1, 1));
        assertThatIllegalStateException().isThrownBy(() -> cipher.openRtcp(packet, 1, 1));
        packet.release();
    }

    @Test
    void sessionsThatComeAndGoLeaveNothingBehind() {
        for (CipherProvider provider : Providers.available()) {
            for (SrtpProfile profile : SrtpProfile.values()) {
                long before = NativeHandle.openCount();
                churn(provider, profile);
                assertThat(NativeHandle.openCount())
                        .as("%s %s", provider, profile)
                        .isLessThanOrEqualTo(before);
            }
        }
    }

    /** In memory of each kind, because other than direct memory needs copies. */
    private static void churn(CipherProvider provider, SrtpProfile profile) {
        ByteBuf direct = Unpooled.directBuffer(200);
        ByteBuf heap = Unpooled.buffer(200);
        for (int i = 0; i < CHURN; i++) {
            try (PacketCipher cipher = provider.cipher(keys(profile))) {
                cipher.sealRtp(direct.clear().writeZero(100), 12, 1, i);
                cipher.sealRtp(heap.clear().writeZero(100), 12, 1, CHURN + i);
                cipher.sealRtcp(direct.clear().writeZero(100), 1, i);
            }
        }
        direct.release();
    }

    private static SrtpKeys keys(SrtpProfile profile) {
        return new SrtpKeys(
                profile, new byte[profile.keySizeBytes()], new byte[profile.saltSizeBytes()]);
    }
}
