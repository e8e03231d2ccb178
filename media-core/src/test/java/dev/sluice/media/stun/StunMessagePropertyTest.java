package dev.sluice.media.stun;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Random;

class StunMessagePropertyTest {

    private static final StunIntegrity INTEGRITY = StunIntegrity.ofPassword(StunVectors.PASSWORD);

    @Property
    void arbitraryBytesNeverThrow(@ForAll @Size(max = 200) byte[] bytes) {
        readAll(Unpooled.wrappedBuffer(bytes));
    }

    @Property
    void arbitraryAttributesBehindARightHeaderNeverThrow(
            @ForAll @Size(max = 200) byte[] attributes) {
        ByteBuf message = Unpooled.buffer().writeBytes(StunVectors.bytes(StunVectors.REQUEST), 20);
        message.writeBytes(attributes).writeZero(-attributes.length & 3);
        message.setShort(2, message.readableBytes() - 20);
        readAll(message);
    }

    @Property
    void changedVectorsNeverThrow(@ForAll @Size(min = 1, max = 8) int[] changes) {
        ByteBuf message = StunVectors.bytes(StunVectors.IPV6_RESPONSE).copy();
        for (int change : changes) {
            message.setByte((change >>> 8) % message.readableBytes(), change);
        }
        readAll(message);
    }

    /** Cut anywhere, with bytes put in, taken out and turned over. */
    @Property
    void mutatedVectorsNeverThrowAndAreNeverAuthentic(@ForAll long seed) {
        var random = new Random(seed);
        for (String vector : StunVectors.ALL) {
            ByteBuf mutated = StunVectors.bytes(vector).copy();
            for (int i = random.nextInt(4); i >= 0; i--) {
                mutated = mutate(mutated, random);
            }
            if (random.nextBoolean() && mutated.readableBytes() >= 20) {
                mutated.setShort(2, mutated.readableBytes() - 20);
            }
            readAll(mutated);
            var message = new StunMessage();
            if (message.wrap(mutated) && message.verifyIntegrity(INTEGRITY)) {
                // What lies behind MESSAGE-INTEGRITY is not covered, and not read either.
                assertThat(mutated.slice(20, 8)).isEqualTo(StunVectors.bytes(vector).slice(20, 8));
            }
        }
    }

    private static ByteBuf mutate(ByteBuf message, Random random) {
        int at = random.nextInt(message.readableBytes() + 1);
        ByteBuf before = Unpooled.buffer().writeBytes(message, 0, at);
        ByteBuf after = message.copy(at, message.readableBytes() - at);
        switch (random.nextInt(4)) {
            case 0 -> before.writeBytes(new byte[] {(byte) random.nextInt(), 0, 0, 4});
            case 1 -> after.skipBytes(Math.min(after.readableBytes(), 1 + random.nextInt(8)));
            case 2 -> after.clear();
            default -> {
                if (after.isReadable()) {
                    after.setByte(0, random.nextInt());
                }
            }
        }
        ByteBuf mutated = Unpooled.buffer().writeBytes(before).writeBytes(after);
        return mutated.isReadable() ? mutated : Unpooled.buffer().writeZero(1);
    }

    @Property
    void whatIsWrittenIsRead(
            @ForAll @Size(12) byte[] id,
            @ForAll @LongRange(min = 0, max = 0xFFFF_FFFFL) long priority,
            @ForAll long tieBreaker,
            @ForAll @Size(16) byte[] address,
            @ForAll @IntRange(max = 65_535) int port)
            throws Exception {
        var mapped = new InetSocketAddress(InetAddress.getByAddress(address), port);
        ByteBuf bytes = Unpooled.buffer();
        StunWriter.begin(bytes, StunClass.REQUEST, StunMessage.BINDING, id)
                .username("one:other")
                .priority(priority)
                .iceControlling(tieBreaker)
                .useCandidate()
                .xorMappedAddress(mapped)
                .messageIntegrity(INTEGRITY)
                .fingerprint();
        var message = new StunMessage();
        assertThat(message.wrap(bytes)).isTrue();
        assertThat(message.transactionId()).isEqualTo(id);
        assertThat(message.priority()).isEqualTo(priority);
        assertThat(message.tieBreaker(StunAttribute.ICE_CONTROLLING)).isEqualTo(tieBreaker);
        assertThat(message.useCandidate()).isTrue();
        assertThat(message.xorMappedAddress()).isEqualTo(mapped);
        assertThat(message.verifyIntegrity(INTEGRITY)).isTrue();
        assertThat(message.hasFingerprint()).isTrue();
    }

    private static void readAll(ByteBuf bytes) {
        var message = new StunMessage();
        if (message.wrap(bytes)) {
            message.messageClass();
            message.method();
            message.username();
            message.priority();
            message.tieBreaker(StunAttribute.ICE_CONTROLLED);
            message.errorCode();
            message.xorMappedAddress();
            message.unknownRequiredAttributes();
            message.verifyIntegrity(INTEGRITY);
        }
    }
}
