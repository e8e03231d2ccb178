package dev.sluice.media.stun;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.Test;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

class StunMessageTest {

    private static final StunIntegrity INTEGRITY = StunIntegrity.ofPassword(StunVectors.PASSWORD);

    @Test
    void readsTheRequestOfRfc5769() {
        StunMessage request = StunVectors.parse(StunVectors.REQUEST);

        assertThat(request.isBindingRequest()).isTrue();
        assertThat(request.username()).isEqualTo("evtj:h6vY");
        assertThat(request.priority()).isEqualTo(0x6e0001ffL);
        assertThat(request.isFromControlled()).isTrue();
        assertThat(request.useCandidate()).isFalse();
        assertThat(request.text(StunAttribute.SOFTWARE)).isEqualTo("STUN test client");
        assertThat(request.hasFingerprint()).isTrue();
        assertThat(request.sizeBytes()).isEqualTo(108);
        assertThat(request.unknownRequiredAttributes()).isEmpty();
        assertThat(request.verifyIntegrity(INTEGRITY)).isTrue();
    }

    @Test
    void readsTheIpv4ResponseOfRfc5769() {
        StunMessage response = StunVectors.parse(StunVectors.IPV4_RESPONSE);

        assertThat(response.messageClass()).isEqualTo(StunClass.SUCCESS_RESPONSE);
        assertThat(response.xorMappedAddress())
                .isEqualTo(new InetSocketAddress("192.0.2.1", 32853));
        assertThat(response.verifyIntegrity(INTEGRITY)).isTrue();
    }

    @Test
    void readsTheIpv6ResponseOfRfc5769() {
        StunMessage response = StunVectors.parse(StunVectors.IPV6_RESPONSE);

        assertThat(response.xorMappedAddress())
                .isEqualTo(new InetSocketAddress("2001:db8:1234:5678:11:2233:4455:6677", 32853));
        assertThat(response.verifyIntegrity(INTEGRITY)).isTrue();
    }

    @Test
    void verifiesTheLongTermRequestOfRfc5769() throws Exception {
        StunMessage request = StunVectors.parse(StunVectors.LONG_TERM_REQUEST);
        String credentials = "\u30DE\u30C8\u30EA\u30C3\u30AF\u30B9:example.org:TheMatrIX";
        byte[] key =
                MessageDigest.getInstance("MD5")
                        .digest(credentials.getBytes(StandardCharsets.UTF_8));

        assertThat(request.text(StunAttribute.REALM)).isEqualTo("example.org");
        assertThat(request.text(StunAttribute.NONCE)).isEqualTo("f//499k954d6OL34oL9FSTvy64sA");
        assertThat(request.hasFingerprint()).isFalse();
        assertThat(request.verifyIntegrity(StunIntegrity.ofKey(key))).isTrue();
    }

    @Test
    void refusesIntegrityUnderAnotherPassword() {
        StunMessage request = StunVectors.parse(StunVectors.REQUEST);

        assertThat(request.verifyIntegrity(StunIntegrity.ofPassword("another"))).isFalse();
    }

    @Test
    void refusesEveryMessageWithOneBitChanged() {
        for (int bit = 0; bit < 108 * 8; bit++) {
            ByteBuf bytes = StunVectors.bytes(StunVectors.REQUEST);
            bytes.setByte(bit / 8, bytes.getByte(bit / 8) ^ 1 << bit % 8);
            var message = new StunMessage();
            // In the header of FINGERPRINT itself a bit can make another attribute of it, outside
            // what is
            // protected.
            boolean accepted = message.wrap(bytes) && message.verifyIntegrity(INTEGRITY);
            assertThat(accepted && message.hasFingerprint()).as("bit %d", bit).isFalse();
        }
    }

    @Test
    void acceptsTheBufferAtAnyReaderIndex() {
        ByteBuf shifted =
                Unpooled.buffer().writeZero(3).writeBytes(StunVectors.bytes(StunVectors.REQUEST));
        shifted.skipBytes(3);
        var message = new StunMessage();

        assertThat(message.wrap(shifted)).isTrue();
        assertThat(message.verifyIntegrity(INTEGRITY)).isTrue();
    }

    @Test
    void ignoresWhatFollowsMessageIntegrity() {
        ByteBuf bytes = Unpooled.buffer();
        StunWriter.begin(bytes, StunClass.REQUEST, StunMessage.BINDING, new byte[12])
                .messageIntegrity(INTEGRITY)
                .username("evil:twin")
                .useCandidate()
                .fingerprint();
        var message = new StunMessage();

        assertThat(message.wrap(bytes)).isTrue();
        assertThat(message.username()).isNull();
        assertThat(message.useCandidate()).isFalse();
    }

    @Test
    void refusesAnythingBehindTheFingerprint() {
        ByteBuf bytes = Unpooled.buffer();
        var writer = StunWriter.begin(bytes, StunClass.REQUEST, StunMessage.BINDING, new byte[12]);
        writer.fingerprint();
        writer.useCandidate();

        assertThat(new StunMessage().wrap(bytes)).isFalse();
    }

    @Test
    void refusesMoreAttributesThanAnyoneSends() {
        ByteBuf bytes = Unpooled.buffer();
        var writer = StunWriter.begin(bytes, StunClass.REQUEST, StunMessage.BINDING, new byte[12]);
        for (int i = 0; i < 33; i++) {
            writer.useCandidate();
        }

        assertThat(new StunMessage().wrap(bytes)).isFalse();
    }
}
