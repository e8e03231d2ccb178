package dev.sluice.server.session;

import dev.sluice.media.buffer.PacketRing;
import dev.sluice.media.rtp.HeaderExtensionMap;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;

/** A packet that waits for its turn; objects are used again. */
final class OutgoingPacket {

    private static final PacketLayout NO_LAYOUT = PacketLayout.unknown(HeaderExtensionMap.EMPTY);

    private ByteBuf buffer = Unpooled.EMPTY_BUFFER;
    private PacketLayout layout = NO_LAYOUT;
    private boolean sealed;
    private boolean exact;
    private int probeId;
    private long releasedNanos;
    private @Nullable PacketRing ring;
    private long ringSequence;

    private OutgoingPacket() {}

    /** The buffer, owned by the packet until {@link Pool#giveBack}. */
    ByteBuf buffer() {
        return buffer;
    }

    PacketLayout layout() {
        return layout;
    }

    int sizeBytes() {
        return buffer.readableBytes();
    }

    /** Whether its size may change before it is protected. */
    boolean mayBePadded() {
        return !exact && !sealed;
    }

    /** The pacer has let go of it. */
    void release(int ofProbeId, long nowNanos) {
        probeId = ofProbeId;
        releasedNanos = nowNanos;
    }

    /** The probe that it belongs to. */
    int probeId() {
        return probeId;
    }

    /** When the pacer let go of it. */
    long releasedNanos() {
        return releasedNanos;
    }

    /** Whether it is a datagram that was protected before. */
    boolean isSealed() {
        return sealed;
    }

    /** Keeps the protected datagram where that was asked for. */
    void keep() {
        if (ring != null) {
            ring.put(ringSequence, buffer.retainedDuplicate());
        }
    }

    /** Packets that are free to be used again; as many as once waited at the same time. */
    static final class Pool {

        private final ArrayDeque<OutgoingPacket> free = new ArrayDeque<>();

        /**
         * A packet yet to be stamped and protected; takes the buffer.
         *
         * @param exact whether it may not be padded: it is audio, or others are to repair it
         */
        OutgoingPacket packet(ByteBuf buffer, PacketLayout layout, boolean exact) {
            OutgoingPacket packet = free.isEmpty() ? new OutgoingPacket() : free.removeLast();
            packet.buffer = buffer;
            packet.layout = layout;
            packet.sealed = false;
            packet.exact = exact;
            packet.ring = null;
            return packet;
        }

        /** A packet whose datagram goes to the ring when it leaves; takes the buffer. */
        OutgoingPacket kept(
                ByteBuf buffer,
                PacketLayout layout,
                boolean exact,
                PacketRing ring,
                long sequence) {
            OutgoingPacket packet = packet(buffer, layout, exact);
            packet.ring = ring;
            packet.ringSequence = sequence;
            return packet;
        }

        /** A datagram as it left before; takes the buffer. */
        OutgoingPacket sealed(ByteBuf datagram) {
            OutgoingPacket packet = packet(datagram, NO_LAYOUT, true);
            packet.sealed = true;
            return packet;
        }

        /** The buffer has passed to somebody else. */
        void giveBack(OutgoingPacket packet) {
            packet.buffer = Unpooled.EMPTY_BUFFER;
            packet.ring = null;
            free.addLast(packet);
        }
    }
}
