package dev.sluice.media.stun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.Test;

import java.net.InetSocketAddress;
import java.util.List;

class StunWriterTest {

    private static final StunIntegrity INTEGRITY = StunIntegrity.ofPassword(StunVectors.PASSWORD);

    private final ByteBuf out = Unpooled.buffer();

    @Test
    void writesTheIpv4ResponseOfRfc5769() {
        writeResponse(new InetSocketAddress("192.0.2.1", 32853));

        // The RFC pads SOFTWARE with a space; section 14 of RFC 8489 asks for zeroes, so only the
        // values
        // are compared.
        StunMessage written = parsed();
        assertThat(written.xorMappedAddress()).isEqualTo(new InetSocketAddress("192.0.2.1", 32853));
        assertThat(hexOf(40, 8)).isEqualTo("0001a147e112a643");
        assertThat(written.sizeBytes()).isEqualTo(80);
        assertThat(written.verifyIntegrity(INTEGRITY)).isTrue();
    }

    @Test
    void writesTheIpv6AddressOfRfc5769() {
        writeResponse(new InetSocketAddress("2001:db8:1234:5678:11:2233:4455:6677", 32853));

        assertThat(hexOf(40, 20)).isEqualTo("0002a1470113a9faa5d3f179bc25f4b5bed2b9d9");
        assertThat(parsed().verifyIntegrity(INTEGRITY)).isTrue();
    }

    @Test
    void writesTheErrorCodeAsClassAndNumber() {
        StunWriter.begin(out, StunClass.ERROR_RESPONSE, StunMessage.BINDING, new byte[12])
                .errorCode(StunError.ROLE_CONFLICT)
                .unknownAttributes(List.of(0x7FFF))
                .fingerprint();

        StunMessage written = parsed();
        assertThat(written.messageClass()).isEqualTo(StunClass.ERROR_RESPONSE);
        assertThat(written.errorCode()).isEqualTo(487);
        assertThat(written.has(StunAttribute.UNKNOWN_ATTRIBUTES)).isTrue();
    }

    @Test
    void writesWhatAFullAgentAsks() {
        StunWriter.begin(out, StunClass.REQUEST, StunMessage.BINDING, new byte[12])
                .username("local:remote")
                .priority(0xFFFF_FFFEL)
                .iceControlling(7)
                .useCandidate()
                .messageIntegrity(INTEGRITY)
                .fingerprint();

        StunMessage written = parsed();
        assertThat(written.username()).isEqualTo("local:remote");
        assertThat(written.priority()).isEqualTo(0xFFFF_FFFEL);
        assertThat(written.has(StunAttribute.ICE_CONTROLLING)).isTrue();
        assertThat(written.isFromControlled()).isFalse();
        assertThat(written.useCandidate()).isTrue();
        assertThat(written.verifyIntegrity(INTEGRITY)).isTrue();
    }

    @Test
    void keepsEveryClassAndMethodInTheMessageType() {
        for (StunClass messageClass : StunClass.values()) {
            for (int method = 0; method < 0x1000; method++) {
                int type = messageClass.messageType(method);
                assertThat(StunClass.ofMessageType(type)).isEqualTo(messageClass);
                assertThat(StunClass.methodOfMessageType(type)).isEqualTo(method);
            }
        }
    }

    @Test
    void refusesATransactionIdOfAnotherSize() {
        assertThatThrownBy(
                        () ->
                                StunWriter.begin(
                                        out, StunClass.REQUEST, StunMessage.BINDING, new byte[16]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("12 bytes, not 16");
    }

    private void writeResponse(InetSocketAddress mapped) {
        byte[] transactionId = StunVectors.parse(StunVectors.REQUEST).transactionId();
        StunWriter.begin(out, StunClass.SUCCESS_RESPONSE, StunMessage.BINDING, transactionId)
                .text(StunAttribute.SOFTWARE, "test vector")
                .xorMappedAddress(mapped)
                .messageIntegrity(INTEGRITY)
                .fingerprint();
    }

    private StunMessage parsed() {
        var message = new StunMessage();
        assertThat(message.wrap(out)).isTrue();
        return message;
    }

    private String hexOf(int index, int sizeBytes) {
        return ByteBufUtil.hexDump(out, index, sizeBytes);
    }
}
