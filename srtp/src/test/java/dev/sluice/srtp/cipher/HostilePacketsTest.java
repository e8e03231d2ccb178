package dev.sluice.srtp.cipher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.sluice.srtp.Providers;
import dev.sluice.srtp.keys.SrtpKeys;
import dev.sluice.srtp.keys.SrtpProfile;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

import org.junit.jupiter.api.Test;

import java.nio.ReadOnlyBufferException;
import java.util.Random;

/**
 * Whatever comes, and whatever a caller says of it, nothing is taken for authentic and no byte
 * around the packet changes.
 */
class HostilePacketsTest {

    private static final int MAX_DATAGRAM_BYTES = 65_535;

    /** Bytes before and behind the packet in the same memory. */
    private static final int GUARD_BYTES = 256;

    private static final byte GUARD = 0x5A;
    private static final long SSRC = 77;

    @Property(seed = "42", tries = 1000)
    void nothingIsTakenAndNothingAroundItChanges(
            @ForAll("providers") CipherProvider provider,
            @ForAll SrtpProfile profile,
            @ForAll("sizes") int size,
            @ForAll @IntRange(max = 400) int header,
            @ForAll boolean direct,
            @ForAll long seed) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        ByteBuf memory = guarded(bytes, direct);
        ByteBuf before = memory.copy();
        try (PacketCipher cipher = provider.cipher(keys(profile))) {
            assertThat(cipher.openRtp(packet(memory, size), header, SSRC, seed >>> 16)).isFalse();
            assertThat(cipher.openRtcp(packet(memory, size), SSRC, (int) seed)).isFalse();
            assertThat(cipher.openRtcp(packet(memory, size), SSRC, (int) seed & 0x7FFF_FFFF))
                    .isFalse();
        }
        assertThat(memory).isEqualTo(before);
        memory.release();
        before.release();
    }

    /** A header that is longer than its packet is the caller's mistake, and no more than that. */
    @Property(seed = "42", tries = 1000)
    void aCallerWhoMiscountsIsToldSo(
            @ForAll("providers") CipherProvider provider,
            @ForAll SrtpProfile profile,
            @ForAll @IntRange(max = 100) int size,
            @ForAll @IntRange(min = 1, max = 1_000_000) int excess,
            @ForAll boolean direct) {
        ByteBuf memory = guarded(new byte[size], direct);
        ByteBuf before = memory.copy();
        try (PacketCipher cipher = provider.cipher(keys(profile))) {
            ByteBuf packet = packet(memory, size);
            assertThat(cipher.openRtp(packet, size + excess, SSRC, 1)).isFalse();
            assertThatExceptionOfType(RuntimeException.class)
                    .isThrownBy(() -> cipher.sealRtp(packet, size + excess, SSRC, 1));
        }
        assertThat(memory).isEqualTo(before);
        memory.release();
        before.release();
    }

    @Test
    void aBufferWithoutRoomForTheTagIsNotWrittenBeyond() {
        for (CipherProvider provider : Providers.available()) {
            for (SrtpProfile profile : SrtpProfile.values()) {
                ByteBuf memory = guarded(new byte[100], true);
                ByteBuf before = memory.copy();
                ByteBuf full = memory.slice(GUARD_BYTES, 100);
                try (PacketCipher cipher = provider.cipher(keys(profile))) {
                    assertThatExceptionOfType(RuntimeException.class)
                            .isThrownBy(() -> cipher.sealRtp(full, 12, SSRC, 1));
                }
                int end = GUARD_BYTES + 100;
                assertThat(memory.slice(end, GUARD_BYTES))
                        .isEqualTo(before.slice(end, GUARD_BYTES));
                memory.release();
                before.release();
            }
        }
    }

    @Test
    void memoryThatNobodyMayWriteToStaysAsItIs() {
        for (CipherProvider provider : Providers.available()) {
            for (SrtpProfile profile : SrtpProfile.values()) {
                ByteBuf memory = Unpooled.directBuffer(200).writeZero(100);
                ByteBuf before = memory.copy();
                try (PacketCipher cipher = provider.cipher(keys(profile))) {
                    assertThatExceptionOfType(RuntimeException.class)
                            .isThrownBy(() -> cipher.sealRtp(memory.asReadOnly(), 12, SSRC, 1))
                            .isInstanceOfAny(
                                    ReadOnlyBufferException.class, IndexOutOfBoundsException.class);
                }
                assertThat(memory).isEqualTo(before);
                memory.release();
                before.release();
            }
        }
    }

    @Test
    void aBufferThatWasReleasedIsNotTouched() {
        for (CipherProvider provider : Providers.available()) {
            for (SrtpProfile profile : SrtpProfile.values()) {
                ByteBuf packet = Unpooled.directBuffer(200).writeZero(100);
                packet.release();
                try (PacketCipher cipher = provider.cipher(keys(profile))) {
                    assertThatIllegalStateException()
                            .isThrownBy(() -> cipher.sealRtp(packet, 12, SSRC, 1));
                    assertThatIllegalStateException()
                            .isThrownBy(() -> cipher.openRtp(packet, 12, SSRC, 1));
                }
            }
        }
    }

    private static ByteBuf guarded(byte[] bytes, boolean direct) {
        int size = bytes.length + 2 * GUARD_BYTES;
        ByteBuf memory = direct ? Unpooled.directBuffer(size) : Unpooled.buffer(size);
        for (int i = 0; i < size; i++) {
            memory.writeByte(GUARD);
        }
        return memory.setBytes(GUARD_BYTES, bytes);
    }

    private static ByteBuf packet(ByteBuf memory, int sizeBytes) {
        return memory.duplicate().setIndex(GUARD_BYTES, GUARD_BYTES + sizeBytes);
    }

    private static SrtpKeys keys(SrtpProfile profile) {
        return new SrtpKeys(
                profile, new byte[profile.keySizeBytes()], new byte[profile.saltSizeBytes()]);
    }

    @Provide
    Arbitrary<CipherProvider> providers() {
        return Arbitraries.of(Providers.available());
    }

    @Provide
    Arbitrary<Integer> sizes() {
        return Arbitraries.oneOf(
                Arbitraries.integers().between(0, 64),
                Arbitraries.integers().between(0, 2_000),
                Arbitraries.integers().between(0, MAX_DATAGRAM_BYTES));
    }
}
