package dev.sluice.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.media.buffer.PacketRing;
import dev.sluice.media.rtp.HeaderExtensionMap;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.junit.jupiter.api.Test;

import java.util.Objects;

class OutgoingPacketTest {

    private static final PacketLayout UNKNOWN = PacketLayout.unknown(HeaderExtensionMap.EMPTY);
    private static final long SEQUENCE = 70_000;

    private final PacketRing ring = new PacketRing(8);
    private final OutgoingPackets packets = new OutgoingPackets();

    private static ByteBuf sealed(int skipped, int size) {
        ByteBuf datagram = Unpooled.directBuffer(2_048).writeZero(skipped).skipBytes(skipped);
        for (int i = 0; i < size; i++) {
            datagram.writeByte(i);
        }
        return datagram;
    }

    @Test
    void keepsTheVeryBytesThatLeaveAndNoRoomBesides() {
        ByteBuf datagram = sealed(7, 100);
        ByteBuf expected = datagram.copy();
        packets.kept(datagram, UNKNOWN, true, ring, SEQUENCE).keep();
        datagram.setZero(0, datagram.capacity()).release();

        ByteBuf kept = Objects.requireNonNull(ring.get(SEQUENCE));
        assertThat(kept).isEqualTo(expected);
        assertThat(kept.capacity()).isEqualTo(100);
        assertThat(datagram.refCnt()).isZero();
        ring.clear();
        expected.release();
    }

    @Test
    void keepsNothingUnasked() {
        ByteBuf datagram = sealed(0, 100);
        packets.packet(datagram, UNKNOWN, true).keep();
        assertThat(ring.get(SEQUENCE)).isNull();
        datagram.release();
    }
}
