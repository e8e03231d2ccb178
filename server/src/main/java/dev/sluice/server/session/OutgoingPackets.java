package dev.sluice.server.session;

import dev.sluice.media.buffer.PacketRing;

import io.netty.buffer.ByteBuf;

import java.util.ArrayList;
import java.util.List;

/**
 * The packets of one loop that are free to be used again, the last one first; as many as once
 * waited at the same time.
 */
public final class OutgoingPackets {

    private final List<OutgoingPacket> free = new ArrayList<>();

    private OutgoingPacket take() {
        return free.isEmpty() ? new OutgoingPacket() : free.removeLast();
    }

    /**
     * A packet yet to be stamped and protected; takes the buffer.
     *
     * @param exact whether it may not be padded: it is audio, or others are to repair it
     */
    OutgoingPacket packet(ByteBuf buffer, PacketLayout layout, boolean exact) {
        return take().of(buffer, layout, exact);
    }

    /** A packet of whose datagram a copy goes to the ring when it leaves; takes the buffer. */
    OutgoingPacket kept(
            ByteBuf buffer, PacketLayout layout, boolean exact, PacketRing ring, long sequence) {
        return take().of(buffer, layout, exact).keptIn(ring, sequence);
    }

    /** A datagram as it left before; takes the buffer. */
    OutgoingPacket sealed(ByteBuf datagram) {
        return take().ofSealed(datagram);
    }

    /** The buffer has passed to somebody else. */
    void giveBack(OutgoingPacket packet) {
        packet.forget();
        free.add(packet);
    }
}
