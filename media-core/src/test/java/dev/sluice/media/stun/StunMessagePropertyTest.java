package dev.sluice.media.stun;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

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

    private static void readAll(ByteBuf bytes) {
        var message = new StunMessage();
        if (message.wrap(bytes)) {
            message.messageClass();
            message.method();
            message.username();
            message.priority();
            message.errorCode();
            message.xorMappedAddress();
            message.unknownRequiredAttributes();
            message.verifyIntegrity(INTEGRITY);
        }
    }
}
