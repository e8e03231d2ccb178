package dev.sluice.srtp.cipher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.srtp.Providers;
import dev.sluice.srtp.keys.SrtpKeys;
import dev.sluice.srtp.keys.SrtpProfile;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

import java.util.Random;

/** Every provider makes of any packet, in memory of any kind, what BouncyCastle makes of it. */
class ProviderAgreementTest {

    private static final int MAX_DATAGRAM_BYTES = 65_535;

    /** How a packet lies in memory. */
    enum Memory {
        HEAP,
        HEAP_THAT_GROWS,
        DIRECT,
        DIRECT_THAT_GROWS,
        DIRECT_BEHIND_OTHER_BYTES,
        SLICE_OF_DIRECT,
        COMPOSITE;

        ByteBuf place(byte[] bytes, int room) {
            return switch (this) {
                case HEAP -> Unpooled.buffer(bytes.length + room).writeBytes(bytes);
                case HEAP_THAT_GROWS -> Unpooled.buffer(bytes.length).writeBytes(bytes);
                case DIRECT -> Unpooled.directBuffer(bytes.length + room).writeBytes(bytes);
                case DIRECT_THAT_GROWS -> Unpooled.directBuffer(bytes.length).writeBytes(bytes);
                case DIRECT_BEHIND_OTHER_BYTES ->
                        Unpooled.directBuffer(bytes.length + room + 5)
                                .writeZero(5)
                                .skipBytes(5)
                                .writeBytes(bytes);
                case SLICE_OF_DIRECT ->
                        Unpooled.directBuffer(bytes.length + room + 9)
                                .slice(7, bytes.length + room)
                                .clear()
                                .writeBytes(bytes);
                case COMPOSITE ->
                        Unpooled.compositeBuffer()
                                .addComponent(true, Unpooled.directBuffer().writeBytes(bytes, 0, 5))
                                .addComponent(
                                        true, Unpooled.copiedBuffer(bytes, 5, bytes.length - 5));
            };
        }
    }

    record Packet(Memory memory, int headerSizeBytes, int payloadSizeBytes, long seed) {

        byte[] bytes() {
            byte[] bytes = new byte[headerSizeBytes + payloadSizeBytes];
            new Random(seed).nextBytes(bytes);
            return bytes;
        }

        long ssrc() {
            return seed & 0xFFFF_FFFFL;
        }

        long index() {
            return seed >>> 16;
        }

        int controlIndex() {
            return (int) (seed >>> 33);
        }
    }

    @Property(seed = "42", tries = 3000)
    void rtp(
            @ForAll("providers") CipherProvider provider,
            @ForAll SrtpProfile profile,
            @ForAll("packets") Packet shape) {
        SrtpKeys keys = keys(profile, shape.seed());
        byte[] clear = shape.bytes();
        ByteBuf expected = Unpooled.buffer().writeBytes(clear);
        try (PacketCipher mine = provider.cipher(keys);
                PacketCipher reference = CipherProvider.bouncyCastle().cipher(keys)) {
            ByteBuf packet = shape.memory().place(clear, mine.rtpOverheadBytes());
            int header = shape.headerSizeBytes();
            reference.sealRtp(expected, header, shape.ssrc(), shape.index());

            mine.sealRtp(packet, header, shape.ssrc(), shape.index());
            assertThat(packet).isEqualTo(expected);

            tamper(packet, shape.seed());
            ByteBuf tampered = packet.copy();
            assertThat(mine.openRtp(packet, header, shape.ssrc(), shape.index())).isFalse();
            assertThat(packet).isEqualTo(tampered);
            tampered.release();
            tamper(packet, shape.seed());

            assertThat(mine.openRtp(packet, header, shape.ssrc(), shape.index())).isTrue();
            assertThat(packet).isEqualTo(Unpooled.wrappedBuffer(clear));
            packet.release();
        }
    }

    @Property(seed = "42", tries = 3000)
    void rtcp(
            @ForAll("providers") CipherProvider provider,
            @ForAll SrtpProfile profile,
            @ForAll boolean encrypted,
            @ForAll("packets") Packet shape) {
        SrtpKeys keys = keys(profile, shape.seed());
        byte[] clear = shape.bytes();
        ByteBuf expected = Unpooled.buffer().writeBytes(clear);
        try (PacketCipher mine = provider.cipher(keys);
                PacketCipher reference = CipherProvider.bouncyCastle().cipher(keys)) {
            ByteBuf packet = shape.memory().place(clear, mine.rtcpOverheadBytes());
            sealRtcp(reference, encrypted, expected, shape);

            sealRtcp(mine, encrypted, packet, shape);
            assertThat(packet).isEqualTo(expected);

            int word = mine.rtcpIndexWord(packet);
            tamper(packet, shape.seed());
            ByteBuf tampered = packet.copy();
            assertThat(mine.openRtcp(packet, shape.ssrc(), mine.rtcpIndexWord(packet))).isFalse();
            assertThat(packet).isEqualTo(tampered);
            tampered.release();
            tamper(packet, shape.seed());

            assertThat(mine.openRtcp(packet, shape.ssrc(), word)).isTrue();
            assertThat(packet).isEqualTo(Unpooled.wrappedBuffer(clear));
            packet.release();
        }
    }

    private static void sealRtcp(
            PacketCipher cipher, boolean encrypted, ByteBuf packet, Packet shape) {
        if (encrypted) {
            cipher.sealRtcp(packet, shape.ssrc(), shape.controlIndex());
        } else {
            cipher.sealRtcpInClear(packet, shape.ssrc(), shape.controlIndex());
        }
    }

    /** Changes one bit, or changes it back. */
    private static void tamper(ByteBuf packet, long seed) {
        Random random = new Random(seed);
        int at = packet.readerIndex() + random.nextInt(packet.readableBytes());
        packet.setByte(at, packet.getByte(at) ^ (1 << random.nextInt(Byte.SIZE)));
    }

    private static SrtpKeys keys(SrtpProfile profile, long seed) {
        Random random = new Random(seed);
        byte[] key = new byte[profile.keySizeBytes()];
        byte[] salt = new byte[profile.saltSizeBytes()];
        random.nextBytes(key);
        random.nextBytes(salt);
        return new SrtpKeys(profile, key, salt);
    }

    @Provide
    Arbitrary<CipherProvider> providers() {
        return Arbitraries.of(Providers.available());
    }

    @Provide
    Arbitrary<Packet> packets() {
        Arbitrary<Integer> sizes =
                Arbitraries.frequencyOf(
                        Tuple.of(8, Arbitraries.integers().between(0, 300)),
                        Tuple.of(8, Arbitraries.integers().between(0, 1_500)),
                        Tuple.of(1, Arbitraries.integers().between(0, MAX_DATAGRAM_BYTES)));
        return Combinators.combine(
                        Arbitraries.of(Memory.class),
                        Arbitraries.integers().between(12, 90),
                        sizes,
                        Arbitraries.longs())
                .as(Packet::new);
    }
}
